# a run is an SQLite file that holds all that it was made from: it can be explained without the case
cp -r "$CASES/smelter" mine
potline plan mine -q --set 'units.potline.capacity=90 kt/year'
rm -r mine
potline explain mine.run --limit 1 --site smelter --material metal
python3 - <<'P'
import sqlite3
db = sqlite3.connect("mine.run")
for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
    print(name, db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
print(db.execute("SELECT text FROM meta WHERE key IN ('status', 'case', 'currency') ORDER BY key").fetchall())
print(db.execute("SELECT setting FROM settings").fetchall())
print(db.execute("SELECT path, bytes, length(text) FROM files").fetchall())
print(db.execute("SELECT * FROM accounts WHERE line = 'result'").fetchall())
P
