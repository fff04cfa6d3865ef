potline plan "$CASES/../agreements/t-top-take-or-pay.yaml" && potline export t-top-take-or-pay.run --to csv && cat t-top-take-or-pay.csv/agreements.csv
