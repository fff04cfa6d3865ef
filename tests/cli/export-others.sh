potline plan "$CASES/smelter" -q
potline export smelter.run --to xlsx
potline export smelter.run --to netcdf --format json
potline export smelter.run --to parquet
python3 - <<'P'
import re, zipfile
book = zipfile.ZipFile("smelter.xlsx")
print(re.findall(r'sheet name="([^"]*)"', book.read("xl/workbook.xml").decode()))
print(any("chart" in n for n in book.namelist()), book.testzip())
print(open("smelter.nc", "rb").read(8))
P
