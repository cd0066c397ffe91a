#!/usr/bin/env python3
"""Compares infusiond's planner with CP-SAT (ortools) on this machine, in one run; `make cpsat` calls it.

    compare.py course [--seeds 1,2,3]           one course: the same proven cost, and the ratio of times; CP-SAT is
                                                given two formulations, and the faster one counts
    compare.py batch  [--seconds 20] [NAME…]    many courses: both for as long, each with two threads

NAME is an instance of Tests/Instances, or a family and a seed (tight-7). Exits with 1 where the two disagree: a proven
optimum of CP-SAT that is not ours, an answer of ours that CP-SAT's model refuses or that costs another sum there, an
answer worse than CP-SAT's, or one more than 1 % above a bound that CP-SAT proves.
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import ortools
from ortools.sat.python import cp_model

import batch
import clinic
import course

ROOT = pathlib.Path(__file__).resolve().parents[3]
INSTANCES = ROOT / "Tests" / "Instances"
FAILURES = []
PROVEN = ["OPTIMAL", "INFEASIBLE"]


def fail(text):
    FAILURES.append(text)
    print(f"  DIFFERS: {text}", flush=True)


def bench(folder, *words):
    """What our benchmark program prints."""
    command = [str(OPTIONS.bench), "batch", *map(str, words), "--quiet"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def solver_of(seconds):
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    return solver


# One course


def compare_courses(folder):
    """The clinic of `make bench` and made-up families, course by course."""
    print(f"One course, CP-SAT {ortools.__version__} with 2 workers; times in ms, ours the median of 50 runs")
    print(
        f"{'instance':12} {'course':7} {'visits':>6} {'cost':>5} {'ours':>8} {'CP-SAT':>8} {'formulation':>11}"
        f" {'ratio':>8} {'with the model':>15}")
    ratios = {}
    for seed in OPTIONS.seeds.split(","):
        for family in OPTIONS.families.split(","):
            words = ["--clinic", family] if family == "clinic" else ["--family", family]
            bench(folder, *words, "--seed", seed, "--mode", "each", "--write", "each-", "--courses", OPTIONS.courses)
            ratios.setdefault(family, []).extend(compare_each(folder, f"{family}-{seed}"))
    for family, values in ratios.items():
        if values:
            low, middle = min(values), statistics.median(values)
            print(f"{family}: CP-SAT takes {middle:,.0f} times as long (median of {len(values)}), {low:,.0f} at least")


def our_times(folder, name):
    text = bench(folder, "--problem", f"each-{name}.json", "--mode", "each")
    return {m[1]: float(m[2]) for m in re.finditer(r"^\S+ (\S+): p50 ([\d.]+) ms", text, re.MULTILINE)}


def compare_each(folder, name):
    problem = clinic.Problem(folder / f"each-{name}.json")
    plans = {p["course"]: p for p in json.loads((folder / f"each-{name}.answer.json").read_text())["plans"]}
    before, results = our_times(folder, name), []
    for one in problem.data["courses"]:
        best = None
        for formulation in course.FORMULATIONS:
            # Tables of days are made anew, so that each model is charged its own.
            problem.days.clear()
            begun = time.perf_counter()
            model = course.model_of(problem, one, formulation)
            built = time.perf_counter() - begun
            if model is None:
                if one["id"] in plans:
                    fail(f"{name} {one['id']}: no place in CP-SAT's model, a plan in our answer")
                break
            # The second need not go on for longer than the first took.
            solver = solver_of(min(OPTIONS.limit, best[2].wall_time) if best else OPTIONS.limit)
            status = solver.status_name(solver.solve(model))
            if best is None or best[1] not in PROVEN and status in PROVEN or (
                    status in PROVEN and solver.wall_time < best[2].wall_time):
                best = (formulation, status, solver, built)
        if best:
            results.append((one["id"], *best))
    after, ratios = our_times(folder, name), []
    for identifier, formulation, status, solver, built in results:
        ours = plans.get(identifier)
        if status == "INFEASIBLE":
            if ours:
                fail(f"{name} {identifier}: CP-SAT proves that there is no plan, we have one")
            continue
        if status != "OPTIMAL":
            print(
                f"{name:12} {identifier:7} {ours['cost'] if ours else '-':>5}  CP-SAT: not proven in {OPTIONS.limit} s,"
                f" {status}, bound {solver.best_objective_bound:.0f}", flush=True)
            continue
        cost = round(solver.objective_value)
        if not ours or ours["cost"] != cost:
            fail(f"{name} {identifier}: CP-SAT proves {cost}, ours is {ours['cost'] if ours else 'no plan'}")
            continue
        taken = max(before[identifier], after[identifier])
        whole = max(before["calendar"], after["calendar"]) + taken
        theirs = solver.wall_time * 1000
        ratios.append(theirs / taken)
        print(
            f"{name:12} {identifier:7} {len(ours['visits']):6} {cost:5} {taken:8.3f} {theirs:8.0f} {formulation:>11}"
            f" {theirs / taken:8,.0f} {(theirs + built * 1000) / whole:15,.0f}", flush=True)
    return ratios


# Many courses


def compare_batches(folder):
    names = OPTIONS.names or sorted(p.stem for p in INSTANCES.glob("*-[0-9]*.json"))
    print(f"Many courses, {OPTIONS.seconds} s each, CP-SAT {ortools.__version__} with 2 workers; unplaced/cost")
    print(f"{'instance':14} {'ours':>9} {'our bound':>10} {'CP-SAT':>9} {'its bound':>10} {'its status':>10}  model (s)")
    for name in names:
        file = INSTANCES / f"{name}.json"
        if file.exists():
            (folder / f"{name}.json").write_bytes(file.read_bytes())
            words = ["--problem", f"{name}.json"]
        else:
            family, seed = name.rsplit("-", 1)
            words = ["--family", family, "--seed", seed]
        text = bench(folder, *words, "--seconds", OPTIONS.seconds, "--write", "out-")
        prefix = "out-" + (f"{name}.json" if file.exists() else name)
        answer = json.loads((folder / f"{prefix}.answer.json").read_text())
        proven = re.search(r"at least (\d+)\), cost \d+ \(at least (\d+)\)", text)
        if "BREACH" in text:
            fail(f"{name}: our answer breaks a rule: {text}")
        compare_batch(name, clinic.Problem(folder / f"{prefix}.json"), answer, tuple(map(int, proven.groups())))


def pair(value):
    return f"{value[0]}/{value[1]}" if value else "-"


def compare_batch(name, problem, answer, proven):
    plans = answer["plans"]
    ours = (len(problem.data["courses"]) - len(plans), sum(plan["cost"] for plan in plans))
    begun = time.perf_counter()
    model = batch.BatchModel(problem)
    built = time.perf_counter() - begun
    solver = solver_of(OPTIONS.seconds)
    status = solver.solve(model.model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    theirs, bound = (model.value(solver) if found else None), model.bound(solver)
    print(
        f"{name:14} {pair(ours):>9} {pair(proven):>10} {pair(theirs):>9} {pair(bound):>10}"
        f" {solver.status_name(status):>10}  {built:.1f}", flush=True)
    if theirs and ours > theirs:
        fail(f"{name}: CP-SAT's answer is better")
    if bound > ours or theirs and (theirs[0] < proven[0] or theirs[0] == ours[0] and theirs[1] < proven[1]):
        fail(f"{name}: an answer is better than a bound of the other")
    if status == cp_model.OPTIMAL and (ours[0] != theirs[0] or ours[1] > 1.01 * theirs[1]):
        fail(f"{name}: more than 1 % above what CP-SAT proves")
    refused = model.verify(plans)
    if refused:
        fail(f"{name}: {refused}")


def main():
    global OPTIONS
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["course", "batch"])
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--bench", type=pathlib.Path, default=ROOT / ".build-release" / "release" / "infusionbench")
    parser.add_argument("--seconds", type=int, default=20, help="batch: for each of the two")
    parser.add_argument("--seeds", default="1,2,3", help="course: of the clinics and families")
    parser.add_argument("--families", default="clinic,mixed,tight", help="course: clinic is that of `make bench`")
    parser.add_argument("--courses", type=int, default=4, help="course: of each clinic or family")
    parser.add_argument("--limit", type=int, default=120, help="course: seconds for CP-SAT")
    OPTIONS = parser.parse_intermixed_args()
    OPTIONS.bench = OPTIONS.bench.resolve()
    with tempfile.TemporaryDirectory() as folder:
        (compare_courses if OPTIONS.what == "course" else compare_batches)(pathlib.Path(folder))
    print(f"{len(FAILURES)} disagreements" if FAILURES else "no disagreement")
    sys.exit(1 if FAILURES else 0)


if __name__ == "__main__":
    main()
