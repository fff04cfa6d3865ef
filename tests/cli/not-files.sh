# Runs, cases and tables are read from regular files: a pipe would keep the program waiting, and an empty or other file is called what it is.
potline plan "$CASES/smelter" -q -o a.run
mkfifo f.run pipe pipe.yaml && : >empty.run && echo hello >text.run && mkdir folder.run && : >empty && ln -s f.run link.run
try() { echo "$ $*"; timeout 20 "$@" >/dev/null; echo "exit $?"; }
{
for run in f.run link.run empty.run text.run folder.run /dev/null /dev/zero; do
  try potline export $run --to csv --out x
  try potline compare a.run $run
  try potline explain $run
done
for case in pipe pipe.yaml empty text.run /dev/null /dev/stdin; do
  try potline check $case </dev/null
  try potline plan $case -q
done
mkdir tables
printf 'include: pipe.yaml\ncase: {from: 2026-01, to: 2026-02}\n' >tables/case.yaml && mkfifo tables/pipe.yaml && try potline check tables
printf 'case: {from: 2026-01, to: 2026-02}\ntables: {markets: pipe.yaml}\n' >tables/case.yaml && try potline check tables
} 2>&1
