# a write that is cut short leaves no run, and an older one as it was
potline plan "$CASES/smelter" -q
cp smelter.run before
sh -c 'ulimit -f 8; potline plan "$CASES/smelter" -q --scenario dear-power -o smelter.run; potline plan "$CASES/smelter" -q -o other.run; true' >/dev/null 2>&1
cmp smelter.run before && ls *.run
