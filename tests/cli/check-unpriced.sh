# What is required or given has no price, and check says whose it is; agreements are counted.
potline check "$CASES/../cases/known/heat-and-power" && potline check "$CASES/../cases/agreements/zopa"
