# Whose on/off is relaxed is said; --relaxed takes all integers away, and says that it is a bound.
potline plan "$CASES/../cases/known/commitment" --set 'units.coal.on/off=relaxed' | sed -n 1,3p
potline plan "$CASES/../cases/known/commitment" --set 'units.coal.on/off=relaxed' --format json |
  sed 's/.*\("present_value":[^,]*\),.*\("integers_relaxed.*\),"solver".*/\1 \2/'
potline plan "$CASES/../cases/known/commitment" --relaxed | sed -n 1,3p
potline plan "$CASES/../cases/known/commitment" --relaxed --format json |
  sed 's/.*\("present_value":[^,]*\),.*\("integers_relaxed.*\),"solver".*/\1 \2/'
