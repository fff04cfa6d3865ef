# Ctrl-C, as soon as the line of progress says that there is something to keep: what was found by then is kept.
cat >until.py <<'P'
import os, pty, re, signal, sys
words, command = sys.argv[1].encode(), sys.argv[2:]
child, terminal = pty.fork()
if child == 0:
    os.environ["TERM"] = "vt100"
    os.execvp(command[0], command)
shown, told = b"", False
while True:
    try:
        part = os.read(terminal, 4096)
    except OSError:
        part = b""
    if not part:
        break
    shown += part
    if not told and re.search(words, shown):
        os.kill(child, signal.SIGINT)
        told = True
print("exit", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
for line in shown.decode().replace("\r\n", "\n").split("\n"):
    line = re.sub(r".*\x1b\[K", "", line)
    if re.match("error|note|The run", line):
        print(re.sub(r"after \d+ of", "after N of", line))
P
awk 'BEGIN {
  print "case: {from: 2026-01-01, to: 2026-01-02, step: hour}\nparties: {a: }\nsites: {s: a}\nmaterials: {p: {unit: MWh, step: hour}, g: MWh}"
  print "processes: {burn: {makes: {p: 1 MWh}, takes: {g: 2 MWh}}}\nunits:"
  for (i = 0; i < 40; i++)
    printf "  u%d: {site: s, runs: burn, capacity: %d.%d MW, minimum: %d %%, on/off: yes, cost when on: %d USD/h, start cost: %d USD, minimum up: %d h, minimum down: %d h}\n", i, 20 + i * 7 % 23, i * 37 % 10, 50 + i * 11 % 30, 100 + i * 53 % 211, 300 + i * 71 % 501, 2 + i % 5, 2 + i % 4
  print "markets:\n  gas: {site: s, sells: g, price: 20 USD/MWh}\n  load: {site: s, buys: p, price: 90 USD/MWh, up to: LOAD}\nquotations: {LOAD: {file: load.csv}}"
}' >fleet.yaml
awk 'BEGIN { print "date,LOAD [MW]"; for (d = 1; d < 3; d++) for (h = 0; h < 24; h++) printf "2026-01-%02dT%02d:00,%d.%d\n", d, h, 400 + h * 37 % 301 + d * 13, h * 7 % 10 }' >load.csv
python3 until.py 'best plan' potline plan fleet.yaml --gap 0 --jobs 1
awk 'BEGIN {
  print "case: {from: 2026-01-01, to: 2026-01-14, step: hour}\nmaterials: {p: {unit: MWh, step: hour}}\nparties:"
  for (i = 0; i < 9; i++) print "  p" i ":"
  print "sites: {s: }\nstocks:"
  for (i = 0; i < 9; i++) print "  b" i ": {site: s, party: p" i ", keeps: p, capacity: 9 MWh, fill: 3 MW, draw: 3 MW, fill loss: 5 %}"
  print "markets:\n  source: {site: s, sells: p, price: PRICE, up to: 20 MW}\n  sink: {site: s, buys: p, price: 0.8 * PRICE}\nquotations: {PRICE: {hours of: 40 USD/MWh, seed: 1, spread: 30 %}}\nagreements:"
  for (i = 0; i < 9; i++) print "  a" i ": {kind: power, seller: p" i ", buyer: p" (i + 1) % 9 ", material: p, place: s, price: 40 USD/MWh, up to: 2 MW}"
}' >ring.yaml
python3 until.py '([3-9]|[0-9][0-9]+) of [0-9]* programs' potline value ring.yaml --jobs 1
