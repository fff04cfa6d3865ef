POTLINE_KERNEL=sse9 potline plan "$CASES/smelter" --quiet
