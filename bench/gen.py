#!/usr/bin/env python3
"""Writes the families of the bench as potline cases, and the same numbers as data.json for the other side.

usage: gen.py OUT FAMILY [SEED]     FAMILY: chain, agreed, power-HOURS, mip-HOURS, comb, yaml, csv

chain    two companies, 25 sites, month by month over five years
agreed   the chain with seven supply agreements between the two companies
power    a gas plant with ramps, a grid at hourly prices, a flexible potline with a daily quota, a battery
mip      the same with two gas plants that are committed instead (starts, minimum up and down times), and a battery of modules
comb     chain and power, joined by the energy of one smelter: its hours add up to the chain's months
         chain-MONTHS and comb-MONTHS are the same over fewer or more months than sixty
yaml     a case of 100,000 lines; csv: one of a series of 20 MB (for reading only)
"""
import datetime
import json
import math
import os
import random
import sys

MONTHS = 60
SITES = {"a": {"mine": 2, "port": 3, "refinery": 2, "carbon": 1, "smelter": 2, "cast": 2, "mill": 1, "hub": 1},
         "b": {"mine": 1, "port": 2, "refinery": 2, "carbon": 1, "smelter": 2, "cast": 1, "mill": 1, "hub": 1}}
PRICE = {"bauxite-a": 38, "bauxite-b": 32, "bauxite-c": 26, "caustic": 380, "lime": 110, "coal": 95, "gas": 210,
         "green-coke": 330, "pitch": 620, "fluoride": 1400, "scrap-new": 1500, "scrap-old": 1250, "silicon": 2200,
         "magnesium": 2600, "slurry": 80, "steam": 60, "red-mud": 4, "hydrate": 300, "alumina": 390, "sandy": 470,
         "coke": 520, "green-anode": 560, "anode": 640, "butts": 180, "power": 44, "metal": 2300, "dross": 300,
         "remelt": 1900, "ingot": 2380, "billet-a": 2640, "billet-b": 2620, "slab-a": 2660, "slab-b": 2600,
         "rod": 2560, "foundry": 2600, "profile": 3900, "coil": 3550, "foil": 4600, "caustic-spent": 2}
MINED = ["bauxite-a", "bauxite-b", "bauxite-c"]
RAW = ["caustic", "lime", "coal", "gas", "green-coke", "pitch", "fluoride", "scrap-new", "scrap-old", "silicon", "magnesium"]
WASTE = ["red-mud", "dross", "caustic-spent"]
SOLD = ["ingot", "billet-a", "billet-b", "slab-a", "slab-b", "rod", "foundry", "profile", "coil", "foil"]
FIXED = ["slurry", "steam", "metal", "power", "green-anode"] + WASTE  # these do not travel
STOCKED = 0.5
AGREED = [("refinery-a0", "smelter-b0", "alumina"), ("carbon-a0", "smelter-b1", "anode"), ("smelter-a0", "cast-b0", "ingot"),
          ("cast-a0", "mill-b0", "slab-a"), ("cast-a1", "mill-b0", "billet-b"), ("mill-a0", "hub-b0", "coil"),
          ("carbon-b0", "carbon-a0", "coke")]  # from a site of the seller to one of the buyer


def recipes(kind, u):
    """What the units of a kind of site run: (name, takes, makes, capacity kt/month, minimum, cost USD/t)."""
    if kind == "refinery":
        c = u(120, 180)
        for b, y in zip(MINED, (1.9, 2.2, 2.6)):
            yield ("digest-" + b[-1], {b: y * u(0.95, 1.05), "caustic": u(0.06, 0.12), "lime": u(0.02, 0.05)},
                   {"slurry": 1, "red-mud": u(1, 1.5), "caustic-spent": 0.02}, c, 0, u(8, 14))
        yield "boil-coal", {"coal": u(0.15, 0.25)}, {"steam": 1}, 3 * c, 0, u(2, 4)
        yield "boil-gas", {"gas": u(0.1, 0.18)}, {"steam": 1}, 3 * c, 0, u(1, 3)
        yield "precipitate", {"slurry": 1, "steam": u(1.6, 2.2)}, {"hydrate": 1}, c, 0.5, u(10, 20)
        yield "calcine", {"hydrate": 1.02, "gas": u(0.06, 0.1)}, {"alumina": 1}, 1.1 * c, 0, u(8, 12)
    if kind == "carbon":
        yield "calcine-coke", {"green-coke": u(1.25, 1.4)}, {"coke": 1}, 60, 0.3, u(30, 40)
        yield "form-butts", {"coke": 0.65, "pitch": 0.16, "butts": 0.19}, {"green-anode": 1}, 70, 0, u(20, 30)
        yield "form", {"coke": 0.84, "pitch": 0.16}, {"green-anode": 1}, 70, 0, u(22, 32)
        yield "bake", {"green-anode": 1.05, "gas": u(0.05, 0.08)}, {"anode": 1}, 70, 0.3, u(30, 40)
    if kind == "smelter":
        c = u(20, 45)
        a = {"anode": 0.42 + u(0, 0.02), "fluoride": 0.02, "power": u(13.0, 14.2)}
        yield "smelt", {"alumina": 1.93, **a}, {"metal": 1, "butts": 0.08, "dross": 0.01}, c, 0.75, u(180, 240)
        yield "smelt-sandy", {"alumina": 1.73, "sandy": 0.2, **a}, {"metal": 1, "butts": 0.08}, 0.3 * c, 0, u(185, 245)
        yield "cast-ingot", {"metal": 1.01}, {"ingot": 1}, 1.1 * c, 0, u(40, 60)
        yield "cast-billet", {"metal": 0.9, "magnesium": 0.02, "remelt": 0.1}, {"billet-a": 1}, 0.5 * c, 0, u(60, 80)
        yield "cast-foundry", {"metal": 0.99, "silicon": 0.03}, {"foundry": 1}, 0.3 * c, 0, u(60, 90)
    if kind == "cast":
        yield "melt-new", {"scrap-new": 1.07}, {"remelt": 1, "dross": 0.03}, 20, 0, u(20, 30)
        yield "melt-old", {"scrap-old": 1.2}, {"remelt": 1, "dross": 0.06}, 20, 0, u(30, 45)
        yield "alloy-billet", {"ingot": 0.6, "remelt": 0.42, "magnesium": 0.02}, {"billet-b": 1}, 30, 0, u(70, 100)
        yield "alloy-slab", {"ingot": 0.75, "remelt": 0.27, "magnesium": 0.02}, {"slab-a": 1}, 30, 0.2, u(70, 100)
        yield "cast-slab", {"ingot": 0.98, "silicon": 0.03}, {"slab-b": 1}, 30, 0, u(70, 100)
        yield "draw-rod", {"ingot": 1.01}, {"rod": 1}, 12, 0, u(60, 80)
    if kind == "mill":
        yield "extrude-a", {"billet-a": 1.2}, {"profile": 1, "scrap-new": 0.19}, 8, 0, u(250, 350)
        yield "extrude-b", {"billet-b": 1.22}, {"profile": 1, "scrap-new": 0.21}, 8, 0, u(240, 350)
        yield "roll-a", {"slab-a": 1.3}, {"coil": 1, "scrap-new": 0.29}, 25, 0.2, u(280, 380)
        yield "roll-b", {"slab-b": 1.28}, {"coil": 1, "scrap-new": 0.27}, 25, 0, u(280, 380)
        yield "roll-foil", {"coil": 1.15}, {"foil": 1, "scrap-new": 0.14}, 6, 0, u(400, 500)


class Chain:
    """Goods are (site, material); everything else refers to them. Amounts in t, money in USD, a period is a month."""

    def __init__(self, seed, flexible=False, months=MONTHS):
        self.months = months
        self.random = random.Random(seed)
        self.later = random.Random(seed + 2000)  # for months after the sixtieth, so that all else stays as it is
        self.flexible = flexible          # smelter-a0 runs by the hour on the grid of the power family
        self.units, self.lanes, self.stocks, self.markets = [], [], [], []
        self.has_source, self.has_sink, self.must = set(), set(), set()
        self.sites = {f"{k}-{p}{i}": p for p in SITES for k, n in SITES[p].items() for i in range(n)}
        self.series = {m: self.walk(base, 0.025) for m, base in PRICE.items()}
        self.make_units()
        self.make_markets()
        self.make_lanes()
        self.close()
        self.make_stocks()

    def u(self, low, high):
        return round(self.random.uniform(low, high), 4)

    def walk(self, base, volatility):
        x, out = 0.0, []
        for t in range(max(MONTHS, self.months)):
            x += (self.random if t < MONTHS else self.later).gauss(0, volatility)
            out.append(round(base * math.exp(x), 3))
        return out[:self.months]

    def make_units(self):
        for site in self.sites:
            for name, takes, makes, capacity, least, cost in recipes(site.split("-")[0], self.u):
                if self.flexible and site == "smelter-a0" and name.startswith("smelt"):
                    if name == "smelt-sandy":
                        continue
                    self.hourly = {"energy": takes.pop("power"), "takes": takes, "makes": makes, "cost": cost}
                    capacity = None
                takes = {m: round(v, 5) for m, v in takes.items()}
                self.units.append({"name": f"{name}-{site}", "site": site, "takes": takes, "makes": makes, "cost": cost,
                                   "capacity": capacity and round(capacity * 1e3, 1), "minimum": least})
                self.has_sink |= {(site, m) for m in takes}
                self.has_source |= {(site, m) for m in makes}
                if least:
                    self.must |= {(site, m) for m in (*takes, *makes)}

    def market(self, verb, good, tiers):
        (self.has_source if verb == "sells" else self.has_sink).add(good)
        self.markets.append({"verb": verb, "site": good[0], "material": good[1], "tiers": tiers})

    def tiers(self, verb, good, most, premium, n=2):
        step = 0.06 if verb == "sells" else -0.06
        self.market(verb, good, [{"factor": round((1 + premium) * (1 + step * k), 4), "most": round(most * 1e3 * s, 1)}
                                 for k, s in zip(range(n), (0.7, 0.7))])

    def make_markets(self):
        most = {"caustic": 60, "lime": 40, "coal": 250, "gas": 250, "green-coke": 120, "pitch": 30, "fluoride": 6,
                "scrap-new": 40, "scrap-old": 40, "silicon": 4, "magnesium": 4}
        self.contracts = []
        for p in SITES:
            ports = [s for s in self.sites if s.startswith("port-" + p)]
            mines = [s for s in self.sites if s.startswith("mine-" + p)]
            for i, b in enumerate(MINED):
                self.tiers("sells", (mines[i % len(mines)], b), 600, self.u(-0.05, 0.05))
            for m in RAW:
                for s in self.random.sample(ports, 2):
                    self.tiers("sells", (s, m), most[m], self.u(-0.03, 0.05))
            for m, c in (("alumina", 150), ("anode", 30), ("sandy", 40)):
                self.tiers("sells", (ports[0], m), c, 0.06)
                self.tiers("buys", (ports[0], m), c, -0.06)
            for s in self.sites:
                if s.startswith("smelter-" + p) and not (self.flexible and s == "smelter-a0"):
                    self.tiers("sells", (s, "power"), 900, self.u(-0.05, 0.1))
            hub = f"hub-{p}0"
            for m in SOLD:
                for s in [hub, *self.random.sample(ports, 1)]:
                    self.tiers("buys", (s, m), 60 if m == "ingot" else 14, self.u(-0.02, 0.04))
            for m in ("ingot", "billet-a", "slab-a", "coil", "foil"):
                size, phase = {"ingot": 6e3, "foil": 200, "coil": 1500}.get(m, 1000), self.u(0, 6)
                self.contracts.append({"site": hub, "material": m, "amount": [
                    round(size * (1 + 0.2 * math.sin(t * math.pi / 6 + phase)), 2) for t in range(self.months)]})
                self.market("sells", (hub, m), [{"factor": 1.35, "most": 20e3}])

    def make_lanes(self):
        at = {s: (self.u(0, 1), self.u(0, 1)) for s in self.sites}
        for m in PRICE:
            if m in FIXED:
                continue
            for a, b in [(a, b) for a in self.sites for b in self.sites]:
                if a == b or self.sites[a] != self.sites[b] or (a, m) not in self.has_source or (b, m) not in self.has_sink:
                    continue
                d = math.dist(at[a], at[b])
                if d > 0.9 and self.random.random() < 0.3:
                    continue
                self.lanes.append({"from": a, "to": b, "material": m, "loss": 0 if self.random.random() < 0.7 else 0.005,
                                   "most": round(1e3 * (self.u(40, 400) if m in MINED else self.u(8, 80)), 1),
                                   "cost": round(4 + 30 * d, 3)})

    def close(self):
        """Dear cover for inputs that nothing brings, a cheap way out for outputs that nothing takes."""
        comes = {(l["to"], l["material"]) for l in self.lanes} | self.has_source
        goes = {(l["from"], l["material"]) for l in self.lanes} | self.has_sink
        for good in sorted(self.has_sink - comes | self.must & self.has_sink):
            if good[1] != "power" and not any(k["verb"] == "sells" and (k["site"], k["material"]) == good for k in self.markets):
                self.market("sells", good, [{"factor": 1.5, "most": 500e3}])
        for good in sorted(self.has_source - goes | self.must & self.has_source):
            self.market("buys", good, [{"factor": 0.2, "most": 1e6}])

    def make_stocks(self):
        for site, m in sorted(self.has_source | self.has_sink):
            if m in ("slurry", "steam", "metal", "power") or m in WASTE or self.random.random() > STOCKED:
                continue
            c = self.u(5, 60) * 1e3
            self.stocks.append({"site": site, "material": m, "capacity": round(c, 1), "initial": round(0.4 * c, 1),
                                "cost": self.u(0.2, 1.5)})

    def agreements(self):
        """Handed over at the seller's site; the buyer brings it home."""
        r = random.Random(9)
        return [{"name": f"agreed-{m}", "from": a, "to": b, "material": m, "most": round(r.uniform(4e3, 12e3), 1),
                 "cost": round(r.uniform(8, 30), 2)} for a, b, m in AGREED]

    def data(self):
        return {k: getattr(self, k) for k in ("units", "lanes", "stocks", "markets", "contracts", "series")}


def power(hours, seed):
    """Hourly prices and load; the plant, potline and battery of the power family."""
    r = random.Random(seed + 1000)
    prices, gas, base = [], [], []
    level = spark = noise = 0.0
    for h in range(hours):
        if h % 730 == 0:
            level += r.gauss(0, 0.06)
            spark += r.gauss(0, 0.05)
        noise = 0.93 * noise + r.gauss(0, 0.09)
        month, hour, weekend = h // 730, h % 24, h // 24 % 7 >= 5
        shape = 1 + 0.25 * math.sin((hour - 7) * math.pi / 12) + 0.18 * math.sin((hour - 4) * math.pi / 6) - 0.1 * weekend
        spike = r.uniform(1.5, 5) if r.random() < 0.004 else 0
        mean = 60 * math.exp(level) * (1 + 0.15 * math.cos(month * math.pi / 6))
        prices.append(round(mean * (shape + noise + spike), 2))
        gas.append(round(58 * math.exp(spark), 3))
        base.append(round(40 + 4 * math.sin((hour - 9) * math.pi / 12) + r.gauss(0, 1.5), 3))
    return {"hours": hours, "price": prices, "gas": gas, "base": base, "plant": 150, "plant_ramp": 30, "import": 300,
            "export": 120, "spread": 4, "pot": 250, "pot_low": 0.75, "pot_high": 1.05, "pot_ramp": 20, "energy": 13.2,
            "quota": 24 * 250 * 0.96, "battery": 50, "battery_energy": 200, "efficiency": 0.94, "charge": 100}


def commitment(hours, seed):
    """The power family with two plants that are committed, and a battery of four modules of 25 MW and 100 MWh: their number is given,
    since what to build is no choice of a case yet."""
    plants = [("steady", 90, 0.45, 0.98, 6000, 0.4, 6, 8), ("quick", 60, 0.40, 1.06, 2500, 0.6, 4, 4)]
    keys = ("name", "capacity", "minimum", "factor", "start", "ramp", "up", "down")
    return {**power(hours, seed), "committed": [dict(zip(keys, k)) for k in plants], "battery": 100, "battery_energy": 400, "charge": 0}


# --- potline cases ------------------------------------------------------------------------------------------


def write(folder, name, text):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w") as f:
        f.write(text)


def amounts(m):
    return "{" + ", ".join(f"{k}: {v} {'MWh' if k == 'power' else 't'}" for k, v in m.items()) + "}"


def unit_of(material):
    return "MWh" if material == "power" else "t"


def month(t):
    return f"{2026 + t // 12}-{t % 12 + 1:02d}"


def hours_of(months):
    return 24 * (datetime.date(2026 + months // 12, months % 12 + 1, 1) - datetime.date(2026, 1, 1)).days


def chain_sections(c, folder):
    """The chain's files; what its case.yaml says besides its head."""
    d = c.data()
    months = [month(t) for t in range(c.months)]
    names = sorted(d["series"])
    write(folder, "prices.csv", "date," + ",".join(f"PX.{m} [USD/{unit_of(m)}]" for m in names)
          + "," + ",".join(f"LOAD.{i} [t/month]" for i in range(len(d["contracts"]))) + "\n"
          + "".join(t + "," + ",".join(str(d["series"][m][i]) for m in names) + ","
                    + ",".join(str(k["amount"][i]) for k in d["contracts"]) + "\n" for i, t in enumerate(months)))
    write(folder, "units.csv", "name,site,runs,capacity [t/month],minimum [%]\n" + "".join(
        f"{k['name']},{k['site']},{k['name']},{k['capacity']},{round(k['minimum'] * 100, 3)}\n" for k in d["units"] if k["capacity"]))
    write(folder, "lanes.csv", "name,from,to,moves,cost [USD/t],capacity [t/month],loss [%]\n" + "".join(
        f"lane-{i},{k['from']},{k['to']},{k['material']},{k['cost']},{k['most']},{k['loss'] * 100}\n" for i, k in enumerate(d["lanes"])))
    write(folder, "stocks.csv", "name,site,keeps,capacity [t],initial [t],cost [USD/t/month]\n" + "".join(
        f"stock-{i},{k['site']},{k['material']},{k['capacity']},{k['initial']},{k['cost']}\n" for i, k in enumerate(d["stocks"])))
    out = "parties: {a: {}, b: {}}\nsites:\n" + "".join(f"  {s}: {{party: {p}}}\n" for s, p in c.sites.items())
    out += "materials:\n" + "".join(f"  {m}: {unit_of(m)}\n" for m in names)
    if c.flexible:
        out += "  grid-power: {unit: MWh, step: hour}\n"
    out += "quotations:\n" + "".join(f"  PX.{m}: {{file: prices.csv}}\n" for m in names)
    out += "".join(f"  LOAD.{i}: {{file: prices.csv}}\n" for i in range(len(d["contracts"])))
    out += "tables: {units: units.csv, lanes: lanes.csv, stocks: stocks.csv}\n"
    processes = "processes:\n"
    for k in d["units"]:
        takes = amounts(k["takes"])
        if not k["capacity"]:
            takes = takes[:-1] + f", grid-power: {c.hourly['energy']} MWh}}"
        processes += f"  {k['name']}: {{makes: {amounts(k['makes'])}, takes: {takes}, cost: {k['cost']} USD/t}}\n"
    markets = "markets:\n"
    for i, k in enumerate(d["markets"]):
        tiers = ", ".join(f"{{next: {t['most']} {unit_of(k['material'])}/month, price: {t['factor']} * PX.{k['material']}}}" for t in k["tiers"])
        markets += f"  market-{i}: {{site: {k['site']}, {k['verb']}: {k['material']}, tiers: [{tiers}]}}\n"
    for i, k in enumerate(d["contracts"]):
        markets += f"  contract-{i}: {{site: {k['site']}, buys: {k['material']}, exactly: LOAD.{i}}}\n"
    write(folder, "processes.yaml", processes)
    write(folder, "markets.yaml", markets)
    return out


def hourly_csv(p, folder):
    first = datetime.date(2026, 1, 1)
    days = [(first + datetime.timedelta(days=d)).isoformat() for d in range(-(-p["hours"] // 24))]
    write(folder, "hours.csv", "date,POWER [USD/MWh],GAS [USD/MWh],BASE [MWh/h]\n" + "".join(
        f"{days[h // 24]}T{h % 24:02d}:00,{p['price'][h]},{p['gas'][h]},{p['base'][h]}\n" for h in range(p["hours"])))


def committed(k, site):
    return (f"  {k['name']}: {{site: {site}, runs: {k['name']}, on/off: yes, on before: yes, capacity: {k['capacity']} MW, "
            f"minimum: {100 * k['minimum']} %, ramp: {100 * k['ramp']} %/h, start load: 100 %, stop load: 100 %, "
            f"start cost: {k['start']} USD, minimum up: {k['up']} h, minimum down: {k['down']} h}}\n")


def burning(p):
    """The processes that make power from gas."""
    plants = p.get("committed", [{"name": "burn-gas", "factor": 1}])
    return "".join(f"  {k['name']}: {{makes: {{power: 1 MWh}}, cost: {k['factor']} * GAS}}\n" for k in plants)


def power_parts(p, site, power_name):
    """(units, stocks, markets) of the power family at a site, without the potline."""
    units = "".join(committed(k, site) for k in p["committed"]) if "committed" in p else (
        f"  plant: {{site: {site}, runs: burn-gas, capacity: {p['plant']} MW, ramp: {100 * p['plant_ramp'] / p['plant']} %/h}}\n")
    stocks = (f"  battery: {{site: {site}, keeps: {power_name}, capacity: {p['battery_energy']} MWh, initial: {p['charge']} MWh, final: 0 MWh, "
              f"fill: {p['battery']} MW, draw: {p['battery']} MW, fill loss: {round(100 - 100 * p['efficiency'], 6)} %, "
              f"draw loss: {round(100 - 100 * p['efficiency'], 6)} %}}\n")
    markets = (f"  import: {{site: {site}, sells: {power_name}, price: POWER, up to: {p['import']} MWh/h}}\n"
               f"  export: {{site: {site}, buys: {power_name}, price: POWER - {p['spread']} USD/MWh, up to: {p['export']} MWh/h}}\n"
               f"  base: {{site: {site}, buys: {power_name}, exactly: BASE}}\n")
    return units, stocks, markets


def quotations():
    return "".join(f"  {q}: {{file: hours.csv}}\n" for q in ("POWER", "GAS", "BASE"))


def write_power(p, folder):
    units, stocks, markets = power_parts(p, "works", "power")
    hourly_csv(p, folder)
    most = p["pot"] * p["pot_high"]
    last = (datetime.date(2026, 1, 1) + datetime.timedelta(days=p["hours"] // 24 - 1)).isoformat()
    write(folder, "case.yaml", f"""case: {{title: Power by the hour, from: 2026-01-01, to: {last}, step: day}}
parties: {{works: {{}}}}
sites: {{works: {{party: works}}}}
materials: {{power: {{unit: MWh, step: hour}}, metal: t}}
quotations:
{quotations()}processes:
{burning(p)}  smelt: {{makes: {{metal: 1 t}}, takes: {{power: {p['energy']} MWh}}}}
units:
{units}  potline: {{site: works, runs: smelt, step: hour, capacity: {most / p['energy']!r} t/h, minimum: {100 * p['pot_low'] / p['pot_high']!r} %, ramp: {100 * p['pot_ramp'] / most!r} %/h}}
stocks:
{stocks}markets:
{markets}  quota: {{site: works, buys: metal, exactly: {p['quota'] / p['energy']!r} t/d}}
""")


def write_chain(c, folder):
    sections = chain_sections(c, folder)
    write(folder, "case.yaml", f"case: {{title: Two chains, from: 2026-01, to: {month(c.months - 1)}, step: month}}\n"
          "include: [processes.yaml, markets.yaml]\n" + sections)


def write_agreed(c, folder):
    """What write_chain wrote, and the agreements."""
    agreed = c.agreements()
    with open(os.path.join(folder, "lanes.csv"), encoding="utf-8") as f:
        head, *lanes = f.read().splitlines()
    write(folder, "lanes.csv", f"{head},for\n" + "".join(f"{line},\n" for line in lanes)
          + "".join(f"home-{k['name']},{k['from']},{k['to']},{k['material']},{k['cost']},{k['most']},0,{c.sites[k['to']]}\n" for k in agreed))
    with open(os.path.join(folder, "case.yaml"), "a", encoding="utf-8") as f:
        f.write("agreements:\n" + "".join(
            f"  {k['name']}: {{kind: supply, seller: {c.sites[k['from']]}, buyer: {c.sites[k['to']]}, material: {k['material']}, "
            f"place: {k['from']}, up to: {k['most']} t/month, price: PX.{k['material']}}}\n" for k in agreed))
    return agreed


def write_comb(c, p, folder):
    sections = chain_sections(c, folder)
    hourly_csv(p, folder)
    units, stocks, markets = power_parts(p, "smelter-a0", "grid-power")
    energy = c.hourly["energy"]
    most = p["pot"] * p["pot_high"]
    smelter = next(k for k in c.units if not k["capacity"])["name"]
    sections = sections.replace("quotations:\n", "quotations:\n" + quotations())
    write(folder, "case.yaml", f"case: {{title: Chain and power, from: 2026-01, to: {month(c.months - 1)}, step: month}}\n"
          "include: [processes.yaml, markets.yaml, power.yaml]\n" + sections)
    write(folder, "power.yaml", f"""processes:
  burn-gas: {{makes: {{grid-power: 1 MWh}}, cost: GAS}}
units:
{units}  potline: {{site: smelter-a0, runs: {smelter}, step: hour, capacity: {most / energy!r} t/h, minimum: {100 * p['pot_low'] / p['pot_high']!r} %, ramp: {100 * p['pot_ramp'] / most!r} %/h}}
stocks:
{stocks}markets:
{markets}""")


# --- Reading -------------------------------------------------------------------------------------------------


def write_yaml(folder):
    """100,000 lines of markets, one field a line."""
    lines = ["case: {from: 2026-01, to: 2026-12}", "parties: {one: {}}", "sites: {here: {party: one}}", "materials: {ore: t}", "markets:"]
    i = 0
    while len(lines) < 99_995:
        i += 1
        verb, price = ("sells", 30 + i % 7) if i % 2 else ("buys", 20 - i % 9)
        lines += [f"  m{i}:", "    site: here", f"    {verb}: ore", f"    price: {price}.5 USD/t", f"    up to: {i % 90 + 1} kt/month"]
    write(folder, "case.yaml", "\n".join(lines) + "\n")


def write_csv(folder):
    """A series of 20 MB: minutes would be finer than a step, so many columns by the hour over twenty years."""
    columns = 16
    r = random.Random(5)
    start, hours = datetime.datetime(2026, 1, 1), 175_320
    head = "date," + ",".join(f"P{k} [USD/MWh]" for k in range(columns)) + "\n"
    rows = ((start + datetime.timedelta(hours=h)).strftime("%Y-%m-%dT%H:%M,") + ",".join(f"{r.uniform(20, 90):.2f}" for _ in range(columns))
            for h in range(hours))
    write(folder, "prices.csv", head + "\n".join(rows) + "\n")
    write(folder, "case.yaml", "case: {from: 2026-01, to: 2026-12}\nparties: {one: {}}\nsites: {here: {party: one}}\n"
          "materials: {power: MWh}\nquotations: {P0: {file: prices.csv}}\n"
          "markets:\n  buy: {site: here, sells: power, price: P0, up to: 5 MWh/month}\n  sell: {site: here, buys: power, price: P0, up to: 5 MWh/month}\n")


def make(out, family, seed):
    """Write the case; what the other side has to know of it."""
    kind, _, length = family.partition("-")
    if kind in ("power", "mip"):
        p = {"power": power, "mip": commitment}[kind](int(length), seed)
        write_power(p, out)
        return {"power": p}
    if kind in ("chain", "agreed", "comb"):
        c = Chain(seed, flexible=kind == "comb", months=int(length or MONTHS))
        data = c.data()
        if kind == "comb":
            p = power(hours_of(c.months), seed)
            write_comb(c, p, out)
            return {**data, "hourly": c.hourly, "power": p}
        write_chain(c, out)
        return {**data, "agreements": write_agreed(c, out)} if kind == "agreed" else data
    {"yaml": write_yaml, "csv": write_csv}[kind](out)
    return {}


def main():
    out, family = sys.argv[1], sys.argv[2]
    data = make(out, family, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    if data:
        write(out, "data.json", json.dumps(data))
    if "units" in data:
        goods = {(k["site"], m) for k in data["units"] for m in (*k["takes"], *k["makes"])}
        print(f"{family}: {len(PRICE)} materials, {len(data['units'])} units, {len(data['lanes'])} lanes, "
              f"{len(data['stocks'])} stocks, {sum(len(k['tiers']) for k in data['markets'])} market tiers, "
              f"{len(data['contracts'])} contracts, {len(goods)} goods of units")


if __name__ == "__main__":
    main()
