# What is paid and not taken costs as much as ever; a fee is not its net; money and amounts are in sizes that show them.
potline plan "$CASES/money/unused.yaml"
potline value "$CASES/money/unused.yaml" -o valued.run | sed -n '/^prices/,/^$/p'
potline plan "$CASES/money/unused.yaml" -q -o dear.run --set 'quotations.FX=1 EUR/USD' && potline compare unused.run dear.run
potline plan "$CASES/money/beads.yaml" | sed '/^tightest/,$d'
