potline value "$CASES/../cases/agreements/zopa" --grids 'year, quarter month' --format json
potline value "$CASES/../cases/agreements/zopa" --grids fortnight
potline value "$CASES/../cases/agreements/zopa" --grid-error fortnight
potline value "$CASES/../cases/agreements/zopa" --grid-error year
