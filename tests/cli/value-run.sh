# A run that was valued is known to explain, compare and export; csv is a folder.
case=$CASES/../cases/agreements/zopa
potline value "$case" -q
potline value "$case" -q -o dearer.run --set 'quotations.PERCENT=15.4 %'
potline explain zopa.run | sed '/^what one more/,$d'
potline compare zopa.run dearer.run
potline export zopa.run --to csv && ls zopa.csv && cat zopa.csv/value_prices.csv
potline value "$case" --format csv && ls zopa-value
potline value "$case" -q --jobs 0
