# What stands where a result should go is not lost to a slip of the hand.
cp -r "$CASES/smelter" case && potline plan case -q -o a.run
potline plan case -q -o case/case.yaml
potline export a.run --to xlsx -o a.run
potline explain a.run --material metal
potline compare case a.run
cmp case/case.yaml "$CASES/smelter/case.yaml" && echo the case is as it was
