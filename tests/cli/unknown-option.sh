potline plan "$CASES/smelter" --scen dear-power
echo "exit $?"
potline plan "$CASES/smelter" --gpa 0.1
echo "exit $?"
potline plan "$CASES/smelter" -x
echo "exit $?"
potline plan "$CASES/smelter" --out
echo "exit $?"
potline plan "$CASES/smelter" --quiet=yes
echo "exit $?"
potline plan "$CASES/smelter" --gap many
echo "exit $?"
potline plan "$CASES/smelter" --format xml
echo "exit $?"
potline plan
echo "exit $?"
potline plan a b
