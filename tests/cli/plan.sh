potline plan "$CASES/smelter" && ls
