potline plan "$CASES/smelter" --scenario dear-power --format json && ls
