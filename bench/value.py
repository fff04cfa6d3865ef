"""The measuring part of bench/value: the sides in turns, the median of each; writes VALUE.md."""
import glob
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, "build", "bench")
BUILT = os.path.join(WORK, "build", "bench")
EVERY = 8             # of so many programs one is solved cold
REBUILT = (0, 42, 85, 127)  # subsets that PyPSA builds


OPTIMAL = 7  # HiGHS's model status


def run(*command, check=True):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=check, cwd=WORK)
    return json.loads(done.stdout.strip().splitlines()[-1])


def same(name, what, one, other):
    if abs(one - other) > 1e-6 * max(1, abs(other)):
        sys.exit(f"{name}: {what} is {one:.12g} and {other:.12g}: not the same problem")


def measure(name, *case, rounds):
    dumps = os.path.join(WORK, name + "-dumps")
    shutil.rmtree(dumps, ignore_errors=True)
    os.makedirs(dumps)
    warm, cold, failed = [], {"subsets": [], "coalitions": []}, set()
    for _ in range(rounds):
        warm.append(run(os.path.join(BUILT, "bench_value"), *case, "--dump", dumps, "--every", str(EVERY)))
        subsets = 2 ** warm[0]["agreements"]
        took = {"subsets": [], "coalitions": []}
        for path in glob.glob(os.path.join(dumps, "*.dump")):
            i = int(os.path.basename(path).split(".")[0])
            alone = run(os.path.join(BUILT, "bench_highs_only"), path, check=False)
            if alone["status"] != OPTIMAL:
                failed.add(i)
                continue
            if i < subsets:
                same(name, f"subset {i}", alone["value"], warm[0]["values"][i])
            took["subsets" if i < subsets else "coalitions"].append(alone["solver"])
        for k, v in took.items():
            if v:
                cold[k].append(statistics.mean(v))
    shutil.rmtree(dumps)
    r = dict(warm[0], tried=1 + (warm[0]["programs"] - 1) // EVERY, failed=len(failed), n={"subsets": subsets, "coalitions": warm[0]["programs"] - subsets})
    r["warm"] = {k: statistics.median(w[k] for w in warm) / r["n"][k] for k in cold}
    r["cold"] = {k: statistics.median(v) for k, v in cold.items() if v}
    return r


def rebuild(name, r):
    side = run(os.path.join(WORK, "venv", "bin", "python"), os.path.join(ROOT, "bench", "pypsa_side.py"), os.path.join(WORK, name), name,
               *map(str, REBUILT))
    for k in side["runs"]:
        same(name, f"subset {k['subset']}", k["value"], r["values"][k["subset"]])
    return {"pypsa": side["pypsa"], "took": statistics.median(k["took"] for k in side["runs"]),
            "build": statistics.median(k["build"] for k in side["runs"])}


def rows(results):
    yield "| case | rows | columns | programs | warm, ms each | HiGHS alone, cold, ms each | cold / warm | PyPSA, ms each (of it building) | PyPSA / warm |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, r in results.items():
        for kind, cold in r["cold"].items():
            warm = r["warm"][kind]
            p = r.get("rebuilt") if kind == "subsets" else None
            theirs = f"{1e3 * p['took']:,.0f} ({1e3 * p['build']:,.0f}) | **{p['took'] / warm:.0f}**" if p else "– | –"
            yield (f"| {name} | {r['rows']:,} | {r['columns']:,} | {r['n'][kind]} {kind} | {1e3 * warm:.1f} | {1e3 * cold:.0f} | "
                   f"**{cold / warm:.1f}** | {theirs} |")


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        model = next((l.split(":")[1].strip() for l in f if l.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()}"


def main():
    args = sys.argv[1:]
    rounds = int(args[args.index("--rounds") + 1]) if "--rounds" in args else 3
    folder = os.path.join(WORK, "agreed")
    subprocess.run([sys.executable, os.path.join(ROOT, "bench", "gen.py"), folder, "agreed"], check=True)
    results = {"alro-azeraluminium": measure("alro-azeraluminium", os.path.join(ROOT, "cases", "alro-azeraluminium"), "memorandum", rounds=rounds),
               "agreed": measure("agreed", folder, rounds=rounds)}
    versions = [results["agreed"]["highs"]]
    if "--without-pypsa" not in args:
        results["agreed"]["rebuilt"] = rebuild("agreed", results["agreed"])
        versions.append("PyPSA " + results["agreed"]["rebuilt"]["pypsa"])
    with open(os.path.join(ROOT, "bench", "value-notes.md"), encoding="utf-8") as f:
        notes = f.read()
    text = "\n".join([
        "# What a valuation costs", "",
        f"`bench/value` on {machine()}; {', '.join(versions)}; medians of {rounds} rounds, the sides in turns, one thread.",
        "Seconds are this machine's on that day: the ratios are what to compare.", "", *rows(results), "",
        *(f"HiGHS alone gave up on {r['failed']} of {r['tried']} programs of {name}, which do not count." for name, r in results.items() if r["failed"]),
        "", notes])
    with open(os.path.join(ROOT, "bench", "VALUE.md"), "w", encoding="utf-8") as f:
        f.write(text)
    print(text)


main()
