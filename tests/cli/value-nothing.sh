# Agreements at the market's price, without bounds, are worth nothing; how much they then move is anybody's choice, so it is not shown.
potline value "$CASES/../cases/agreements/same" | sed -n '/^prices between/,/^$/d; /^parties/,/^every/p' |
  sed '/^─/d; s/  *moved .*//; s/  *[0-9.]* k*t\( .*\)*$//'
