#!/usr/bin/env python3
"""The same problems in PyPSA: pypsa_side.py FAMILY_FOLDER FAMILY; one line of JSON. Reads the data.json that gen.py wrote.
Of the family agreed: pypsa_side.py FOLDER agreed SUBSET…, each subset of agreements (bit i: the ith is in force) built and solved anew;
or pypsa_side.py FOLDER agreed --prices FILE SUBSET…, each subset under each of the price scenarios of the file."""
import json
import logging
import resource
import sys
import time
import warnings

began = time.time()
warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import pypsa  # noqa: E402
import xarray as xr  # noqa: E402

imported = time.time() - began
MONTHS = 60


def goods_of(d):
    goods = set()
    for k in d["units"]:
        goods |= {(k["site"], m) for m in (*k["takes"], *k["makes"])}
    for k in d["lanes"]:
        goods |= {(k["from"], k["material"]), (k["to"], k["material"])}
    for k in d["markets"] + d["contracts"] + d["stocks"]:
        goods.add((k["site"], k["material"]))
    return {g: f"{g[0]}:{g[1]}" for g in sorted(goods)}


def tiers_of(d):
    """(site, material, sign into the chain, most, price by month) of every tier."""
    for k in d["markets"]:
        series = np.array(d["series"][k["material"]])
        for t in k["tiers"]:
            yield k["site"], k["material"], 1 if k["verb"] == "sells" else -1, t["most"], t["factor"] * series


def chain(d):
    n = pypsa.Network()
    n.set_snapshots(pd.date_range("2026-01-01", periods=MONTHS, freq="MS"))
    bus = goods_of(d)
    n.add("Bus", list(bus.values()))
    ports = max(len(k["takes"]) + len(k["makes"]) for k in d["units"])
    many = {}
    first = [next(iter(k["takes"].items())) for k in d["units"]]
    flows = [[(m, -v) for m, v in list(k["takes"].items())[1:]] + list(k["makes"].items()) for k in d["units"]]
    for i in range(1, ports):
        many[f"bus{i}"] = [bus[k["site"], f[i - 1][0]] if i <= len(f) else "" for k, f in zip(d["units"], flows)]
        many["efficiency" if i == 1 else f"efficiency{i}"] = [
            f[i - 1][1] / a[1] if i <= len(f) else 0.0 for f, a in zip(flows, first)]
    n.add("Link", [k["name"] for k in d["units"]], bus0=[bus[k["site"], a[0]] for k, a in zip(d["units"], first)],
          p_nom=[k["capacity"] * a[1] for k, a in zip(d["units"], first)], p_min_pu=[k["minimum"] for k in d["units"]],
          marginal_cost=[k["cost"] / a[1] for k, a in zip(d["units"], first)], **many)
    n.add("Link", [f"lane{i}" for i in range(len(d["lanes"]))], bus0=[bus[k["from"], k["material"]] for k in d["lanes"]],
          bus1=[bus[k["to"], k["material"]] for k in d["lanes"]], efficiency=[1 - k["loss"] for k in d["lanes"]],
          p_nom=[k["most"] for k in d["lanes"]], marginal_cost=[k["cost"] for k in d["lanes"]])
    names = [f"stock{i}" for i in range(len(d["stocks"]))]
    least = np.zeros((MONTHS, len(names)))
    least[-1] = [k["initial"] / k["capacity"] for k in d["stocks"]]
    n.add("Store", names, bus=[bus[k["site"], k["material"]] for k in d["stocks"]], e_nom=[k["capacity"] for k in d["stocks"]],
          e_initial=[k["initial"] for k in d["stocks"]], e_min_pu=pd.DataFrame(least, n.snapshots, names),
          marginal_cost_storage=[k["cost"] for k in d["stocks"]])
    tiers = list(tiers_of(d))
    names = [f"tier{i}" for i in range(len(tiers))]
    n.add("Generator", names, bus=[bus[t[0], t[1]] for t in tiers], p_nom=[t[3] for t in tiers],
          p_max_pu=[1.0 if t[2] > 0 else 0.0 for t in tiers], p_min_pu=[0.0 if t[2] > 0 else -1.0 for t in tiers],
          marginal_cost=pd.DataFrame(np.array([t[4] for t in tiers]).T, n.snapshots, names))
    names = [f"contract{i}" for i in range(len(d["contracts"]))]
    n.add("Load", names, bus=[bus[k["site"], k["material"]] for k in d["contracts"]],
          p_set=pd.DataFrame(np.array([k["amount"] for k in d["contracts"]]).T, n.snapshots, names))
    return n, None


def power_network(p):
    n = pypsa.Network()
    n.set_snapshots(pd.date_range("2026-01-01", periods=p["hours"], freq="h"))
    n.add("Bus", ["grid", "pots"])

    def series(x):
        return pd.Series(np.array(x, float), n.snapshots)

    n.add("Load", "base", bus="grid", p_set=series(p["base"]))
    n.add("Generator", "import", bus="grid", p_nom=p["import"], marginal_cost=series(p["price"]))
    n.add("Generator", "export", bus="grid", p_nom=p["export"], p_max_pu=0, p_min_pu=-1,
          marginal_cost=series(np.array(p["price"]) - p["spread"]))
    ramp = p["plant_ramp"] / p["plant"]
    for k in p.get("committed", []):
        n.add("Generator", k["name"], bus="grid", p_nom=k["capacity"], p_min_pu=k["minimum"], committable=True,
              marginal_cost=series(k["factor"] * np.array(p["gas"])), start_up_cost=k["start"], min_up_time=k["up"], min_down_time=k["down"],
              ramp_limit_up=k["ramp"], ramp_limit_down=k["ramp"], up_time_before=100)
    if "committed" not in p:
        n.add("Generator", "plant", bus="grid", p_nom=p["plant"], marginal_cost=series(p["gas"]), ramp_limit_up=ramp, ramp_limit_down=ramp)
    n.add("Generator", "metal", bus="pots", p_nom=1e3, p_max_pu=0, p_min_pu=-1)
    ramp = p["pot_ramp"] / p["pot"]
    n.add("Link", "potline", bus0="grid", bus1="pots", p_nom=p["pot"], p_min_pu=p["pot_low"], p_max_pu=p["pot_high"],
          ramp_limit_up=ramp, ramp_limit_down=ramp)
    n.add("StorageUnit", "battery", bus="grid", p_nom=p["battery"], max_hours=p["battery_energy"] / p["battery"],
          efficiency_store=p["efficiency"], efficiency_dispatch=p["efficiency"], state_of_charge_initial=p["charge"])
    return n


def potline(n):
    return n.model["Link-p"].sel(name="potline")


def labels(n, of):
    return xr.DataArray(of, dims="snapshot", coords={"snapshot": n.snapshots}, name="slice")


def power(d):
    p = d["power"]

    def quota(n):
        by_day = potline(n).groupby(labels(n, np.arange(p["hours"]) // 24)).sum()
        n.model.add_constraints(by_day == p["quota"], name="quota")

    return power_network(p), quota


def comb(d):
    """PyPSA has one time axis: the months are variables of their own, tied to the hours by constraints."""
    return power_network(d["power"]), lambda n: add_months(n, d)


def columns_of(d, row):
    """Lower, upper, cost [months, columns] and the entries (row, column, value) of the chain; stocks' columns by row."""
    cols, entries, stocks = [], [], []
    for k in d["units"]:
        if not k["capacity"]:
            h = d["hourly"]
            cols.append((0, np.inf, np.full(MONTHS, h["cost"])))
            flexible = len(cols) - 1
        else:
            cols.append((k["capacity"] * k["minimum"], k["capacity"], np.full(MONTHS, k["cost"])))
        entries += [(row[k["site"], m], len(cols) - 1, -v) for m, v in k["takes"].items()]
        entries += [(row[k["site"], m], len(cols) - 1, v) for m, v in k["makes"].items()]
    for k in d["lanes"]:
        cols.append((0, k["most"], np.full(MONTHS, k["cost"])))
        entries += [(row[k["from"], k["material"]], len(cols) - 1, -1), (row[k["to"], k["material"]], len(cols) - 1, 1 - k["loss"])]
    for site, material, sign, most, price in tiers_of(d):
        cols.append((0, most, sign * price))
        entries.append((row[site, material], len(cols) - 1, sign))
    for k in d["stocks"]:
        cols.append((0, k["capacity"], np.full(MONTHS, k["cost"])))
        entries.append((row[k["site"], k["material"]], len(cols) - 1, -1))
        stocks.append((row[k["site"], k["material"]], len(cols) - 1, k["initial"]))
    return cols, entries, stocks, flexible


def add_months(n, d):
    row = {g: i for i, g in enumerate(goods_of(d))}
    cols, entries, stocks, flexible = columns_of(d, row)
    month, col = pd.RangeIndex(MONTHS, name="month"), pd.RangeIndex(len(cols), name="col")
    lower = np.tile([c[0] for c in cols], (MONTHS, 1)).astype(float)
    for _, j, initial in stocks:
        lower[-1, j] = initial
    upper = np.tile([c[1] for c in cols], (MONTHS, 1)).astype(float)
    m = n.model
    x = m.add_variables(lower=xr.DataArray(lower, coords=[month, col]), upper=xr.DataArray(upper, coords=[month, col]), name="chain")

    def picked(columns, rows, index):
        at = pd.RangeIndex(len(columns), name=index)
        return ((1.0 * x.sel(col=xr.DataArray(columns, dims=index, coords={index: at}))).drop_vars("col"),
                xr.DataArray(rows, dims=index, coords={index: at}, name="row"), at)

    flow, at_row, at = picked([e[1] for e in entries], [e[0] for e in entries], "entry")
    balance = (flow * xr.DataArray([float(e[2]) for e in entries], coords=[at])).groupby(at_row).sum()
    before, at_row, _ = picked([s[1] for s in stocks], [s[0] for s in stocks], "kept")
    rows = balance.indexes["row"]
    balance = balance + before.shift(month=1).groupby(at_row).sum().reindex(row=rows)
    right = np.zeros((MONTHS, len(row)))
    for k in d["contracts"]:
        right[:, row[k["site"], k["material"]]] += k["amount"]
    for r, _, initial in stocks:
        right[0, r] -= initial
    m.add_constraints(balance == xr.DataArray(right, coords=[month, pd.RangeIndex(len(row), name="row")]).sel(row=rows), name="balance")
    of_hour = (n.snapshots.year - 2026) * 12 + n.snapshots.month - 1
    energy = potline(n).groupby(labels(n, np.asarray(of_hour))).sum().rename(slice="month")
    m.add_constraints(energy - d["hourly"]["energy"] * x.sel(col=flexible) == 0, name="smelting")
    cost = (x * xr.DataArray(np.array([c[2] for c in cols]).T, coords=[month, col])).sum()
    m.objective = m.objective.expression + cost


def agreed(d, subset):
    """An agreement is one more link, bounded."""
    n, _ = chain(d)
    force = [k for i, k in enumerate(d["agreements"]) if subset >> i & 1]
    n.add("Link", [k["name"] for k in force], bus0=[f"{k['from']}:{k['material']}" for k in force],
          bus1=[f"{k['to']}:{k['material']}" for k in force], p_nom=[k["most"] for k in force],
          marginal_cost=[k["cost"] for k in force])
    return n


LP = {"solver": "simplex", "threads": 1}
MIP = {"threads": 1, "mip_rel_gap": 1e-3}


def solve(n, options):
    n.optimize.solve_model(solver_name="highs", io_api="direct", output_flag=False, **options)


def rebuild(d, subset, scenario=None):
    began, used = time.time(), time.process_time()
    n = agreed(d, subset)
    m = n.optimize.create_model()
    built = time.time()
    solve(n, LP)
    return {"subset": subset, "scenario": scenario, "value": -float(m.objective.value), "build": built - began, "took": time.time() - began,
            "used": time.process_time() - used}


def rebuild_all(d, words):
    if words[0] != "--prices":
        return [rebuild(d, int(s)) for s in words]
    with open(words[1], encoding="utf-8") as f:
        prices = json.load(f)
    return [rebuild({**d, "series": series}, int(s), int(k)) for k, series in prices.items() for s in words[2:]]


def whole(d, family):
    """Built once, solved once."""
    t0, used = time.time(), time.process_time()
    n, more = {"chain": chain, "comb": comb}.get(family.partition("-")[0], power)(d)
    m = n.optimize.create_model()
    if more:
        more(n)
    t1 = time.time()
    solve(n, MIP if family.startswith("mip") else LP)
    took = {"build": t1 - t0, "solve_call": time.time() - t1, "used": time.process_time() - used}
    a = m.matrices.A
    h = m.solver_model
    return {"rows": int(a.shape[0]), "columns": int(a.shape[1]), "entries": int(a.nnz), "value": -float(m.objective.value),
            "bound": -float(h.getInfo().mip_dual_bound) if family.startswith("mip") else -float(m.objective.value), **took}


def main():
    folder, family, *words = sys.argv[1:]
    with open(f"{folder}/data.json", encoding="utf-8") as f:
        d = json.load(f)
    said = {"runs": rebuild_all(d, words)} if family == "agreed" else whole(d, family)
    print(json.dumps({**said, "import": imported, "pypsa": pypsa.__version__,
                      "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


main()
