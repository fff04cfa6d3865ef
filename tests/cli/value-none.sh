# Without agreements there is nothing to value.
potline value "$CASES/smelter"
