sed -e 's/capacity: 100 kt/capacty: 100 kt/' -e 's/price: 60 USD.MWh/price: 60 USD\/t/' -e 's/sells: coke/sells: cook/' "$CASES/smelter/case.yaml" > case.yaml
potline check .
echo "exit $?"
potline check . --format json
