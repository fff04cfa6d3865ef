# what is no run, or is damaged, is told in plain words and does no harm
potline explain none.run
echo "exit $?"
echo hello > text.run
potline export text.run --to csv
echo "exit $?"
python3 -c 'import sqlite3; sqlite3.connect("other.run").execute("CREATE TABLE t (x)")'
potline explain other.run
echo "exit $?"
potline plan "$CASES/smelter" -q
python3 - <<'P'
import shutil, sqlite3
def spoil(name, *statements):
    shutil.copy("smelter.run", name)
    db = sqlite3.connect(name)
    for s in statements: db.execute(s)
    db.commit()
spoil("layout.run", "PRAGMA user_version = 99")
spoil("empty.run", "DELETE FROM files")
spoil("blob.run", "UPDATE answer SET data = x'0123' WHERE name = 'column values'")
spoil("swap.run", "UPDATE answer SET data = (SELECT data FROM answer WHERE name = 'column duals') WHERE name = 'column values'")
spoil("word.run", "UPDATE meta SET text = 'splendid' WHERE key = 'status'")
spoil("case.run", "UPDATE files SET text = 'case: [' ")
spoil("view.run", "DROP TABLE meta", "CREATE VIEW meta AS SELECT 'status' AS key, 'planned' AS text, 1 AS number")
open("cut.run", "wb").write(open("smelter.run", "rb").read()[:20000])
P
for name in layout empty blob swap word case view cut; do
  echo "$name:"
  potline explain $name.run >/dev/null 2>err
  echo "exit $?"
  head -n 1 err
done
