potline plan "$CASES/smelter" -q
potline export smelter.run --to csv && ls smelter.csv && head -n 3 smelter.csv/*.csv
