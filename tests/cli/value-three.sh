# T-OWEN: every coalition and every split.
potline value "$CASES/../cases/agreements/owen"
