# What stands where a result should go is not lost to a slip of the hand: nothing but a run or an export of ours is replaced.
cp -r "$CASES/smelter" case && potline plan case -q -o a.run
potline plan case -q -o case/case.yaml
potline export a.run --to xlsx -o a.run
potline explain a.run --material metal
potline compare case a.run
try() { "$@" >/dev/null 2>err; echo "exit $?"; sed -n 1p err; }
echo hello >notes.txt && python3 -c 'import sqlite3; d = sqlite3.connect("other.db"); d.execute("CREATE TABLE t (x)")'
mkfifo pipe && mkdir empty
cp -r "$CASES/smelter" before && cp notes.txt notes.before && cp other.db other.before && cp a.run a.before
echo "--- somebody's files"
for to in csv xlsx netcdf sqlite; do
  for out in case case/case.yaml notes.txt other.db pipe; do try potline export a.run --to $to --out $out; done
done
for out in case case/case.yaml notes.txt other.db pipe a.run; do try potline plan case -q --out b.run --mps $out; done
for out in case notes.txt other.db pipe; do try potline plan case -q --out $out; done
try potline value "$CASES/../cases/agreements/zopa" -q --format csv --out case
try potline value "$CASES/../cases/agreements/zopa" -q --out case/case.yaml
try potline plan case -q --out b.run --mps b.run
try potline new case
try potline new notes.txt
diff -r case before && cmp notes.txt notes.before && cmp other.db other.before && cmp a.run a.before && ls
echo "--- ours, twice, and of another kind"
cp a.run b.run
for to in csv xlsx netcdf sqlite; do
  potline export a.run --to $to --out x.$to && potline export a.run --to $to --out x.$to && try potline export a.run --to $to --out b.run
done
try potline plan case -q --out c.run --mps x.mps && try potline plan case -q --out c.run --mps x.mps
try potline export a.run --to xlsx --out x.netcdf
try potline export a.run --to csv --out empty
echo "--- a folder of ours in which somebody keeps a file"
echo mine >x.csv/notes.csv && potline export a.run --to csv --out x.csv && cat x.csv/notes.csv
rm x.csv/units.csv && ln -s ../notes.txt x.csv/units.csv && try potline export a.run --to csv --out x.csv; cat notes.txt
rm x.csv/units.csv && sed -i '/^units/d' x.csv/.potline-export && echo mine >x.csv/units.csv
try potline export a.run --to csv --out x.csv; sed -n 2p err; cat x.csv/units.csv
rm x.csv/units.csv && echo old.csv >>x.csv/.potline-export && touch x.csv/old.csv x.csv/kept.txt
echo ../notes.txt >>x.csv/.potline-export && potline export a.run --to csv --out x.csv && ls -A x.csv && cat notes.txt && cmp a.run a.before && cmp b.run a.before
echo "--- links are followed"
mkdir far && cp a.run far/real.run && ln -s far/real.run link.run && ln -s far/none.run to-come.run
potline plan case -q --scenario dear-power --out link.run && potline plan case -q --out to-come.run
[ -h link.run ] && [ -h to-come.run ] && ls far && potline compare a.run far/real.run | sed -n 1p
