#!/usr/bin/env python3
"""Fits the five calibrated numbers of cases/alro-years to the reports of 2021, 2022 and 2023 (docs/back-test.md says what is minimised and why).
2024 is neither read nor printed. Some minutes.
usage: fit-years.py PROGRAM"""
import csv, os, shutil, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CASE = os.path.join(ROOT, "cases", "alro-years")
YEARS = ("2021", "2022", "2023")
# name, unit, range, step
NUMBERS = (("CONVERSION", "USD/t", 0, 1250, 50), ("LAGGED", "%", 0, 100, 10), ("SPOT", "%", 0, 100, 5),
           ("GRID.CO2", "t/MWh", 0.45, 0.91, 0.05), ("HEAD", "kUSD/year", 25, 45, 1))
# what counts as one: the aims of the back-test, and for the result of 2022 what it is not known of its compensation
EBITDA_SCALE, SHARE_SCALE = {"2021": 20, "2022": 65, "2023": 20}, 0.10


def rows(folder, name):
    with open(os.path.join(folder, name)) as file:
        return list(csv.DictReader(file))


def reported():
    return {row["figure"]: {year: float(row[year]) for year in YEARS} for row in rows(CASE, "reported.csv") if row["2021"]}


def planned(program, numbers, work):
    run, folder = os.path.join(work, "fit.run"), os.path.join(work, "fit")
    settings = [part for (name, unit, *_), value in zip(NUMBERS, numbers) for part in ("--set", f"quotations.CAL.{name}.value={value:g} {unit}")]
    window = ["--set", "case.to=2023-12"]
    subprocess.run([program, "plan", CASE, "--scenario", "orders", "--quiet", "--jobs", "1", "--replace", "--out", run, *window, *settings], check=True)
    subprocess.run([program, "export", run, "--to", "csv", "--out", folder], check=True, stdout=subprocess.DEVNULL)
    made = {row["process"]: row for row in rows(folder, "production.csv")}
    sold = {row["market"]: row for row in rows(folder, "turnover.csv")}
    account = {row["line"]: row for row in rows(folder, "accounts.csv")}
    amount = lambda table, year, names: sum(float(table[name][year]) for name in names if name in table)
    result = {year: {"ebitda": float(account["result"][year + " [USD]"]) / 1e6,
                     "turnover": float(account["sales"][year + " [USD]"]) / 1e6,
                     "cast": amount(made, year, ("cast-slab", "cast-billet", "cast-ingot")),
                     "processed": amount(sold, year, ("eu-plate", "eu-cold-coil", "eu-profile"))} for year in YEARS}
    # compensation of 2021, booked in 2022: 75 % x t/MWh x 13.9 MWh/t x 24.7 EUR/t x 1.054 USD/EUR
    result["2022"]["ebitda"] += 0.75 * numbers[3] * 13.9 * 24.7 * 1.054 * float(made["prebake-slatina"]["2021"]) / 1e6
    shutil.rmtree(folder)
    return result


def deviation(plan, report, numbers):
    total = sum(((value - (low + high) / 2) / ((high - low) / 2)) ** 2 for value, (_, _, low, high, _) in zip(numbers, NUMBERS))
    for year in YEARS:
        total += ((plan[year]["ebitda"] - report["ebitda"][year]) / EBITDA_SCALE[year]) ** 2
        total += sum(((plan[year][figure] / report[figure][year] - 1) / SHARE_SCALE) ** 2 for figure in ("turnover", "cast", "processed"))
    return total


def stepped(numbers, moves):
    other = list(numbers)
    for i, sign in moves:
        other[i] = round(min(max(other[i] + sign * NUMBERS[i][4], NUMBERS[i][2]), NUMBERS[i][3]), 6)
    return tuple(other)


SINGLE = [[(i, sign)] for i in range(5) for sign in (-1, 1)]
PAIRS = [one + two for one in SINGLE for two in SINGLE if one[0][0] < two[0][0]]


def main(program):
    report, seen = reported(), {}
    with tempfile.TemporaryDirectory() as work:
        def cost(numbers):
            if numbers not in seen:
                seen[numbers] = deviation(planned(program, numbers, work), report, numbers)
            return seen[numbers]
        at = tuple(low + step * round((high - low) / 2 / step) for _, _, low, high, step in NUMBERS)
        improved = True
        while improved: # one number a step up or down for as long as that is better, then two at once
            improved = False
            for moves in SINGLE + PAIRS:
                other = stepped(at, moves)
                if cost(other) < cost(at) - 1e-9:
                    at, improved = other, True
                    break
        print(f"{len(seen)} plans; deviation {cost(at):.3f}")
        for (name, unit, low, high, _), value in zip(NUMBERS, at):
            print(f"CAL.{name:10} {value:g} {unit}   ({low:g} … {high:g})")


main(sys.argv[1])
