potline plan "$CASES/smelter" -q --mps smelter.mps && head -4 smelter.mps && tail -1 smelter.mps && ls
potline plan "$CASES/smelter" -q --mps missing/smelter.mps
