"""The measuring and drawing part of bench/growth: one point a family, length and side; exponents fitted to the points."""
import datetime
import math
import os
import sys

import side
from gen import hours_of
from side import HERE, ROOT, WORK

MONTHS = [1, 3, 6, 12, 24, 60, 120, 240]
FAMILIES = {"power": "power by the hour", "comb": "chain, with power by the hour", "chain": "chain by the month",
            "bundled": "the bundled case"}
SIDES = {"ours": ("#0a6", "potline"), "alone": ("#a33", "HiGHS, one plain call")}


# --- Measuring -----------------------------------------------------------------------------------------


def last_day(months):
    return (datetime.date(2026, 1, 1) + datetime.timedelta(hours=hours_of(months) - 1)).isoformat()


def case_of(family, months):
    """The words that name the case for bench_stages."""
    if family == "bundled":
        return [os.path.join(ROOT, "cases", "alro-azeraluminium"), "--scenario", "hours", "--set", f"case.to={last_day(months)}"]
    return [side.generate(f"{family}-{hours_of(months) if family == 'power' else months}", os.path.join(WORK, "growth"))]


def point(family, months, repeats, with_alone):
    """Processor seconds and MB of each side; hours, however long its periods are."""
    words, dump = case_of(family, months), os.path.join(WORK, "growth.dump")
    sides = {"ours": lambda: side.program("stages", *words, os.path.join(WORK, "bench.run"))}
    if with_alone:
        side.program("stages", *words, "--dump", dump)
        sides["alone"] = lambda: side.program("highs_only", dump, "--plain")
    said = side.turns(repeats, sides)
    if with_alone:
        os.remove(dump)
        side.same(f"{family}, {months} months", said["ours"]["value"], said["alone"]["value"])
        said["alone"]["all_cpu"] = said["alone"]["load"] + said["alone"]["solver_cpu"]
    return {name: {"hours": hours_of(months), "s": r["all_cpu"], "mb": r["peak_mb"], "columns": said["ours"]["columns"]} for name, r in said.items()}


def exponent(points, what):
    """The p of y ~ hours^p, by least squares over the logarithms of the points of a year and more."""
    long = [k for k in points if k["hours"] >= 8760] if len([k for k in points if k["hours"] >= 8760]) > 1 else points
    xy = [(math.log(k["hours"]), math.log(k[what])) for k in long]
    if len(xy) < 2:
        return None
    mx, my = (sum(v) / len(xy) for v in zip(*xy))
    return sum((x - mx) * (y - my) for x, y in xy) / sum((x - mx) ** 2 for x, _ in xy)


# --- Drawing --------------------------------------------------------------------------------------------

WIDTH, HEIGHT, EDGE = 420, 300, 46


def place(v, low, high, size):
    return EDGE + (math.log10(v) - low) / (high - low) * (size - 1.5 * EDGE)


def panel(family, said, what, unit, at):
    """One picture: hours to the right, what upwards, both by factors of ten."""
    every = [k for points in said.values() for k in points]
    x0, x1 = math.log10(min(k["hours"] for k in every)) - 0.1, math.log10(max(k["hours"] for k in every)) + 0.1
    y0, y1 = math.floor(math.log10(min(k[what] for k in every))), math.ceil(math.log10(max(k[what] for k in every)))
    yield f'<g transform="translate({at[0]},{at[1]})"><text x="{EDGE}" y="16" font-weight="bold">{FAMILIES[family]}: {unit}</text>'
    for t in range(y0, y1 + 1):
        y = HEIGHT - place(10**t, y0, max(y1, y0 + 1), HEIGHT)
        yield f'<path d="M{EDGE} {y:.1f}H{WIDTH - EDGE / 2}" stroke="#ddd"/><text x="{EDGE - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**t:g}</text>'
    for h, word in ((720, "month"), (8760, "year"), (43800, "5 years"), (175320, "20 years")):
        if x0 <= math.log10(h) <= x1:
            x = place(h, x0, x1, WIDTH)
            yield f'<path d="M{x:.1f} {EDGE / 2}V{HEIGHT - EDGE}" stroke="#ddd"/><text x="{x:.1f}" y="{HEIGHT - EDGE + 16}" text-anchor="middle">{word}</text>'
    for i, (name, points) in enumerate(said.items()):
        colour, word = SIDES[name]
        dots = [(place(k["hours"], x0, x1, WIDTH), HEIGHT - place(k[what], y0, max(y1, y0 + 1), HEIGHT)) for k in points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in dots)
        p = exponent(points, what)
        grows = "" if p is None else f" grows as hours^{p:.2f}"
        yield f'<text x="{EDGE + 8}" y="{EDGE + 14 * i}" fill="{colour}">{word}{grows}</text>'
    yield "</g>"


def drawing(grown):
    panels = [(f, w, u) for f in grown for w, u in (("s", "processor seconds"), ("mb", "MB at most"))]
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{2 * WIDTH}" height="{HEIGHT * len(grown)}" font-family="sans-serif" font-size="11">'
           '<rect width="100%" height="100%" fill="#fff"/>')
    for i, (family, what, unit) in enumerate(panels):
        yield from panel(family, grown[family], what, unit, (i % 2 * WIDTH, i // 2 * HEIGHT))
    yield "</svg>\n"


def rows(grown):
    yield "| family | hours | columns | ours / shortest | MB: ours | HiGHS alone / ours | MB: HiGHS alone / ours |"
    yield "|---|---|---|---|---|---|---|"
    for family, said in grown.items():
        alone = {k["hours"]: k for k in said.get("alone", [])}
        first = said["ours"][0]
        for k in said["ours"]:
            other = alone.get(k["hours"])
            against = f"{other['s'] / k['s']:.1f} | {other['mb'] / k['mb']:.1f}" if other else "– | –"
            yield f"| {family} | {k['hours']:,} | {k['columns']:,} | {k['s'] / first['s']:.1f} | {k['mb']:.0f} | {against} |"


def fits(grown):
    yield "| family | side | time grows as | memory grows as |"
    yield "|---|---|---|---|"
    for family, said in grown.items():
        for name, points in said.items():
            power = [exponent(points, what) for what in ("s", "mb")]
            if None not in power:
                yield f"| {family} | {SIDES[name][1]} | hours^{power[0]:.2f} | hours^{power[1]:.2f} |"


def main():
    repeats, longest, alone = side.option("--repeats", 1), side.option("--longest", MONTHS[-1]), side.option("--alone", 60)
    named = [a for a in sys.argv[1:] if a in FAMILIES] or [f for f in FAMILIES if f != "bundled"]
    os.makedirs(WORK, exist_ok=True)
    grown = {}
    for family in named:
        for months in [m for m in MONTHS if m <= longest and (family != "chain" or m >= 12)]:
            for name, k in point(family, months, repeats, months <= alone).items():
                grown.setdefault(family, {}).setdefault(name, []).append(k)
            print(family, months, flush=True)
    text = "\n".join(["# How time and memory grow", "",
                      f"`bench/growth` on {side.machine()}; processor seconds of the whole `potline plan` on one thread, from the files to the run file.",
                      f"HiGHS alone is run up to {alone} months. Exponents are fitted to the points of a year and more: 1 is linear.", "", *fits(grown), "", "![growth](growth.svg)", "", *rows(grown), ""])
    if "--print" not in sys.argv:
        with open(os.path.join(HERE, "growth.svg"), "w", encoding="utf-8") as f:
            f.write("\n".join(drawing(grown)))
        with open(os.path.join(HERE, "GROWTH.md"), "w", encoding="utf-8") as f:
            f.write(text)
    print(text)


main()
