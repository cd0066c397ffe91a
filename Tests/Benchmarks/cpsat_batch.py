#!/usr/bin/env python3
"""Plans a whole batch with CP-SAT and compares it with an answer file of `infusionctl solve` in mode `batch`.

    cpsat_batch.py PROBLEM ANSWER [--seconds 60] [--workers 2] [--covers 200000]

A visit is a start on a common time line with a domain for each person and its chair; persons and chairs are cumulative
resources over optional intervals. Chairs that are as good as each other for the whole time are one resource. Places at
which somebody is away and covered are listed one by one, each with its cover, as long as there are at most so many
(`--covers`); beyond, covers cost no load, which makes CP-SAT's problem easier and leaves its bound valid. The time is
that of solving alone; building the model comes on top. Needs ortools.
"""

import argparse
import collections
import datetime
import json
import time

from ortools.sat.python import cp_model

import clinic

# What a course without a place costs in the objective: more than the costs of an answer can differ.
UNPLACED = 20000


class Batch:
    """The model of a batch."""

    def __init__(self, problem, covers_at_most):
        self.problem = problem
        self.model = cp_model.CpModel()
        self.covers_at_most = covers_at_most
        self.is_relaxed = False
        self.origin = min(datetime.date.fromisoformat(c["earliest"]) for c in problem.data["courses"])
        self.grid = problem.data["clinic"].get("gridMinutes", 5)
        self.per_day = 1440 // self.grid
        self.person_intervals = collections.defaultdict(list)
        self.pools = self._pools()
        self.pool_intervals = collections.defaultdict(list)
        self.places = {}
        self.terms = []
        self.placed = []
        self.used_days = set()

    def _pools(self):
        """Chairs by features; those with outages or bookings by themselves."""
        data = self.problem.data
        alone = {b["chair"] for b in data.get("bookings", [])} | {o["chair"] for o in data.get("outOfService", [])}
        pools = collections.defaultdict(list)
        for chair, features in self.problem.chairs.items():
            pools[(chair if chair in alone else None, frozenset(features))].append(chair)
        return list(pools.values())

    def slot(self, date, minute):
        return (date - self.origin).days * self.per_day + minute // self.grid

    def candidates(self, course, visit, date):
        """A day's places: starts without absences by persons, those with by persons and covers; and chairs by start."""
        wishes = json.dumps([course.get("availability"), course.get("preferred"), course.get("features"),
                             course.get("blackoutDays"), course.get("endDay"), course["patient"]])
        key = (visit.kind.id, date, wishes)
        if key not in self.places:
            self.places[key] = list(self.problem.candidates(course, visit, date, all_covers=True))
        return self.places[key]

    def add_course(self, course):
        problem, model = self.problem, self.model
        weights = problem.weights
        visits = problem.visits(course)
        reach = problem.reach(course, visits)
        earliest = datetime.date.fromisoformat(course["earliest"])
        placed = model.new_bool_var(course["id"])
        self.placed.append((course, placed))
        costs = []
        usual = clinic.clock(course["usual"]) if course.get("usual") else None
        chooses = usual is None and any(v.rhythm for v in visits)
        usuals = clinic.usual_candidates(problem) if chooses else [usual]
        chosen = [model.new_bool_var("") for _ in usuals]
        model.add_exactly_one(chosen)
        days, persons = [], []
        for visit, reached in zip(visits, reach):
            found = []
            for offset in sorted(reached):
                date = earliest + datetime.timedelta(offset)
                self.used_days.add(date)
                found += self.candidates(course, visit, date)
            if not found:
                return self.leave(placed)
            day, by_person = self.add_visit(course, visit, found, placed, usuals, chosen, costs)
            days.append(day)
            persons.append(by_person)
        costs.append(weights["start"] * (days[0] - (earliest - self.origin).days))
        self.add_gaps(visits, days, costs, placed)
        self.add_continuity(course, visits, persons, costs)
        cost = model.new_int_var(0, UNPLACED - 1, "")
        model.add(cost >= sum(costs)).only_enforce_if(placed)
        self.terms += [cost, UNPLACED * (1 - placed)]
        return days, placed

    def leave(self, placed):
        self.model.add(placed == 0)
        self.terms.append(UNPLACED * (1 - placed))
        return None

    def add_visit(self, course, visit, found, placed, usuals, chosen, costs):
        model, weights = self.model, self.problem.weights
        slots = lambda places: cp_model.Domain.from_values(sorted({self.slot(p.day, p.start) for p in places}))
        start = model.new_int_var_from_domain(slots(found), "")
        day = model.new_int_var(0, (max(p.day for p in found) - self.origin).days, "")
        within = model.new_int_var(0, self.per_day - 1, "")
        model.add(start == day * self.per_day + within)
        by_person = self.add_persons(visit, found, start, placed)
        self.add_chairs(visit, found, start, placed)
        wished = [p for p in found if not p.preference]
        if len(wished) < len(found):
            misses = model.new_bool_var("")
            costs.append(weights["preference"] * misses)
            if wished:
                model.add_linear_expression_in_domain(start, slots(wished)).only_enforce_if(~misses)
            else:
                model.add(misses == 1)
        if visit.rhythm:
            far = model.new_bool_var("")
            costs.append(weights["rhythm"] * far)
            for minutes, literal in zip(usuals, chosen):
                near = [p for p in found if abs(p.clock - minutes) <= 30]
                if near:
                    model.add_linear_expression_in_domain(start, slots(near)).only_enforce_if(literal, ~far)
                else:
                    model.add_implication(literal, far)
        return day, by_person

    def add_persons(self, visit, found, start, placed):
        """Who attends: one of the tuples of persons, its starts, and the loads on each."""
        model, kind = self.model, visit.kind
        groups = collections.defaultdict(list)
        for place in found:
            groups[place.persons, bool(place.covers)].append(place)
        literals, by_person = [], collections.defaultdict(list)
        for (persons, is_covered), places in groups.items():
            if is_covered and sum(map(len, self.places.values())) <= self.covers_at_most:
                for place in places:
                    literal = model.new_bool_var("")
                    model.add(start == self.slot(place.day, place.start)).only_enforce_if(literal)
                    pieces = self.problem.pieces(
                        kind, self.problem.day(place.day), place.start, persons, place.covers)
                    for person, a, b, load in pieces:
                        self.add_load(person, self.slot(place.day, a), self.slot(place.day, b + self.grid - 1), load, literal)
                    self.note(literal, persons, kind, literals, by_person)
                continue
            self.is_relaxed |= is_covered
            literal = model.new_bool_var("")
            values = cp_model.Domain.from_values(sorted({self.slot(p.day, p.start) for p in places}))
            model.add_linear_expression_in_domain(start, values).only_enforce_if(literal)
            self.note(literal, persons, kind, literals, by_person)
            if is_covered:
                continue
            for label, person in zip(kind.labels, persons):
                for offset, minutes, loads, _ in kind.stages:
                    if loads.get(label["label"], 0):
                        size = minutes // self.grid
                        interval = model.new_optional_fixed_size_interval_var(
                            start + offset // self.grid, size, literal, "")
                        self.person_intervals[person].append((interval, loads[label["label"]]))
        model.add(sum(literals) == placed)
        return by_person

    def note(self, literal, persons, kind, literals, by_person):
        literals.append(literal)
        if kind.continuity is not None:
            by_person[persons[kind.continuity]].append(literal)

    def add_load(self, person, start, end, load, literal):
        if load and start < end:
            interval = self.model.new_optional_fixed_size_interval_var(start, end - start, literal, "")
            self.person_intervals[person].append((interval, load))

    def add_chairs(self, visit, found, start, placed):
        model = self.model
        literals = []
        size = visit.kind.hold // self.grid
        for index, pool in enumerate(self.pools):
            places = {self.slot(p.day, p.start) for p in found if pool[0] in p.chairs}
            if not places:
                continue
            literal = model.new_bool_var("")
            values = cp_model.Domain.from_values(sorted(places))
            model.add_linear_expression_in_domain(start, values).only_enforce_if(literal)
            interval = model.new_optional_fixed_size_interval_var(start, size, literal, "")
            self.pool_intervals[index].append(interval)
            literals.append(literal)
        model.add(sum(literals) == placed)

    def add_gaps(self, visits, days, costs, placed):
        model, opening = self.model, days[0]
        for index in range(1, len(visits)):
            visit = visits[index]
            gap = model.new_int_var(visit.least, visit.most, "")
            model.add(days[index] - days[index - 1] == gap).only_enforce_if(placed)
            if visit.least < visit.most:
                off = model.new_int_var(0, max(visit.ideal - visit.least, visit.most - visit.ideal), "")
                model.add(off >= gap - visit.ideal)
                model.add(off >= visit.ideal - gap)
                costs.append(self.problem.weights["gap"] * off)
            elif visit.least != visit.ideal:
                costs.append(self.problem.weights["gap"] * abs(visit.least - visit.ideal))
            opening = days[index] if visit.opens else opening
            if visit.phase.get("withinDays") is not None and not visit.opens:
                model.add(days[index] - opening <= visit.phase["withinDays"]).only_enforce_if(placed)

    def add_continuity(self, course, visits, persons, costs):
        price = self.problem.weights["continuity"]
        role = lambda v: v.kind.labels[v.kind.continuity]["role"] if v.kind.continuity is not None else None
        for index in range(1, len(visits)):
            if role(visits[index]) is None or role(visits[index]) != role(visits[index - 1]):
                continue
            changes = self.model.new_bool_var("")
            for person, literals in persons[index].items():
                self.model.add(sum(literals) - sum(persons[index - 1].get(person, [])) <= changes)
            costs.append(price * changes)
        preferred = course.get("preferredPerson")
        for visit, by_person in zip(visits, persons):
            if preferred and role(visit) in self.problem.staff[preferred]["roles"]:
                costs.append(price * (1 - sum(by_person.get(preferred, []))))
                break

    def build(self):
        by_patient = collections.defaultdict(list)
        for course in self.problem.data["courses"]:
            added = self.add_course(course)
            if added:
                by_patient[course["patient"]].append(added)
        for courses in by_patient.values():
            for index, (days, placed) in enumerate(courses):
                for other_days, other in courses[:index]:
                    for one in days:
                        for two in other_days:
                            self.model.add(one != two).only_enforce_if(placed, other)
        self.add_resources()
        self.model.minimize(sum(self.terms))

    def add_resources(self):
        model = self.model
        for person, pairs in self.person_intervals.items():
            intervals, demands = [p[0] for p in pairs], [p[1] for p in pairs]
            for date in self.used_days:
                loads = self.problem.day(date).loads[person]
                for minute in range(0, 1440, self.grid):
                    load = max(loads[minute:minute + self.grid])
                    if load:
                        intervals.append(model.new_fixed_size_interval_var(self.slot(date, minute), 1, ""))
                        demands.append(load)
            model.add_cumulative(intervals, demands, self.problem.staff[person].get("capacityPercent", 100))
        for index, intervals in self.pool_intervals.items():
            # Bookings that stay are in the domains of the starts already.
            model.add_cumulative(intervals, [1] * len(intervals), len(self.pools[index]))


class Watch(cp_model.CpSolverSolutionCallback):
    """Says when a better answer is found."""

    def __init__(self):
        super().__init__()
        self.begun = time.perf_counter()

    def on_solution_callback(self):
        value = round(self.objective_value)
        print(f"    {time.perf_counter() - self.begun:7.1f} s: {value // UNPLACED} unplaced, {value % UNPLACED}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problem")
    parser.add_argument("answer")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--covers", type=int, default=200_000)
    parser.add_argument("--watch", action="store_true")
    options = parser.parse_args()
    problem = clinic.Problem(options.problem)
    with open(options.answer, encoding="utf-8") as file:
        plans = json.load(file)["plans"]
    mine = (len(problem.data["courses"]) - len(plans), sum(plan["cost"] for plan in plans))
    begun = time.perf_counter()
    batch = Batch(problem, options.covers)
    batch.build()
    built = time.perf_counter() - begun
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = options.seconds
    solver.parameters.num_workers = options.workers
    status = solver.solve(batch.model, Watch() if options.watch else None)
    bound = round(solver.best_objective_bound)
    theirs = None
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        theirs = (sum(not solver.value(b) for _, b in batch.placed), round(solver.objective_value) % UNPLACED)
    verdict = "as good" if theirs is None or mine <= theirs else "WORSE"
    at_least = max(0, bound - UNPLACED * mine[0])
    gap = f"{100 * (mine[1] - at_least) / max(1, mine[1]):.1f} %"
    print(
        f"{options.problem}: CP-SAT {solver.status_name(status)} {theirs}, bound ({bound // UNPLACED}, {bound % UNPLACED}); "
        f"ours {mine}: {verdict}, within {gap} of its bound; {'covers free; ' if batch.is_relaxed else ''}"
        f"{len(batch.model.proto.variables):,} variables built in {built:.1f} s, solved in {solver.wall_time:.1f} s",
        flush=True)


if __name__ == "__main__":
    main()
