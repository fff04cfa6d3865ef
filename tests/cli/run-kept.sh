# A good run is not lost to one that holds less, or to a try under the same name.
cp -r "$CASES/smelter" case && potline plan case -q && cp case.run good
echo "--- the same again"
potline plan case | tail -n 1 && cp case.run good
echo "--- no plan"
potline plan case -q --set 'markets.metal-buyer.at least=9 kt/month' --set 'markets.metal-buyer.up to=12 kt/month' 2>&1 | sed -n '/^note: .case/,$p'
cmp case.run good && potline explain case-2.run 2>&1 | sed -n 1p | cut -c 1-60
potline plan case -q --out case.run --set 'markets.metal-buyer.at least=9 kt/month' --set 'markets.metal-buyer.up to=12 kt/month' 2>&1 | sed -n '/^note: .case/,$p'
cmp case.run good; ls
echo "--- a try"
potline plan case -q --set 'units.potline.capacity=90 kt/year' && cmp case.run good; ls
potline plan case --format json --set 'units.potline.capacity=90 kt/year' | grep -o '"run":"[^"]*"'
ls
echo "--- as asked"
potline plan case --replace --set 'units.potline.capacity=90 kt/year' | tail -n 1
cmp -s case.run good || echo replaced
echo "--- a valuation"
case="$CASES/../cases/agreements/zopa"
potline value "$case" -q && cp zopa.run valued && potline plan "$case" -q && cmp zopa.run valued
potline value "$case" --format json | grep -o '"run":"[^"]*"'
cp "$case/case.yaml" zopa.yaml && potline plan zopa.yaml -q --replace && ls zopa*
