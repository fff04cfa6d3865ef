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
spoil("nameless.run", "DELETE FROM meta WHERE key = 'case file'")
spoil("worthless.run", "UPDATE meta SET number = 9e999 WHERE key = 'objective'")
spoil("stopped.run", "UPDATE meta SET text = 'stopped' WHERE key = 'status'")
# The schema's tree of pages leads to one leaf on millions of ways, each of which is a row to read.
import struct
head, n = open("smelter.run", "rb").read(100), 4096
def cell(*values):
    types, body = b"", b""
    for v in values:
        v = v.encode() if isinstance(v, str) else v
        types += bytes([0 if v is None else 1 if isinstance(v, int) else 13 + 2 * len(v)])
        body += b"" if v is None else bytes([v]) if isinstance(v, int) else v
    return bytes([len(types) + 1 + len(body), 1, len(types) + 1]) + types + body
def page(kind, cells, right=None, before=b""):
    at, starts, content = n, [], bytearray(n)
    for c in cells:
        at -= len(c)
        content[at:at + len(c)] = c
        starts.append(at)
    start = before + bytes([kind]) + struct.pack(">HHHB", 0, len(cells), at, 0) + (struct.pack(">I", right) if right else b"")
    start += b"".join(struct.pack(">H", s) for s in starts)
    content[:len(start)] = start
    return bytes(content)
def inner(child, count): return [struct.pack(">IB", child, 1)] * count
head = head[:16] + struct.pack(">H", n) + head[18:28] + struct.pack(">I", 6) + head[32:]
table = cell("table", "t", "t", 6, "CREATE TABLE t(a PRIMARY KEY)")
index = cell("index", "sqlite_autoindex_t_1", "t", 6, None)
pages = [page(5, inner(5, 1) + inner(2, 300), 2, head), page(5, inner(3, 500), 3), page(5, inner(4, 500), 4),
         page(13, [index]), page(13, [table, index]), page(10, [])]
open("maze.run", "wb").write(b"".join(pages))
open("cut.run", "wb").write(open("smelter.run", "rb").read()[:20000])
P
for name in layout empty blob swap word case view nameless worthless stopped maze cut; do
  echo "$name:"
  potline explain $name.run >/dev/null 2>err
  echo "exit $?"
  grep -v '^   ' err | head -n 3
done
echo "a valuation:"
potline value "$CASES/../cases/agreements/zopa" -q --grid-error no --out valued.run
python3 - <<'P'
import shutil, sqlite3
for name, statement in (("torn.run", "DROP TABLE value_splits"), ("halved.run", "UPDATE meta SET text = 'stopped' WHERE key = 'status'")):
    shutil.copy("valued.run", name)
    db = sqlite3.connect(name)
    db.execute(statement)
    db.commit()
P
for name in torn halved; do
  potline explain $name.run >/dev/null 2>err
  echo "exit $?"
  cat err
done
echo "a run of an unknown time is replaced:"
python3 -c 'import sqlite3; d = sqlite3.connect("smelter.run"); d.execute("DELETE FROM meta WHERE key = '"'written'"'"); d.commit()'
potline plan "$CASES/smelter" 2>&1 | grep '^note'
