# Limits of the machine are errors with a status, and leave no part of a file behind.
potline plan "$CASES/smelter" -q -o a.run && cp a.run before
try() { "$@" >/dev/null 2>err; echo "exit $?"; sed -n 1p err; }
echo "--- files may not grow"
(ulimit -f 8
try potline plan "$CASES/smelter" -q -o a.run
try potline plan "$CASES/smelter" -q -o new.run
try potline plan "$CASES/smelter" -q -o new.run --mps new.mps
for to in csv xlsx netcdf sqlite; do try potline export a.run --to $to --out out.$to; done)
echo "--- few files may be open"
try sh -c 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -n 8; exec potline export a.run --to xlsx --out out.xlsx'
try sh -c 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -n 4; exec potline plan "$CASES/smelter" -q -o new.run'
cmp a.run before && ls -A
echo "--- what a killed process left is swept"
sh -c 'echo $$' >dead
python3 - <<'P'
import socket
h = 0x811C9DC5
for c in socket.gethostname().encode(): h = (h ^ c) * 0x01000193 & 0xFFFFFFFF
open("b.run.potline-%08x-%d-0.new" % (h, int(open("dead").read())), "w").write("half")
P
potline plan "$CASES/smelter" -q -o a.run && ls -A
