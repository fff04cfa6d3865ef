# warnings are errors with --strict, for check and plan; without it they are not
cat >idle.yaml <<'Y'
case: {from: 2026-01, to: 2026-03}
parties: {alpha: }
sites: {works: alpha}
materials: {ingot: t}
markets:
  shop: {site: works, buys: ingot, price: 2500 USD/t}
Y
potline check idle.yaml >/dev/null
echo "check: $?"
potline check idle.yaml --strict
echo "check --strict: $?"
potline plan idle.yaml -q --strict 2>/dev/null
echo "plan --strict: $?"
ls *.run 2>/dev/null
echo text >notes.txt
: >empty
for command in explain plan compare; do
  for file in notes.txt empty; do
    [ $command = compare ] && set -- $file $file || set -- $file
    potline $command "$@"
    echo "$command $file: $?"
  done
done
