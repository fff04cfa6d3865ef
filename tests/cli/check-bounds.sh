potline check "$CASES/smelter" --set 'units.potline.exactly=10 kt/month'
