"""A whole batch as a CP-SAT model.

A visit has a day and a time of day, so that most of what limits it are short domains; from both follows its start on a
common time line, where persons and chairs are cumulative resources over optional intervals. Chairs that are as good as
each other are one resource. Who attends is a literal for each choice of persons; a place at which somebody is away has a
literal for each choice of covers and time of day, with the loads that it asks of whom. Days on which a literal allows
other times than on most have a literal of their own.
"""

import collections
import datetime

from ortools.sat.python import cp_model

import clinic


class Visit:
    """A visit's variables."""

    def __init__(self, places, day, time, start):
        self.places, self.day, self.time, self.start = places, day, time, start
        self.by_person, self.continuity_label = collections.defaultdict(list), None
        self.all_days = frozenset(p.day for p in places)
        self.all_times = frozenset(p.start for p in places)
        # By day the starts that are allowed once the visit is held to its places.
        self.starts = {date: self.all_times for date in self.all_days}


class BatchModel:
    """The model of a batch."""

    def __init__(self, problem):
        self.problem = problem
        self.model = cp_model.CpModel()
        self.origin = min(datetime.date.fromisoformat(c["earliest"]) for c in problem.data["courses"])
        self.grid = problem.data["clinic"].get("gridMinutes", 5)
        hours = [clinic.window(w) for ws in problem.data["clinic"].get("hours", {}).values() for w in ws]
        hours += [clinic.window(o["hours"]) for o in problem.data["clinic"].get("openings", [])]
        turnover = max(k.hold - k.length for k in problem.types.values())
        self.opens = min(a for a, _ in hours)
        # Nothing reaches from one day into the next.
        self.per_day = (max(b for _, b in hours) + turnover - self.opens) // self.grid + 1
        self.person_intervals = collections.defaultdict(list)
        self.pools = self._pools()
        self.pool_intervals = collections.defaultdict(list)
        self.known_places = {}
        self.terms, self.dearest = [], 0
        self.placed, self.visits_of, self.never = [], [], 0
        self.used_days = set()
        self._build()

    def _pools(self):
        """Chairs by features; those with outages or visits that stay by themselves."""
        data = self.problem.data
        alone = {b["chair"] for b in data.get("bookings", [])} | {o["chair"] for o in data.get("outOfService", [])}
        pools = collections.defaultdict(list)
        for chair, features in self.problem.chairs.items():
            pools[(chair if chair in alone else None, frozenset(features))].append(chair)
        return list(pools.values())

    def _number(self, date):
        return (date - self.origin).days

    def _time(self, minute):
        return (minute - self.opens) // self.grid

    def _slot(self, date, minute):
        return self._number(date) * self.per_day + self._time(minute)

    def _candidates(self, course, visit, date):
        wishes = str([course.get(k) for k in ("availability", "preferred", "features", "blackoutDays", "endDay", "patient")])
        key = (visit.kind.id, date, wishes)
        if key not in self.known_places:
            self.known_places[key] = list(self.problem.candidates(course, visit, date, all_covers=True))
        return self.known_places[key]

    # What one course adds

    def _build(self):
        by_patient = collections.defaultdict(list)
        for course in self.problem.data["courses"]:
            added = self._add_course(course)
            if added:
                by_patient[course["patient"]].append(added)
        for courses in by_patient.values():
            for index, (visits, placed) in enumerate(courses):
                for others, other in courses[:index]:
                    for one in visits:
                        for two in others:
                            self.model.add(one.day != two.day).only_enforce_if(placed, other)
        self._add_resources()
        # More than the costs of two answers can differ.
        self.unplaced = self.dearest + 1
        self.model.minimize(sum(self.terms) + self.unplaced * sum(1 - literal for _, literal in self.placed))

    def _cost(self, weight, variable, most):
        self.terms.append(weight * variable)
        self.dearest += weight * most

    def _add_course(self, course):
        problem, model = self.problem, self.model
        steps = problem.visits(course)
        earliest = datetime.date.fromisoformat(course["earliest"])
        found = []
        for step, reached in zip(steps, problem.reach(course, steps)):
            places = []
            for offset in sorted(reached):
                date = earliest + datetime.timedelta(offset)
                places += self._candidates(course, step, date)
            found.append(places)
        if not all(found):
            self.never += 1
            return None
        placed = model.new_bool_var(course["id"])
        self.placed.append((course, placed))
        usual = clinic.clock(course["usual"]) if course.get("usual") else None
        if usual is None and any(s.rhythm for s in steps):
            half_hours = [u // self.grid for u in clinic.usual_candidates(problem)]
            usual = model.new_int_var_from_domain(cp_model.Domain.from_values(half_hours), "")
        elif usual is not None:
            usual = usual // self.grid
        visits = [self._add_visit(step, places, placed, usual) for step, places in zip(steps, found)]
        begins = model.new_int_var(0, max(self._number(p.day) for p in found[0]), "")
        model.add(begins >= visits[0].day - self._number(earliest)).only_enforce_if(placed)
        self._cost(problem.weights["start"], begins, max(self._number(p.day) for p in found[0]))
        self.visits_of.append(visits)
        self._add_gaps(steps, visits, placed)
        self._add_continuity(course, steps, visits, placed)
        return visits, placed

    def _add_visit(self, step, places, placed, usual):
        model, weights = self.model, self.problem.weights
        domain = lambda values: cp_model.Domain.from_values(sorted(values))
        day = model.new_int_var_from_domain(domain({self._number(p.day) for p in places}), "")
        time = model.new_int_var_from_domain(domain({self._time(p.start) for p in places}), "")
        start = model.new_int_var(0, (max(self._number(p.day) for p in places) + 1) * self.per_day, "")
        model.add(start == day * self.per_day + time)
        visit = Visit(places, day, time, start)
        self._restrict(visit, places, [placed])
        for date in visit.all_days:
            visit.starts[date] = {p.start for p in places if p.day == date}
        self.used_days |= visit.all_days
        if step.kind.continuity is not None:
            visit.continuity_label = step.kind.labels[step.kind.continuity]["label"]
        self._add_persons(step.kind, visit, placed)
        self._add_chairs(step.kind, visit, placed)
        wished = [p for p in places if not p.preference]
        if len(wished) < len(places):
            misses = model.new_bool_var("")
            self._cost(weights["preference"], misses, 1)
            if wished:
                self._restrict(visit, wished, [~misses, placed])
            else:
                model.add_implication(placed, misses)
        if step.rhythm:
            # The clock shows elapsed minutes, but where the clocks change; instances are in UTC.
            shown = time + self.opens // self.grid
            for units in range(4):
                far = model.new_bool_var("")
                self._cost(weights["rhythm"], far, 1)
                model.add(shown - usual <= 30 * units // self.grid).only_enforce_if(placed, ~far)
                model.add(usual - shown <= 30 * units // self.grid).only_enforce_if(placed, ~far)
        return visit

    def _restrict(self, visit, places, literals):
        """Where the literals hold, the visit has one of the places."""
        model = self.model
        times = collections.defaultdict(set)
        for place in places:
            times[place.day].add(place.start)
        classes = collections.defaultdict(set)
        for date, starts in times.items():
            # Where a day's every start is allowed, it goes with any others of that sort.
            classes[None if starts == visit.starts[date] else frozenset(starts)].add(date)
        groups = [(literals, starts, dates) for starts, dates in classes.items()]
        if len(groups) > 1:
            chosen = [model.new_bool_var("") for _ in groups]
            model.add_bool_or(chosen).only_enforce_if(literals)
            groups = [([literal], starts, dates) for literal, (_, starts, dates) in zip(chosen, groups)]
        for enforced, starts, dates in groups:
            if frozenset(dates) != visit.all_days:
                domain = cp_model.Domain.from_values(sorted(map(self._number, dates)))
                model.add_linear_expression_in_domain(visit.day, domain).only_enforce_if(enforced)
            if starts is not None and starts != visit.all_times:
                domain = cp_model.Domain.from_values(sorted(map(self._time, starts)))
                model.add_linear_expression_in_domain(visit.time, domain).only_enforce_if(enforced)

    def _add_persons(self, kind, visit, placed):
        """Who attends: persons as such, or persons at a time of day with covers."""
        groups = collections.defaultdict(list)
        for place in visit.places:
            if place.covers:
                pieces = self.problem.pieces(kind, self.problem.day(place.day), place.start, place.persons, place.covers)
                shape = tuple(sorted((q, a - place.start, b - place.start, load) for q, a, b, load in pieces if load))
                groups[place.persons, place.start, shape].append(place)
            else:
                groups[place.persons, None, self._whole(kind, place.persons)].append(place)
        literals = []
        for (persons, _, shape), places in groups.items():
            literal = self.model.new_bool_var("")
            self._restrict(visit, places, [literal])
            literals.append(literal)
            if kind.continuity is not None:
                visit.by_person[persons[kind.continuity]].append(literal)
            for person, a, b, load in shape:
                first, last = a // self.grid, -(-b // self.grid)
                interval = self.model.new_optional_fixed_size_interval_var(visit.start + first, last - first, literal, "")
                self.person_intervals[person].append((interval, load))
        self.model.add(sum(literals) == placed)

    @staticmethod
    def _whole(kind, persons):
        """What a visit asks of its persons when nobody is away: equal loads in a row as one."""
        shape = []
        for label, person in zip(kind.labels, persons):
            last = None
            for offset, minutes, loads, _ in kind.stages:
                load = loads.get(label["label"], 0)
                if load and last and last[2] == offset and last[3] == load:
                    shape[-1] = last = (person, last[1], offset + minutes, load)
                elif load:
                    last = (person, offset, offset + minutes, load)
                    shape.append(last)
        return tuple(shape)

    def _add_chairs(self, kind, visit, placed):
        literals = []
        for index, pool in enumerate(self.pools):
            places = [p for p in visit.places if pool[0] in p.chairs]
            if not places:
                continue
            literal = self.model.new_bool_var("")
            self._restrict(visit, places, [literal])
            interval = self.model.new_optional_fixed_size_interval_var(
                visit.start, kind.hold // self.grid, literal, "")
            self.pool_intervals[index].append(interval)
            literals.append(literal)
        self.model.add(sum(literals) == placed)

    def _add_gaps(self, steps, visits, placed):
        model, opening = self.model, visits[0]
        for index in range(1, len(visits)):
            step, day, before = steps[index], visits[index].day, visits[index - 1].day
            model.add(day - before >= step.least).only_enforce_if(placed)
            model.add(day - before <= step.most).only_enforce_if(placed)
            most = max(step.ideal - step.least, step.most - step.ideal)
            if most:
                off = model.new_int_var(0, most, "")
                model.add(off >= day - before - step.ideal).only_enforce_if(placed)
                model.add(off >= step.ideal - day + before).only_enforce_if(placed)
                self._cost(self.problem.weights["gap"], off, most)
            opening = visits[index] if step.opens else opening
            if step.phase.get("withinDays") is not None and not step.opens:
                model.add(day - opening.day <= step.phase["withinDays"]).only_enforce_if(placed)

    def _add_continuity(self, course, steps, visits, placed):
        price = self.problem.weights["continuity"]
        role = lambda s: s.kind.labels[s.kind.continuity]["role"] if s.kind.continuity is not None else None
        preferred = course.get("preferredPerson")
        roles = self.problem.staff[preferred]["roles"] if preferred else []
        for index in range(1, len(visits)):
            if role(steps[index]) is None or role(steps[index]) != role(steps[index - 1]) or role(steps[index]) in roles:
                continue
            changes = self.model.new_bool_var("")
            for person, literals in visits[index].by_person.items():
                self.model.add(sum(literals) - sum(visits[index - 1].by_person.get(person, [])) <= changes)
            self._cost(price, changes, 1)
        for step, visit in zip(steps, visits):
            if role(step) in roles:
                self._cost(price, placed - sum(visit.by_person.get(preferred, [])), 1)

    # What they share

    def _add_resources(self):
        model = self.model
        for person, pairs in self.person_intervals.items():
            intervals, demands = [p[0] for p in pairs], [p[1] for p in pairs]
            for date in self.used_days:
                loads = self.problem.day(date).loads[person]
                begun, last = None, 0
                for time in range(self.per_day + 1):
                    minute = self.opens + time * self.grid
                    load = max(loads[minute:minute + self.grid], default=0) if time < self.per_day else 0
                    if load != last:
                        if last:
                            first = self._number(date) * self.per_day
                            intervals.append(model.new_fixed_size_interval_var(first + begun, time - begun, ""))
                            demands.append(last)
                        begun, last = time, load
            model.add_cumulative(intervals, demands, self.problem.staff[person].get("capacityPercent", 100))
        for index, intervals in self.pool_intervals.items():
            # Visits that stay are in the places already.
            if len(self.pools[index]) == 1:
                model.add_no_overlap(intervals)
            else:
                model.add_cumulative(intervals, [1] * len(intervals), len(self.pools[index]))

    def verify(self, plans):
        """What is wrong with an answer by this model: each visit held to its day, start and persons, it must be allowed
        and cost what the answer says. None where nothing is."""
        model = self.model.clone()
        by_course = {plan["course"]: plan for plan in plans}
        cost = sum(plan["cost"] for plan in plans)
        for (course, placed), visits in zip(self.placed, self.visits_of):
            plan = by_course.get(course["id"])
            model.add(placed == (plan is not None))
            for visit, planned in zip(visits, plan["visits"] if plan else []):
                date = datetime.date.fromisoformat(planned["start"][:10])
                model.add(visit.day == self._number(date))
                model.add(visit.time == self._time(clinic.clock(planned["start"][11:16])))
                person = planned["attendants"].get(visit.continuity_label)
                if person is not None:
                    model.add(sum(visit.by_person.get(person, [])) == 1)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.max_time_in_seconds = 60
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return "our answer is not allowed in CP-SAT's model"
        if status != cp_model.OPTIMAL:
            return f"our answer could not be verified in CP-SAT's model ({solver.status_name(status)})"
        found = self.value(solver)
        # The model chooses usual times, so it may not cost less, either.
        return None if found[1] == cost else f"our answer costs {cost}, and {found[1]} in CP-SAT's model"

    def value(self, solver):
        """What a solution is worth: courses without a place, and the cost of the others."""
        unplaced = sum(not solver.value(literal) for _, literal in self.placed)
        return unplaced + self.never, round(solver.objective_value) - self.unplaced * unplaced

    def bound(self, solver):
        """The same of what is proven."""
        least = max(0, round(solver.best_objective_bound))
        return least // self.unplaced + self.never, least % self.unplaced
