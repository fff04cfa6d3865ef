# Names that a spreadsheet might run as formulas, or that XML, netCDF and SQL cannot hold, come out as text everywhere.
python3 - <<'P'
import os
text = open(os.environ["CASES"] + "/smelter/case.yaml").read()
for old, new in (("smelter-company", "\"=cmd|' /C calc'!A0\""), ("metal-buyer", '"=1+1"'),
                 ("anode-seller", '"+1+1"'), ("anode-buyer", '"-2+3"'), ("alumina-seller", '"@SUM(1+1)"'),
                 ("  potline:", '  "\\"; DROP TABLE units; --":'), ("A smelter and its anode maker", '"=HYPERLINK(0) \\uFFFE &<>' + "n" * 40000 + '"')):
    assert old in text
    text = text.replace(old, new)
open("case.yaml", "w").write(text)
P
potline plan case.yaml -q --out c.run && for to in csv xlsx netcdf sqlite; do potline export c.run --to $to --out x.$to; done
grep -rhE "^[\"']?[-=+@]|,[\"']?[-=+@][^0-9]" x.csv | cut -d, -f1-3 | cut -c 1-60 | sort -u
python3 - <<'P'
import re, sqlite3, zipfile, xml.etree.ElementTree as tree
book = zipfile.ZipFile("x.xlsx")
for name in book.namelist():
    if name.endswith((".xml", ".rels")): tree.fromstring(book.read(name))
    if b"<f>" in book.read(name): print("a formula in", name)
chart = book.read("xl/charts/chart1.xml").decode()
print(sorted(set(re.findall("<c:f>([^<]*)</c:f>", chart))))
def texts(sheet): return re.findall("<t[^>]*>([^<]*)</t>", book.read("xl/worksheets/sheet%d.xml" % sheet).decode())
first = book.read("xl/worksheets/sheet1.xml").decode()
print(re.findall("<pageSetup[^>]*>", first), "fitToPage" in first)
print([t[:60] for t in texts(1)[:9] + texts(1)[10:11]], max(len(t) for t in texts(1)))
db = sqlite3.connect("x.sqlite")
print(db.execute("SELECT DISTINCT unit FROM units").fetchall(), db.execute("PRAGMA integrity_check").fetchone())
P
