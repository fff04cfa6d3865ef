# All names that a run could have are taken by something else.
potline plan "$CASES/smelter" -q
i=2; while [ $i -le 1000 ]; do echo mine >smelter-$i.run; i=$((i + 1)); done
potline plan "$CASES/smelter" -q --scenario dear-power --out smelter.run && echo replaced
potline plan "$CASES/smelter" -q --set 'units.potline.capacity=90 kt/year'
echo "exit $?"
