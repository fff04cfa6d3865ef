"""The measuring part of bench/run: runs the sides in turns, keeps the median of each number, writes RESULTS.md.

Seconds of one thread are processor seconds of the process, so that other work on the machine counts less; those of two threads are
divided by two where something had to wait for a processor meanwhile, otherwise elapsed time."""
import glob
import json
import os
import shutil
import statistics
import sys

import side
from side import HERE, ROOT, WORK

FAMILIES = ["chain", "power-8760", "power-43800", "comb", "mip-8760"]
BUNDLED = "alro-azeraluminium"
READING = {"yaml": "case.yaml", "csv": "prices.csv"}
METHODS = {False: ["interior", "vertex", "windows"], True: ["rolling"]}  # of programs without and with integers; besides, auto
MIP_GAP = "1e-3"
SWITCHED = 4  # the agreement of the pairs: the one that is worth most
OPTIMAL = 7   # HiGHS's model status

# What the project wants: (against one plain HiGHS call, against PyPSA end to end), at least and as the aim.
GOALS = {"chain": ((1.8, 4.8), (3.5, 10)), "one agreement changed": ((77, 270), (150, 500)), "1,000 scenario pairs": ((8.7, 31), (19, 70)),
         "power-8760": ((5, 20), (12, 50)), "power-43800": ((7, 14), (18, 36)), "power-43800, a corner": ((4.8, 9.5), (7, 14)),
         "comb": ((2.3, 3.3), (6.5, 9)), "mip-8760": ((2, 2), (10, 10))}
MEMORY_GOAL = (4, 18)


# --- Running the sides --------------------------------------------------------------------------------


def ours(folder, *options):
    r = side.program("stages", folder, os.path.join(WORK, "bench.run"), *options)
    return {**r, "solver_cpu": r["solver"] * r["solve_cpu"] / r["solve"]}


def alone(dump, *options):
    r = side.program("highs_only", dump, *options, check=False)
    return {**r, "call": r["load"] + r["solver_cpu"]}


def sides_of(name, folder, dump, mixed, with_pypsa):
    """The sides of one case, each a function; the first is ours."""
    gap = ["--gap", MIP_GAP] if mixed else []
    options = [f"mip_rel_gap={MIP_GAP}"] if mixed else []
    sides = {"auto": lambda: ours(folder, *gap), "plain": lambda: alone(dump, "--plain", *options),
             "two": lambda: ours(folder, "--jobs", 2, *gap)}
    for m in METHODS[mixed]:
        sides[m] = lambda m=m: ours(folder, "--method", m, *gap)
    if with_pypsa:
        sides["pypsa"] = lambda: side.pypsa(folder, name)
    return sides


def measure(name, folder, repeats, with_pypsa):
    dump = os.path.join(WORK, name + ".dump")
    program = side.program("stages", folder, "--dump", dump)
    mixed = program["integers"] > 0
    sides = sides_of(name, folder, dump, mixed, with_pypsa)
    r = side.turns(repeats, sides)
    r["reading"] = side.program("stages", folder, "--read")
    r["mixed"] = mixed
    os.remove(dump)
    if r["plain"]["status"] != OPTIMAL:
        r["plain"]["call"] = None  # HiGHS alone gave up
    for other in ("plain", "pypsa"):
        if other in r and r[other].get("call", 0) is not None:
            r[other]["apart"] = side.same(name + " " + other, r["auto"]["value"], r[other]["value"], 3 * float(MIP_GAP) if mixed else 1e-6)
    return r


def reading_of(name, file, repeats):
    folder = side.generate(name)
    path = os.path.join(folder, file)
    took = side.turns(repeats, {"read": lambda: side.program("stages", folder, "--read")})["read"]["read_cpu"]
    with open(path, "rb") as f:
        lines = sum(1 for _ in f)
    return {"mb": os.path.getsize(path) / 1e6, "lines": lines, "read": took}


# --- One change at a time ---------------------------------------------------------------------------


def cold(folder, pattern):
    """Mean seconds of plain calls on the programs left behind."""
    said = {os.path.basename(path)[:-5]: alone(path, "--plain") for path in sorted(glob.glob(os.path.join(folder, pattern)))}
    return statistics.mean(r["solver_cpu"] for r in said.values()), {k: r["value"] for k, r in said.items()}


def sweep(family, pairs, repeats, with_pypsa):
    folder, left = side.generate(family), os.path.join(WORK, "sweep")
    every = max(1, pairs // 4)
    shutil.rmtree(left, ignore_errors=True)
    os.makedirs(left)
    side.program("sweep", folder, "--pairs", pairs, "--agreement", SWITCHED, "--dump", left, "--every", every)
    runs = [side.program("sweep", folder, "--pairs", pairs, "--agreement", SWITCHED, "--jobs", 2) for _ in range(repeats)]
    r = side.median(runs)
    r["changed"] = statistics.median(statistics.mean(k["cpu"] / 2 for k in one["off"]) for one in runs)
    r["pair"] = statistics.median((k["used"] / 2 if k["busy"] > 0.1 else k["seconds"]) / pairs for k in runs)
    r["changed_cold"], values = cold(left, "off-*.dump")
    for name, value in values.items():
        side.same(name, r["off"][int(name.split("-")[1])]["without"], value)
    r["pair_cold"], values = cold(left, "pair-*.dump")
    for name, value in values.items():
        _, k, with_it = name.split("-")
        side.same(name, r["values"][int(k)][int(with_it)], value)
    r["pair_cold"] *= 2
    if with_pypsa:
        rebuild(folder, left, r)
    shutil.rmtree(left)
    return r


def rebuild(folder, left, r):
    """The same in PyPSA, on some."""
    everything = 2 ** len(r["off"]) - 1
    subsets = [everything ^ 1 << i for i in (0, SWITCHED)]
    some = side.pypsa(folder, "agreed", *subsets)["runs"]
    for k, i in zip(some, (0, SWITCHED)):
        side.same("PyPSA's agreed", r["off"][i]["without"], k["value"])
    pairs = side.pypsa(folder, "agreed", "--prices", os.path.join(left, "prices.json"), subsets[1], everything)["runs"]
    for k in pairs:
        side.same("PyPSA's pair", r["values"][k["scenario"]][k["subset"] == everything], k["value"])
    r["changed_pypsa"] = statistics.mean(k["used"] for k in some)
    r["pair_pypsa"] = 2 * statistics.mean(k["used"] for k in pairs)


# --- What is written ----------------------------------------------------------------------------------


def table(head, rows):
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def seconds(x):
    return "–" if x is None else f"{x:.4f}" if x < 0.1 else f"{x:.2f}"


def ratio(theirs, our):
    return theirs / our if theirs is not None and our else None


def reached(got, goals):
    """A ratio beside its target: the least and the aim."""
    least, aim = goals
    if got is None:
        return "–", f"{least:g} … {aim:g}"
    word = "aim reached" if got >= aim else "reached" if got >= least else "short"
    return f"**{got:.1f}**", f"{least:g} … {aim:g}: {word}"


def on_the_clock(r):
    """HiGHS against ours on two threads, where the machine was quiet enough to tell."""
    if max(r["two"]["busy"], r["plain"]["busy"]) > 0.1 or r["plain"]["call"] is None:
        return "–"
    return f"{(r['plain']['load'] + r['plain']['solver']) / r['two']['solver']:.1f}"


def goal_row(name, our, end_to_end, highs, pypsa, clock="–"):
    (h, p), (h_aim, p_aim) = GOALS.get(name, ((0, 0), (0, 0)))
    against = [*reached(ratio(highs, our), (h, h_aim)), seconds(pypsa), *reached(ratio(pypsa, end_to_end), (p, p_aim))]
    if name not in GOALS:
        against[1], against[4] = "", ""
    return [name, seconds(our), seconds(highs), *against[:2], clock, seconds(end_to_end), *against[2:]]


def quickest_corner(r):
    return min((r[m] for m in ("vertex", "windows") if m in r), key=lambda k: k["solver_cpu"])


def goal_rows(results, swept):
    for name, r in results.items():
        used = r.get("pypsa", {}).get("used")
        yield goal_row(name, r["auto"]["solver_cpu"], r["auto"]["all_cpu"], r["plain"]["call"], used, on_the_clock(r))
        if name + ", a corner" in GOALS:
            corner = quickest_corner(r)
            yield goal_row(name + ", a corner", corner["solver_cpu"], corner["all_cpu"], r["plain"]["call"], used)
    if swept:
        yield goal_row("one agreement changed", swept["changed"], swept["changed"], swept["changed_cold"], swept.get("changed_pypsa"))
        yield goal_row("1,000 scenario pairs", 1e3 * swept["pair"], 1e3 * swept["pair"], 1e3 * swept["pair_cold"],
                       1e3 * swept["pair_pypsa"] if "pair_pypsa" in swept else None)


def memory_rows(results):
    for name, r in results.items():
        o, p = r["auto"]["peak_mb"], r.get("pypsa", {}).get("peak_mb")
        against = "" if name != "power-43800" or not p else f"{MEMORY_GOAL[0]} … {MEMORY_GOAL[1]}"
        yield [name, f"{o:.0f}", f"{r['two']['peak_mb']:.0f}", f"{r['plain']['peak_mb']:.0f}", f"{p:.0f}" if p else "–", f"{p / o:.1f}" if p else "–", against]


def stage_rows(results):
    for name, r in results.items():
        o = r["auto"]
        around = r["auto"]["open_cpu"] + max(0, o["all_cpu"] - o["open_cpu"] - o["solve_cpu"])
        yield [name, f"{o['rows']:,}", f"{o['columns']:,}", f"{o['entries']:,}", seconds(r["reading"]["read_cpu"]), seconds(o["open_cpu"]),
               seconds(o["solver_cpu"]), seconds(o["solve_cpu"] - o["solver_cpu"]), seconds(o["all_cpu"] - o["open_cpu"] - o["solve_cpu"]),
               f"{100 * around / o['all_cpu']:.1f} %"]


def method_rows(results):
    for name, r in results.items():
        for way, label in [("plain", "HiGHS, plain call"), ("auto", "ours: auto"), ("two", "ours: auto, 2 threads, elapsed"),
                           *((m, "ours: " + m) for m in METHODS[r["mixed"]])]:
            if way not in r:
                continue
            k = r[way]
            took = k.get("call", k["solver"] if way == "two" else k.get("solver_cpu"))
            note = f" (of processors {seconds(k['solver_cpu'])}; {k['busy']:.0%} of the time something waited)" if way == "two" else ""
            yield [name, label, k.get("method", "HiGHS"), seconds(took) + note, f"{k['gap']:.0e}", f"{k['infeasible']:.0e}", f"{k['peak_mb']:.0f}"]


def same_rows(results):
    for name, r in results.items():
        if "pypsa" in r:
            o, p = r["auto"], r["pypsa"]
            yield [name, *(f"{k[what]:,}" for what in ("rows", "columns", "entries") for k in (o, p)), f"{p['apart']:.0e}", seconds(p["used"]), seconds(p["build"])]


def pages(results, swept, reading, repeats):
    versions = sorted({r["auto"]["highs"] for r in results.values()}) + sorted({"PyPSA " + r["pypsa"]["pypsa"] for r in results.values() if "pypsa" in r})
    busy = statistics.mean(k["busy"] for r in results.values() for k in r.values() if isinstance(k, dict) and "busy" in k)
    yield "# What the bench measured\n"
    yield (f"`bench/run` on {side.machine()}; {', '.join(versions)}; medians of {repeats}, the sides taking turns. Processor seconds of one thread on every side unless stated otherwise;\n"
           f"in {busy:.0%} of the time something on the machine had to wait for a processor. Seconds are those of this machine on that day: compare the ratios.\n"
           "The families are described in bench/gen.py.\n")
    yield "## Against the targets\n"
    yield from table(["case", "solver: ours, s", "HiGHS, s", "HiGHS / ours", "target", "ours on 2 threads", "end to end: ours, s", "PyPSA, s", "PyPSA / ours", "target"], goal_rows(results, swept))
    yield ("\nHiGHS is one plain call of the same version on the same program: default options, handing over the program included. Ours, solver: choosing, solving and our own certificate;\n"
           "end to end: from the files of the case to the written run file, audit included. PyPSA: building and solving, without its import and without reading data.\n"
           "Targets: the least … the aim. Times on two threads are elapsed time and need a quiet machine: – where it was not.\n")
    if swept:
        yield (f"Agreements and pairs on the family agreed: {swept['pairs']:,} pairs with all prices redrawn, with and without one agreement, on two threads against HiGHS on one;\n"
               "HiGHS (cold) and PyPSA (rebuilt) solve some of them; the rest are taken to be like these.\n")
    yield "## Memory\n"
    yield from table(["case", "ours, MB", "2 threads", "HiGHS alone", "PyPSA", "PyPSA / ours", "target"], memory_rows(results))
    yield "\n## From the case on disk to the run file\n"
    yield from table(["case", "rows", "columns", "entries", "read", "read and build", "solver", "audit", "write", "read, build and write, of all"], stage_rows(results))
    yield "\n## Every method\n"
    yield from table(["case", "way", "answered by", "s", "certified gap", "bounds missed by", "MB"], method_rows(results))
    yield "\nThe gap and the amount by which bounds are missed are computed from the program's own arrays (lp/lp.h), for HiGHS's answers too.\n"
    if any("pypsa" in r for r in results.values()):
        yield "## The same problems in PyPSA\n"
        yield from table(["case", "rows: ours", "PyPSA", "columns: ours", "PyPSA", "entries: ours", "PyPSA", "optima differ by", "PyPSA, s", "of it building, elapsed"],
                         same_rows(results))
        yield ""
    if reading:
        yield "## Reading\n"
        yield from table(["file", "MB", "lines", "s", "s per MB"],
                         ([n, f"{r['mb']:.1f}", f"{r['lines']:,}", f"{r['read']:.3f}", f"{r['read'] / r['mb']:.3f}"] for n, r in reading.items()))
        yield ""
    with open(os.path.join(HERE, "results-notes.md"), encoding="utf-8") as f:
        yield f.read()


def main():
    repeats, pairs = side.option("--repeats", 3), side.option("--pairs", 1000)
    with_pypsa = "--without-pypsa" not in sys.argv
    named = [a for a in sys.argv[1:] if a.partition("-")[0] in ("chain", "power", "comb", "mip", "agreed")]
    os.makedirs(WORK, exist_ok=True)
    results = {}
    if not named:
        results[BUNDLED] = measure(BUNDLED, os.path.join(ROOT, "cases", BUNDLED), repeats, False)
    for family in [f for f in named or FAMILIES if not f.startswith("agreed")]:
        results[family] = measure(family, side.generate(family), repeats, with_pypsa)
    agreed = next((f for f in named or ["agreed"] if f.startswith("agreed")), None)
    swept = sweep(agreed, pairs, repeats, with_pypsa) if agreed else None
    reading = {} if named else {n: reading_of(n, f, repeats) for n, f in READING.items()}
    with open(os.path.join(WORK, "results.json"), "w", encoding="utf-8") as f:
        json.dump({"results": results, "sweep": swept, "reading": reading}, f)
    text = "\n".join(pages(results, swept, reading, repeats)) if results else json.dumps(swept, indent=1)
    if not named:
        with open(os.path.join(HERE, "RESULTS.md"), "w", encoding="utf-8") as f:
            f.write(text)
    print(text)


main()
