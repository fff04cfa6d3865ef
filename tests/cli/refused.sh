# What the commands refuse, each with the reason on standard error.
try() { echo "$ potline $*"; potline "$@"; echo "exit $?"; }
{
try fields markets --schema
try fields supply --clauses
try new nowhere/deep
try plan "$CASES/smelter" --method magic
try plan "$CASES/smelter" --out ''
try plan "$CASES/smelter" -q --out usd.run
potline new other >/dev/null && sed -i -e 's/currency: USD/currency: EUR/' -e 's/USD/EUR/g' other/case.yaml && potline plan other -q
try compare usd.run other.run
echo "--- standard output is full"
potline fields --schema >/dev/full; echo "exit $?"
potline check "$CASES/smelter" >/dev/full; echo "exit $?"
echo "--- an instruction set that there is not"
grep -q avx512f /proc/cpuinfo || POTLINE_KERNEL=avx512 potline plan "$CASES/smelter" -q 2>&1 | grep -v '^error: POTLINE_KERNEL is avx512, which this processor does not support$'
} 2>&1
