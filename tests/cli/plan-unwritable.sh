potline plan "$CASES/smelter" --out nowhere/x.run
echo "exit $?"
mkdir folder.run
potline plan "$CASES/smelter" --out folder.run
