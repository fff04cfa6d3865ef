potline value "$CASES/../cases/agreements/owen" --format json
