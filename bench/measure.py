"""The measuring part of bench/run: runs the sides in turns, keeps the median of each number, writes RESULTS.md."""
import json
import os
import platform
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, "build", "bench")
BUILT = os.path.join(WORK, "build", "bench")
FAMILIES = ["chain", "power-8760", "power-43800", "comb"]
BUNDLED = "alro-azeraluminium"
READING = {"yaml": "case.yaml", "csv": "prices.csv"}


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=WORK)
    return json.loads(done.stdout.strip().splitlines()[-1])


def generate(family):
    subprocess.run([sys.executable, os.path.join(ROOT, "bench", "gen.py"), os.path.join(WORK, family), family], check=True)


def median(runs):
    return {k: statistics.median(r[k] for r in runs) if isinstance(v, (int, float)) else v for k, v in runs[0].items()}


def measure(name, folder, repeats):
    """One family: the sides in turns, repeats times."""
    dump, out = os.path.join(WORK, name + ".dump"), os.path.join(WORK, name + ".run")
    ours, alone, reads = [], [], []
    for _ in range(repeats):
        ours.append(run(os.path.join(BUILT, "bench_stages"), folder, out))
        reads.append(run(os.path.join(BUILT, "bench_stages"), folder, "--dump", dump))
        if ours[0]["integers"] == 0:
            alone.append(run(os.path.join(BUILT, "bench_highs_only"), dump))
    result = {"ours": median(ours), "alone": median(alone) if alone else None, "read": median(reads)["read"]}
    os.remove(dump)
    os.remove(out)
    return result


def pypsa(name):
    return run(os.path.join(WORK, "venv", "bin", "python"), os.path.join(ROOT, "bench", "pypsa_side.py"), os.path.join(WORK, name), name)


def stage_rows(results):
    yield "| case | rows | columns | entries | read | build | solver | audit | write | (read + build + write) / solver | peak MB | HiGHS alone, s | its peak MB | peak / its |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    for name, r in results.items():
        o, a = r["ours"], r["alone"]
        around = (o["open"] + o["write"]) / o["solver"]
        alone = f"{a['solver']:.3f} | {a['peak_mb']:.0f} | {o['peak_mb'] / a['peak_mb']:.2f}" if a else "– | – | –"
        yield (f"| {name} | {o['rows']:,} | {o['columns']:,} | {o['entries']:,} | {r['read']:.3f} | {max(0, o['open'] - r['read']):.3f} | "
               f"{o['solver']:.3f} | {o['rest_of_solve']:.3f} | {o['write']:.3f} | **{around:.3f}** | {o['peak_mb']:.0f} | {alone} |")


def pypsa_rows(results):
    yield "| case | rows: ours | PyPSA | columns: ours | PyPSA | entries: ours | PyPSA | optima differ by | end to end: ours, s | PyPSA, s (of it building) | PyPSA / ours | peak MB: ours | PyPSA |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    for name, r in results.items():
        if "pypsa" not in r:
            continue
        o, p = r["ours"], r["pypsa"]
        ours = o["open"] + o["solver"] + o["rest_of_solve"] + o["write"]
        theirs = p["build"] + p["solve_call"]
        gap = abs(o["value"] - p["value"]) / max(1, abs(p["value"]))
        yield (f"| {name} | {o['rows']:,} | {p['rows']:,} | {o['columns']:,} | {p['columns']:,} | {o['entries']:,} | {p['entries']:,} | "
               f"{gap:.0e} | {ours:.2f} | {theirs:.2f} ({p['build']:.2f}) | {theirs / ours:.1f} | {o['peak_mb']:.0f} | {p['peak_mb']:.0f} |")
        if gap > 1e-6:
            sys.exit(f"{name}: the optima differ by {gap:.1e}: not the same problem")


def reading_rows(reading):
    yield "| file | MB | lines | read, s | s per MB |"
    yield "|---|---|---|---|---|"
    for name, r in reading.items():
        yield f"| {name} | {r['mb']:.1f} | {r['lines']:,} | {r['read']:.3f} | {r['read'] / r['mb']:.3f} |"


def reading_of(name, file, repeats):
    generate(name)
    path = os.path.join(WORK, name, file)
    took = [run(os.path.join(BUILT, "bench_stages"), os.path.join(WORK, name))["read"] for _ in range(repeats)]
    with open(path, "rb") as f:
        lines = sum(1 for _ in f)
    return {"mb": os.path.getsize(path) / 1e6, "lines": lines, "read": statistics.median(took)}


def machine():
    with open("/proc/cpuinfo") as f:
        model = next((l.split(":")[1].strip() for l in f if l.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()}"


def main():
    args = sys.argv[1:]
    repeats = int(args[args.index("--repeats") + 1]) if "--repeats" in args else 3
    with_pypsa = "--without-pypsa" not in args
    named = [a for a in args if a in FAMILIES]
    os.makedirs(WORK, exist_ok=True)
    results = {}
    if not named:
        results[BUNDLED] = measure(BUNDLED, os.path.join(ROOT, "cases", BUNDLED), repeats)
    for family in named or FAMILIES:
        generate(family)
        results[family] = measure(family, os.path.join(WORK, family), repeats)
        if with_pypsa:
            results[family]["pypsa"] = pypsa(family)
    reading = {} if named else {n: reading_of(n, f, repeats) for n, f in READING.items()}
    versions = sorted({r["ours"]["highs"] for r in results.values()}) + sorted({"PyPSA " + r["pypsa"]["pypsa"] for r in results.values() if "pypsa" in r})
    lines = ["# What the bench measured", "",
             f"`bench/run` on {machine()}; {', '.join(versions)}; medians of {repeats} (PyPSA once), one thread, simplex on every side.",
             "Seconds are this machine's on that day: the ratios are what to compare. The families are described in bench/gen.py.", "",
             "## From the case on disk to the run file", "", *stage_rows(results), "",
             "HiGHS alone gets the same matrix, scaled the same, with the same options (bench/highs_only.c). `read` is timed in a process of its own.", ""]
    if with_pypsa:
        lines += ["## The same problems in PyPSA", "", *pypsa_rows(results), "",
                  "PyPSA's time is without its import and without reading data; ours is all of it, audit and run file included.", ""]
    if reading:
        lines += ["## Reading", "", *reading_rows(reading), ""]
    text = "\n".join(lines)
    if not named:
        with open(os.path.join(ROOT, "bench", "RESULTS.md"), "w") as f:
            f.write(text)
    print(text)


main()
