#!/usr/bin/env python3
"""Plans single courses of a problem file with CP-SAT and compares the cost with an answer file of `infusionctl solve`.

    cpsat_course.py PROBLEM ANSWER [--courses K1,K2] [--seconds 300] [--workers 2] [--milliseconds MS]

The answer must have been made in mode `each`. The model holds every hard rule and all eight cost terms. CP-SAT is
helped: of the places of a visit on a day at a start with the same persons only the chair that leaves the fewest useless
idle stretches is kept, as no later choice depends on the chair; and for a given usual time only the cheapest start a day
and person. `--milliseconds` is what our search took for a course in the same run, for the ratio; building the model is
told apart from solving it. Needs ortools.
"""

import argparse
import collections
import datetime
import json
import sys
import time

from ortools.sat.python import cp_model

import clinic


def cheapest_places(problem, course, visit, date, usual):
    """The places of a visit on a day that any optimal plan may use, as (cost, clock, person): without dominated ones."""
    weights = problem.weights
    day = problem.day(date)
    best = {}
    for place in problem.candidates(course, visit, date):
        idle = min(day.idle(chair, place.start, visit.kind.hold) for chair in place.chairs)
        cost = weights["preference"] * place.preference + weights["idle"] * idle
        cost += weights["crowding"] * day.crowding(place.start, place.start + visit.kind.length)
        person = None
        if visit.kind.continuity is not None:
            person = place.persons[visit.kind.continuity]
            cost += weights["workload"] * day.workload(person)
        shown = place.clock if visit.rhythm else None
        if usual is not None and visit.rhythm:
            cost += weights["rhythm"] * (abs(place.clock - usual) > 30)
            shown = None
        key = (person, shown)
        best[key] = min(best.get(key, cost), cost)
    return [(cost, shown, person) for (person, shown), cost in best.items()]


def model_course(problem, course):
    """The model of one course; nil where some visit has no place at all."""
    model = cp_model.CpModel()
    weights = problem.weights
    visits = problem.visits(course)
    reach = problem.reach(course, visits)
    earliest = datetime.date.fromisoformat(course["earliest"])
    usual = clinic.clock(course["usual"]) if course.get("usual") else None
    chooses = usual is None and any(v.rhythm for v in visits)
    usuals = clinic.usual_candidates(problem) if chooses else []
    chosen = [model.new_bool_var("") for _ in usuals]
    if chosen:
        model.add_exactly_one(chosen)
    terms, days, persons = [], [], []
    cache = {}
    preferred = course.get("preferredPerson")
    for visit, reached in zip(visits, reach):
        literals, on_day = [], collections.defaultdict(list)
        by_person, by_clock = collections.defaultdict(list), collections.defaultdict(list)
        for offset in sorted(reached):
            date = earliest + datetime.timedelta(offset)
            key = (visit.kind.id, visit.rhythm, date)
            if key not in cache:
                cache[key] = cheapest_places(problem, course, visit, date, usual)
            for cost, shown, person in cache[key]:
                literal = model.new_bool_var("")
                literals.append(literal)
                on_day[offset].append(literal)
                by_person[person].append(literal)
                by_clock[shown].append(literal)
                if cost:
                    terms.append(cost * literal)
        if not literals:
            return None
        model.add_exactly_one(literals)
        day = model.new_int_var_from_domain(cp_model.Domain.from_values(sorted(on_day)), "")
        model.add(day == sum(offset * literal for offset, group in on_day.items() for literal in group))
        days.append(day)
        persons.append(by_person)
        if chooses and visit.rhythm:
            far = model.new_bool_var("")
            terms.append(weights["rhythm"] * far)
            for shown, group in by_clock.items():
                distant = [c for u, c in zip(usuals, chosen) if abs(u - shown) > 30]
                model.add(sum(group) + sum(distant) <= 1 + far)
    terms.append(weights["start"] * days[0])
    opening = days[0]
    for index in range(1, len(visits)):
        visit = visits[index]
        gap = model.new_int_var(visit.least, visit.most, "")
        model.add(days[index] - days[index - 1] == gap)
        off = model.new_int_var(0, max(visit.ideal - visit.least, visit.most - visit.ideal), "")
        model.add(off >= gap - visit.ideal)
        model.add(off >= visit.ideal - gap)
        terms.append(weights["gap"] * off)
        opening = days[index] if visit.opens else opening
        if visit.phase.get("withinDays") is not None and not visit.opens:
            model.add(days[index] - opening <= visit.phase["withinDays"])
        if same_role(visits[index - 1].kind, visit.kind):
            changes = model.new_bool_var("")
            for person, group in persons[index].items():
                model.add(sum(group) - sum(persons[index - 1].get(person, [])) <= changes)
            terms.append(weights["continuity"] * changes)
    if preferred:
        for visit, by_person in zip(visits, persons):
            role = role_of(visit.kind)
            if role in problem.staff[preferred]["roles"]:
                terms.append(weights["continuity"] * (1 - sum(by_person.get(preferred, []))))
                break
    model.minimize(sum(terms))
    return model


def role_of(kind):
    return kind.labels[kind.continuity]["role"] if kind.continuity is not None else None


def same_role(left, right):
    return role_of(left) is not None and role_of(left) == role_of(right)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problem")
    parser.add_argument("answer")
    parser.add_argument("--courses", default="")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--milliseconds", type=float)
    options = parser.parse_args()
    problem = clinic.Problem(options.problem)
    with open(options.answer, encoding="utf-8") as file:
        plans = {plan["course"]: plan for plan in json.load(file)["plans"]}
    wanted = [k for k in options.courses.split(",") if k]
    differs = False
    for course in problem.data["courses"]:
        if wanted and course["id"] not in wanted:
            continue
        begun = time.perf_counter()
        model = model_course(problem, course)
        built = time.perf_counter() - begun
        ours = plans.get(course["id"])
        if model is None:
            print(f"{course['id']}: no place in CP-SAT's model; ours: {'a plan' if ours else 'refused'}")
            differs |= ours is not None
            continue
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = options.seconds
        solver.parameters.num_workers = options.workers
        status = solver.solve(model)
        name = solver.status_name(status)
        cost = round(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
        mine = ours["cost"] if ours else None
        agrees = cost == mine if status == cp_model.OPTIMAL else status == cp_model.INFEASIBLE and ours is None
        differs |= not agrees and status != cp_model.FEASIBLE
        ratio = ""
        if options.milliseconds:
            ratio = f", {solver.wall_time * 1000 / options.milliseconds:,.0f} times our {options.milliseconds} ms"
        print(
            f"{course['id']}: CP-SAT {name} {cost}, ours {mine}{'' if agrees else '  DIFFERS'}; model of "
            f"{len(model.proto.variables):,} variables built in {built:.2f} s, solved in {solver.wall_time:.3f} s{ratio}",
            flush=True)
    sys.exit(1 if differs else 0)


if __name__ == "__main__":
    main()
