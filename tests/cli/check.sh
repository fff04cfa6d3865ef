potline check "$CASES/smelter" && potline check "$CASES/smelter/case.yaml" --format json
