# no plan: says what would have to give way, ends with 3, keeps a run that explain can speak about
potline plan "$CASES/smelter" --set 'markets.metal-buyer.at least=9 kt/month' --set 'markets.metal-buyer.up to=12 kt/month'
echo "exit $?"
ls
potline explain smelter.run
echo "exit $?"
potline export smelter.run --to csv
echo "exit $?"
potline compare smelter.run smelter.run
