potline plan "$CASES/smelter" --time-limit 0.0000001
echo "exit $?"
ls
