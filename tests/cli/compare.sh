potline plan "$CASES/smelter" -q
potline plan "$CASES/smelter" -q --scenario dear-power
potline compare smelter.run smelter-dear-power.run
potline compare smelter.run smelter.run
