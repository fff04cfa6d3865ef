potline plan "$CASES/smelter" -q --scenario dear-power --set 'units.potline.capacity=120 kt/year' && ls
