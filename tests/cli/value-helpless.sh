potline value "$CASES/../agreements/a10-metal-sweep.yaml" && potline explain a10-metal-sweep.run | head -12
