potline explain "$CASES/smelter" --site smelter --format json
