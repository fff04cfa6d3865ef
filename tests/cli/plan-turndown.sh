# The cure for a unit that cannot make so little is a larger turndown. By the day the market is too small by the same share in every month:
# each of them asks for all of the change.
potline plan "$CASES/smelter" -q --set 'units.potline.turndown=5 %' --set 'markets.metal-buyer.up to=65 t/d'
