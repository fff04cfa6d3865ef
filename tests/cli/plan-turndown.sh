# The cure for a unit that cannot make so little is a larger turndown.
potline plan "$CASES/smelter" -q --set 'units.potline.turndown=5 %' --set 'markets.metal-buyer.up to=2 kt/month'
