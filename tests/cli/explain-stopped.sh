for t in 0.0000001; do
  potline explain "$CASES/smelter" --time-limit $t >/dev/null 2>&1
  echo "explain exit $?"
done
potline plan "$CASES/smelter" --time-limit 0.0000001 --format json
echo "exit $?"
potline plan "$CASES/smelter" --quiet --out old.run
cp old.run before.run
potline plan "$CASES/smelter" --time-limit 0.0000001 --quiet --out old.run
echo "exit $?"
cmp old.run before.run && ls
