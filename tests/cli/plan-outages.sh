# Where outages are placed, and what the next best begin would cost.
potline plan "$CASES/../cases/units/outages.yaml" | sed -n '/^production/,/^outages/p;/^overhaul\|^wash/p'
potline plan "$CASES/../cases/units/outages.yaml" --scenario trip | grep '^overhaul'
potline plan "$CASES/../cases/units/outages.yaml" --format json | sed 's/.*\("name":"outages".*\)}\],"status".*/\1/'
