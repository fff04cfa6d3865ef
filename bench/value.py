"""The measuring part of bench/value: the sides in turns, the median of each; writes VALUE.md."""
import glob
import os
import shutil
import statistics
import sys

import side
from side import HERE, ROOT, WORK

EVERY = 8             # of so many programs one is solved cold
REBUILT = (0, 42, 85, 127)  # subsets that PyPSA builds
OPTIMAL = 7  # HiGHS's model status


def measure(name, *case, rounds):
    dumps = os.path.join(WORK, name + "-dumps")
    shutil.rmtree(dumps, ignore_errors=True)
    os.makedirs(dumps)
    warm, cold, failed = [], {"subsets": [], "coalitions": []}, set()
    for _ in range(rounds):
        warm.append(side.program("value", *case, "--dump", dumps, "--every", EVERY))
        subsets = 2 ** warm[0]["agreements"]
        took = {"subsets": [], "coalitions": []}
        for path in glob.glob(os.path.join(dumps, "*.dump")):
            i = int(os.path.basename(path).split(".")[0])
            alone = side.program("highs_only", path, check=False)
            if alone["status"] != OPTIMAL:
                failed.add(i)
                continue
            if i < subsets:
                side.same(f"{name}, subset {i}", alone["value"], warm[0]["values"][i])
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
    said = side.pypsa(os.path.join(WORK, name), name, *REBUILT)
    for k in said["runs"]:
        side.same(f"{name}, subset {k['subset']}", k["value"], r["values"][k["subset"]])
    return {"pypsa": said["pypsa"], "took": statistics.median(k["took"] for k in said["runs"]),
            "build": statistics.median(k["build"] for k in said["runs"])}


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


def main():
    rounds = side.option("--rounds", 3)
    folder = side.generate("agreed")
    results = {"alro-azeraluminium": measure("alro-azeraluminium", os.path.join(ROOT, "cases", "alro-azeraluminium"), "memorandum", rounds=rounds),
               "agreed": measure("agreed", folder, rounds=rounds)}
    versions = [results["agreed"]["highs"]]
    if "--without-pypsa" not in sys.argv:
        results["agreed"]["rebuilt"] = rebuild("agreed", results["agreed"])
        versions.append("PyPSA " + results["agreed"]["rebuilt"]["pypsa"])
    with open(os.path.join(HERE, "value-notes.md"), encoding="utf-8") as f:
        notes = f.read()
    text = "\n".join([
        "# What a valuation costs", "",
        f"`bench/value` on {side.machine()}; {', '.join(versions)}; medians of {rounds} rounds, the sides taking turns, one thread.",
        "Seconds are those of this machine on that day: compare the ratios.", "", *rows(results), "",
        *(f"HiGHS alone gave up on {r['failed']} of {r['tried']} programs of {name}, which are not counted." for name, r in results.items() if r["failed"]),
        "", notes])
    with open(os.path.join(HERE, "VALUE.md"), "w", encoding="utf-8") as f:
        f.write(text)
    print(text)


main()
