"""One course of a problem file as a CP-SAT model: every hard rule and the cost terms that there are.

CP-SAT is helped where a practitioner would. The figures `crowding`, `idle` and `workload` are measured on the calendar
before the course is added, so they are constants of a place; of the places of a visit on a day those are left out that
another place with the same person can always replace. A literal for each candidate of the usual time limits, visit by
visit, the starts far from it. Days and gaps come in two formulations, of which now one and now the other is faster:

- `integers`: days are integers linked to the literals of the places, gaps their differences;
- `arcs`: a literal for each pair of days that may follow each other, a flow from visit to visit that carries the gap's
  cost; integers remain where a phase has a window.
"""

import collections
import datetime

from ortools.sat.python import cp_model

import clinic


def role_of(kind):
    """The role of a visit's continuity attendant."""
    return kind.labels[kind.continuity]["role"] if kind.continuity is not None else None


def same_role(left, right):
    """Whether two visits in a row may keep their person."""
    return role_of(left) is not None and role_of(left) == role_of(right)


def places_of(problem, course, visit, date, usual, usuals):
    """The places of a visit on a day that some best plan may need, as (cost, clock, person)."""
    weights, day, found = problem.weights, problem.day(date), {}
    for place in problem.candidates(course, visit, date):
        idle = min(day.idle(chair, place.start, visit.kind.hold) for chair in place.chairs)
        cost = weights["preference"] * place.preference + weights["idle"] * idle
        cost += weights["crowding"] * day.crowding(place.start, place.start + visit.kind.length)
        person = None
        if visit.kind.continuity is not None:
            person = place.persons[visit.kind.continuity]
            cost += weights["workload"] * day.workload(person)
        shown = place.clock if visit.rhythm and usual is None else None
        if usual is not None and visit.rhythm:
            cost += weights["rhythm"] * clinic.half_hours(place.clock - usual)
        found[person, shown] = min(found.get((person, shown), cost), cost)
    return undominated(found, usuals, weights["rhythm"])


def undominated(found, usuals, rhythm):
    """Leaves out a place where another with the same person costs no more at any usual time."""
    by_person = collections.defaultdict(list)
    for (person, shown), cost in found.items():
        costs = [cost + (rhythm * clinic.half_hours(u - shown) if shown is not None else 0) for u in usuals] or [cost]
        by_person[person].append((sum(costs), costs, cost, shown))
    result = []
    for person, places in by_person.items():
        kept = []
        for _, costs, cost, shown in sorted(places, key=lambda place: place[0]):
            if not any(all(a <= b for a, b in zip(other, costs)) for other in kept):
                kept.append(costs)
                result.append((cost, shown, person))
    return result


FORMULATIONS = ["integers", "arcs"]


def model_of(problem, course, formulation="integers"):
    """The model of one course; None where some visit has no place at all."""
    model, weights = cp_model.CpModel(), problem.weights
    visits = problem.visits(course)
    earliest = datetime.date.fromisoformat(course["earliest"])
    usual = clinic.clock(course["usual"]) if course.get("usual") else None
    chooses = usual is None and any(v.rhythm for v in visits)
    usuals = clinic.usual_candidates(problem) if chooses else []
    chosen = [model.new_bool_var("") for _ in usuals]
    if chosen:
        model.add_exactly_one(chosen)
    terms, days, on_days, persons, known = [], [], [], [], {}
    for visit, reached in zip(visits, problem.reach(course, visits)):
        literals, on_day = [], collections.defaultdict(list)
        by_person, by_clock = collections.defaultdict(list), collections.defaultdict(list)
        for offset in sorted(reached):
            date = earliest + datetime.timedelta(offset)
            key = (visit.kind.id, visit.rhythm, date)
            if key not in known:
                known[key] = places_of(problem, course, visit, date, usual, usuals)
            for cost, shown, person in known[key]:
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
        on_days.append(on_day)
        persons.append(by_person)
        if chooses and visit.rhythm:
            for units in range(1, 5):
                far = model.new_bool_var("")
                terms.append(weights["rhythm"] * far)
                for minutes, literal in zip(usuals, chosen):
                    distant = [
                        l for shown, group in by_clock.items() if clinic.half_hours(shown - minutes) >= units
                        for l in group]
                    if distant:
                        model.add(sum(distant) + literal <= 1 + far)
    terms.append(weights["start"] * days[0])
    if formulation == "arcs":
        add_arcs(problem, model, visits, on_days, terms)
    else:
        add_gaps(problem, model, visits, days, terms)
    add_windows(model, visits, days)
    add_continuity(problem, model, course, visits, persons, terms)
    model.minimize(sum(terms))
    return model


def add_gaps(problem, model, visits, days, terms):
    """Gaps and their cost, by integers."""
    for index in range(1, len(visits)):
        visit = visits[index]
        gap = model.new_int_var(visit.least, visit.most, "")
        model.add(days[index] - days[index - 1] == gap)
        off = model.new_int_var(0, max(visit.ideal - visit.least, visit.most - visit.ideal), "")
        model.add(off >= gap - visit.ideal)
        model.add(off >= visit.ideal - gap)
        terms.append(problem.weights["gap"] * off)


def add_arcs(problem, model, visits, on_days, terms):
    """Gaps and their cost, by a flow from day to day."""
    for index in range(1, len(visits)):
        visit = visits[index]
        leaving, entering = collections.defaultdict(list), collections.defaultdict(list)
        for before in on_days[index - 1]:
            for gap in range(visit.least, visit.most + 1):
                if before + gap in on_days[index]:
                    arc = model.new_bool_var("")
                    leaving[before].append(arc)
                    entering[before + gap].append(arc)
                    if gap != visit.ideal:
                        terms.append(problem.weights["gap"] * abs(gap - visit.ideal) * arc)
        for day, literals in on_days[index - 1].items():
            model.add(sum(leaving[day]) == sum(literals))
        for day, literals in on_days[index].items():
            model.add(sum(entering[day]) == sum(literals))


def add_windows(model, visits, days):
    """The windows of phases."""
    opening = days[0]
    for index in range(1, len(visits)):
        visit = visits[index]
        opening = days[index] if visit.opens else opening
        if visit.phase.get("withinDays") is not None and not visit.opens:
            model.add(days[index] - opening <= visit.phase["withinDays"])


def add_continuity(problem, model, course, visits, persons, terms):
    """The preferred person at every visit of their role; changes of the person at others."""
    preferred = course.get("preferredPerson")
    roles = problem.staff[preferred]["roles"] if preferred else []
    for index in range(1, len(visits)):
        if same_role(visits[index - 1].kind, visits[index].kind) and role_of(visits[index].kind) not in roles:
            changes = model.new_bool_var("")
            for person, group in persons[index].items():
                model.add(sum(group) - sum(persons[index - 1].get(person, [])) <= changes)
            terms.append(problem.weights["continuity"] * changes)
    for visit, by_person in zip(visits, persons):
        if role_of(visit.kind) in roles:
            terms.append(problem.weights["continuity"] * (1 - sum(by_person.get(preferred, []))))
