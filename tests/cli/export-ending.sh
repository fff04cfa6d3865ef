potline plan "$CASES/smelter" -q
potline export smelter.run --out tables.nc && python3 -c 'print(open("tables.nc", "rb").read(4))'
potline export smelter.run -o tables.csv && ls tables.csv | head -n 1
potline export smelter.run --out tables.parquet
potline export smelter.run
