potline plan "$CASES/smelter" -q
potline export smelter.run --to sqlite --out tables.sqlite
python3 - <<'P'
import sqlite3
db = sqlite3.connect("tables.sqlite")
for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
    print(name, db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
print(db.execute("SELECT sum(run) FROM units WHERE unit = 'potline'").fetchone())
print(db.execute("SELECT unit FROM columns WHERE \"table\" = 'trades' AND \"column\" = 'money'").fetchone())
print(db.execute("PRAGMA integrity_check").fetchone())
P
