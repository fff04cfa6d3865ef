sed -e 's/buys: metal, price: LME, up to: 8 kt.month/buys: metal, price: LME/' -e 's/capacity: 100 kt.year, //' "$CASES/smelter/case.yaml" > case.yaml
potline check .
