# Agreements at the market's price, without bounds, are worth nothing.
potline value "$CASES/../cases/agreements/same" | sed -n '/^parties/,/^every/p'
