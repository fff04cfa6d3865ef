"""What the measuring programs of the bench share: running a side and reading its line of JSON, with the processor time it took
and how busy the machine was meanwhile; medians; the machine in words."""
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HERE = os.path.join(ROOT, "bench")
WORK = os.path.abspath(os.environ.get("BENCH_WORK", os.path.join(ROOT, "build", "bench")))
BUILT = os.path.abspath(os.environ.get("BENCH_BUILT", os.path.join(WORK, "build", "bench")))
PYTHON = os.path.join(WORK, "venv", "bin", "python")


def waited():
    """Seconds so far in which something on this machine waited for a processor; 0 where the system does not say."""
    try:
        with open("/proc/pressure/cpu", encoding="ascii") as f:
            return int(f.readline().rsplit("total=", 1)[1]) / 1e6
    except OSError:
        return 0.0


def run(*command, check=True):
    """The last line that the command prints, as JSON, and wall, cpu and busy: the share of its time in which somebody had to wait."""
    began, before, queued = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN), waited()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=check, cwd=WORK)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(done.stdout.strip().splitlines()[-1]), "wall": wall, "cpu": cpu, "busy": min(1.0, (waited() - queued) / wall)}


def program(name, *arguments, **options):
    """One of the C programs of this folder."""
    return run(os.path.join(BUILT, "bench_" + name), *map(str, arguments), **options)


def pypsa(folder, *arguments):
    return run(PYTHON, os.path.join(HERE, "pypsa_side.py"), folder, *map(str, arguments))


def generate(family, folder=None):
    folder = folder or os.path.join(WORK, family)
    subprocess.run([sys.executable, os.path.join(HERE, "gen.py"), folder, family], check=True)
    return folder


def median(runs):
    """Of every number of these runs its median; whatever else they say is said by the first."""
    return {k: statistics.median(r[k] for r in runs) if isinstance(v, (int, float)) else v for k, v in runs[0].items()}


def turns(repeats, sides):
    """{side: what the function said} of every side, in turns: the medians of so many rounds."""
    said = {name: [] for name in sides}
    for _ in range(repeats):
        for name, side in sides.items():
            said[name].append(side())
    return {name: median(runs) for name, runs in said.items()}


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        model = next((l.split(":")[1].strip() for l in f if l.startswith("model name")), platform.machine())
    return f"{model}, {os.cpu_count()} CPUs, {platform.system()} {platform.release()}"


def option(name, default):
    """--name VALUE of the command line."""
    args = sys.argv[1:]
    return type(default)(args[args.index(name) + 1]) if name in args else default


def same(name, one, other, tolerance=1e-6):
    """Stop where two sides have not solved the same problem."""
    gap = abs(one - other) / max(1, abs(other))
    if gap > tolerance:
        sys.exit(f"{name}: the optima {one:.12g} and {other:.12g} differ by {gap:.1e}: not the same problem")
    return gap
