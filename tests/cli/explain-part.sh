potline explain "$CASES/smelter" --site bakery --material anode
echo "exit $?"
potline explain "$CASES/smelter" --site bakry
echo "exit $?"
potline explain "$CASES/smelter" --site bakery --material metal
potline plan "$CASES/smelter" -q
potline explain smelter.run --scenario dear-power
