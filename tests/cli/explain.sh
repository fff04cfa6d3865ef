potline plan "$CASES/smelter" -q
potline explain smelter.run --limit 2
