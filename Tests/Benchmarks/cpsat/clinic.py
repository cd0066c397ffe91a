"""A problem file (docs/contract/formats.md section 2) as tables: what docs/contract/planning.md allows and what it
costs, for models in CP-SAT.

Written from the pages alone; shares no code with the product. Minutes of a day are elapsed minutes from local midnight.
"""

import datetime
import itertools
import json
import zoneinfo

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MINUTE = datetime.timedelta(minutes=1)


def clock(text):
    """Minutes on the clock of "09:30"."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def window(text):
    """Minutes on the clock of "09:00-12:30"."""
    start, end = text.split("-")
    return clock(start), clock(end)


def merged(intervals):
    """Intervals that overlap or touch, as one."""
    result = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def without(intervals, holes):
    """Intervals less holes."""
    result = merged(intervals)
    for low, high in holes:
        cut = []
        for start, end in result:
            if start < min(low, end):
                cut.append((start, min(low, end)))
            if max(high, start) < end:
                cut.append((max(high, start), end))
        result = cut
    return result


def common(left, right):
    """What lies in both."""
    return [(max(a, c), min(b, d)) for a, b in left for c, d in right if max(a, c) < min(b, d)]


def inside(intervals, start, end):
    """Whether [start, end) lies in one of the intervals."""
    return any(a <= start and end <= b for a, b in intervals)


class Day:
    """What there is on a day, before any course is added."""

    def __init__(self, problem, date):
        self.date = date
        self.problem = problem
        clinic = problem.data["clinic"]
        zone = problem.zone
        midnight = datetime.datetime.combine(date, datetime.time(), zone)
        following = datetime.datetime.combine(date + datetime.timedelta(1), datetime.time(), zone)
        self.first = midnight.astimezone(datetime.timezone.utc)
        self.length = int((following.astimezone(datetime.timezone.utc) - self.first) / MINUTE)
        self.clocks = [self._clock(minute) for minute in range(self.length)]
        weekday = WEEKDAYS[date.weekday()]
        hours = [window(w) for w in clinic.get("hours", {}).get(weekday, [])]
        hours += [window(o["hours"]) for o in clinic.get("openings", []) if o["day"] == str(date)]
        closed = []
        for closure in clinic.get("closures", []):
            start, end = closure.get("from", closure.get("day")), closure.get("through", closure.get("day"))
            if start <= str(date) <= end:
                closed.append(window(closure["hours"]) if closure.get("hours") else (0, 1440))
        self.opening = without(self.elapsed(hours), self.elapsed(closed))
        self.duty = {p["id"]: self._duty(p) for p in problem.data["staff"]}
        self.service = {c["id"]: self._service(c["id"]) for c in problem.data["chairs"]}
        self.bookings = [b for b in problem.data.get("bookings", []) if b["start"][:10] == str(date)]
        self.visits, self.holds, self.loads = [], {c["id"]: [] for c in problem.data["chairs"]}, {}
        for person in self.duty:
            self.loads[person] = [0] * (self.length + 240)
        for booking in self.bookings:
            self._add(booking)

    def _clock(self, minute):
        local = (self.first + minute * MINUTE).astimezone(self.problem.zone)
        return local.hour * 60 + local.minute

    def _at(self, minutes):
        """The first elapsed minute at which the clock shows at least so much."""
        if minutes >= 1440:
            return self.length
        return next((m for m, shown in enumerate(self.clocks) if shown >= minutes), self.length)

    def elapsed(self, windows):
        """Windows on the clock as elapsed minutes, merged."""
        pairs = [(self._at(a), self._at(b)) for a, b in merged(windows)]
        return merged([(a, b) for a, b in pairs if a < b])

    def _away(self, items, key, value):
        result = []
        for item in items:
            if item[key] == value:
                start, end = (self._minute(item["from"]), self._minute(item["until"]))
                if start < self.length + 240 and end > 0:
                    result.append((start, end))
        return result

    def _minute(self, text):
        moment = datetime.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.problem.zone)
        return int((moment.astimezone(datetime.timezone.utc) - self.first) / MINUTE)

    def _duty(self, person):
        hours, breaks = [], []
        for shift in person.get("shifts", []):
            if WEEKDAYS[self.date.weekday()] not in shift["days"]:
                continue
            if (shift.get("from") or "0") <= str(self.date) <= (shift.get("through") or "9"):
                hours.append(window(shift["hours"]))
                breaks += [window(b) for b in shift.get("breaks", [])]
        away = self._away(self.problem.data.get("timeOff", []), "person", person["id"])
        spans = merged([s for w in hours for s in self.elapsed([w])])
        return without(spans, self.elapsed(breaks) + away)

    def _service(self, chair):
        return without(
            [(0, self.length + 240)], self._away(self.problem.data.get("outOfService", []), "chair", chair))

    def _add(self, booking):
        kind = self.problem.types[booking["visit"]]
        start = self._minute(booking["start"])
        self.visits.append((start, start + kind.length, booking["patient"]))
        self.holds[booking["chair"]].append((start, start + kind.hold))
        for label, person in booking["attendants"].items():
            for offset, minutes, loads, _ in kind.stages:
                for a, b in common(self.duty[person], [(start + offset, start + offset + minutes)]):
                    for minute in range(a, b):
                        self.loads[person][minute] += loads.get(label, 0)
        for cover in booking.get("covers", []):
            for offset, minutes, loads, _ in kind.stages:
                span = (self._minute(cover["from"]), self._minute(cover["until"]))
                for a, b in common([span], [(start + offset, start + offset + minutes)]):
                    for minute in range(a, b):
                        self.loads[cover["person"]][minute] += loads.get(cover["label"], 0)

    def crowding(self, start, end):
        """The most visits in progress at any moment of [start, end)."""
        others = [(a, b) for a, b, _ in self.visits if a < end and start < b]
        moments = [start] + [a for a, _ in others if start <= a < end]
        return max(sum(a <= m < b for a, b in others) for m in moments)

    def idle(self, chair, start, hold):
        """How many useless idle stretches a hold leaves on a chair."""
        stretches = common(self.opening, self.service[chair])
        stretch = next(((a, b) for a, b in stretches if a <= start < b), None)
        if stretch is None:
            return 0
        before = max([stretch[0]] + [b for _, b in self.holds[chair] if b <= start])
        after = min([stretch[1]] + [a for a, _ in self.holds[chair] if a >= start + hold])
        shortest = self.problem.shortest
        gaps = [start - before, max(0, after - start - hold)]
        return sum(0 < gap < shortest for gap in gaps)

    def workload(self, person):
        """Whole hours of load."""
        return sum(self.loads[person]) // 6000


class Kind:
    """A visit type."""

    def __init__(self, data):
        self.data = data
        self.id = data["id"]
        self.features = set(data.get("chair", []))
        self.stages, offset = [], 0
        for stage in data["stages"]:
            self.stages.append((offset, stage["minutes"], stage["load"], stage.get("handover", False)))
            offset += stage["minutes"]
        self.length = offset
        self.hold = offset + data.get("turnoverMinutes", 0)
        self.labels = [a for a in data["attendants"] if not a.get("presence", False)]
        self.presences = [a for a in data["attendants"] if a.get("presence", False)]
        self.continuity = next((i for i, a in enumerate(self.labels) if a.get("continuity", False)), None)


def half_hours(minutes):
    """The units of rhythm: half hours begun, four at most."""
    return min(4, (abs(minutes) + 29) // 30)


class Visit:
    """A visit to be placed."""

    def __init__(self, number, phase, kind, ideal, least, most, opens):
        self.number, self.phase, self.kind = number, phase, kind
        self.ideal, self.least, self.most, self.opens = ideal, least, most, opens
        self.rhythm = phase.get("rhythm", True)


class Candidate:
    """A place of a visit: all that docs/contract/planning.md section 3 asks of one visit by itself holds."""

    __slots__ = ("day", "start", "persons", "covers", "clock", "preference", "crowding", "workload", "chairs")

    def __init__(self, day, start, persons, covers):
        self.day, self.start, self.persons, self.covers = day, start, persons, covers


class Problem:
    """A problem file."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.data = json.load(file)
        data = self.data
        self.zone = zoneinfo.ZoneInfo(data["clinic"]["timeZone"])
        self.types = {t["id"]: Kind(t) for t in data["visitTypes"]}
        self.regimens = {r["id"]: r for r in data["regimens"]}
        self.staff = {p["id"]: p for p in data["staff"]}
        self.order = [p["id"] for p in data["staff"]]
        self.chairs = {c["id"]: set(c.get("features", [])) for c in data["chairs"]}
        self.shortest = min(k.hold for k in self.types.values())
        weights = {"start": 5, "gap": 10, "preference": 8, "rhythm": 2, "continuity": 3, "crowding": 1, "idle": 2}
        weights["workload"] = 1
        planning = data.get("planning", {})
        self.weights = weights | planning.get("weights", {})
        self.horizon = planning.get("horizonDays", 182)
        self.lead = planning.get("leadTimeMinutes", 60)
        self.start_within = planning.get("startWithinDays", 14)
        grid = data["clinic"].get("gridMinutes", 5)
        default = next(n for n in range(15, 61) if 60 % n == 0 and n % grid == 0)
        self.every = data["clinic"].get("startEveryMinutes", default)
        now = datetime.datetime.fromisoformat(data["now"])
        if now.tzinfo is None:
            now = now.replace(tzinfo=self.zone)
        self.now = now.astimezone(datetime.timezone.utc)
        self.today = now.astimezone(self.zone).date()
        self.days = {}

    def extra_features(self, course, kind):
        """The course's features, where some chair has them beside what the kind of visit asks."""
        extra = set(course.get("features", []))
        return extra if any(f >= kind.features | extra for f in self.chairs.values()) else set()

    def day(self, date):
        """A day's tables, made when first asked for."""
        if date not in self.days:
            self.days[date] = Day(self, date)
        return self.days[date]

    def visits(self, course):
        """The visits of a course that are planned, in order."""
        nominal = datetime.date.fromisoformat(course["earliest"])
        result = []
        for phase in self.regimens[course["regimen"]]["phases"]:
            count = phase.get("count")
            count = count["max"] if isinstance(count, dict) else count
            latest = self.today + datetime.timedelta(self.horizon)
            if course.get("endDay"):
                latest = min(latest, datetime.date.fromisoformat(course["endDay"]))
            index = 0
            while count is None or index < count:
                ideal, least, most = self.gap(phase, index)
                following = nominal + datetime.timedelta(ideal) if result else nominal
                if count is None:
                    if index == 0 and "endsAfterDays" in phase:
                        latest = min(latest, following + datetime.timedelta(phase["endsAfterDays"]))
                    if following > latest:
                        break
                nominal = following
                kind = self.types[phase["visit"]]
                result.append(Visit(len(result) + 1, phase, kind, ideal, least, most, index == 0))
                index += 1
        return result

    @staticmethod
    def gap(phase, index):
        """The ideal gap before a phase's visit, the least and the most."""
        if index == 0 and phase.get("firstGap"):
            first = phase["firstGap"]
            return first["ideal"], first["min"], first["max"]
        gaps = phase.get("gaps") or [1]
        ideal = gaps[max(0, index - 1) % len(gaps)]
        tolerance = phase.get("tolerance", {})
        return ideal, max(1, ideal - tolerance.get("before", 0)), ideal + tolerance.get("after", 0)

    def qualified(self, person, label, date):
        """Whether a person may fill a label on a day."""
        data = self.staff[person]
        if label["role"] not in data["roles"]:
            return False
        for wanted in label.get("credentials", []):
            ends = [c.get("until") or "9" for c in data.get("credentials", []) if c["name"] == wanted]
            if not ends or max(ends) < str(date):
                return False
        return True

    def reach(self, course, visits):
        """For each visit the days from the course's earliest day that gaps and windows let it have."""
        within = course.get("startWithinDays", self.start_within)
        days = [set(range(within + 1))]
        opening = days[0]
        for visit in visits[1:]:
            reached = {d + g for d in days[-1] for g in range(visit.least, visit.most + 1)}
            if visit.opens:
                opening = reached
            elif visit.phase.get("withinDays") is not None:
                reached = {d for d in reached if d <= max(opening) + visit.phase["withinDays"]}
            days.append(reached)
        return days

    def candidates(self, course, visit, date, all_covers=False):
        """The places of a visit on a day; with every choice of covers, or with those that the rules determine."""
        day = self.day(date)
        if str(date) in course.get("blackoutDays", []) or course.get("endDay", "9") < str(date):
            return
        if any(patient == course["patient"] for _, _, patient in day.visits):
            return
        kind = visit.kind
        available = [window(w["hours"]) for w in course.get("availability", []) if WEEKDAYS[date.weekday()] in w["days"]]
        available = day.elapsed(available)
        wished = [window(w["hours"]) for w in course.get("preferred", []) if WEEKDAYS[date.weekday()] in w["days"]]
        wished = day.elapsed(wished)
        for start in range(day.length):
            end = start + kind.length
            if day.clocks[start] % self.every or not inside(day.opening, start, end):
                continue
            if course.get("availability") and not inside(available, start, end):
                continue
            if day.first + start * MINUTE < self.now + self.lead * MINUTE or not self.attended(kind, day, start):
                continue
            chairs = [
                c for c, features in self.chairs.items()
                if features >= kind.features | self.extra_features(course, kind)
                and inside(day.service[c], start, start + kind.hold)
                and not any(a < start + kind.hold and start < b for a, b in day.holds[c])]
            if not chairs:
                continue
            for persons in self.tuples(kind, day, start):
                for covers in self.covers(kind, day, start, persons, all_covers):
                    candidate = Candidate(date, start, persons, covers)
                    candidate.clock = day.clocks[start]
                    candidate.chairs = chairs
                    candidate.preference = int(bool(course.get("preferred")) and not inside(wished, start, end))
                    yield candidate

    def attended(self, kind, day, start):
        """Whether someone fills each presence label at every moment."""
        for label in kind.presences:
            spans = [s for p in self.order if self.qualified(p, label, day.date) for s in day.duty[p]]
            spans = merged(spans)
            for offset, minutes, loads, _ in kind.stages:
                if label["label"] in loads and not inside(spans, start + offset, start + offset + minutes):
                    return False
        return True

    def tuples(self, kind, day, start):
        """Who could fill the labels, absences left to covers."""
        options = []
        for label in kind.labels:
            able = []
            for person in self.order:
                if self.qualified(person, label, day.date) and self.absences(kind, label, day, start, person) is not None:
                    able.append(person)
            options.append(able)
        for persons in itertools.product(*options):
            if self.fits(kind, day, start, persons, []):
                yield persons

    def absences(self, kind, label, day, start, person):
        """When a label's person is away in handover stages, with the load; nil where they must be there and are not."""
        result, is_first = [], True
        for offset, minutes, loads, handover in kind.stages:
            if label["label"] not in loads:
                continue
            span = (start + offset, start + offset + minutes)
            away = without([span], day.duty[person])
            if away and (not handover or (is_first and away[0][0] == span[0])):
                return None
            result += [(a, b, loads[label["label"]]) for a, b in away]
            is_first = False
        return result

    def pieces(self, kind, day, start, persons, covers):
        """The loads that a visit asks of people: person, from, until, load."""
        result = []
        for label, person in zip(kind.labels, persons):
            for offset, minutes, loads, _ in kind.stages:
                if label["label"] in loads:
                    span = [(start + offset, start + offset + minutes)]
                    result += [(person, a, b, loads[label["label"]]) for a, b in common(day.duty[person], span)]
        return result + [(person, a, b, load) for _, person, a, b, load in covers]

    def fits(self, kind, day, start, persons, covers):
        """Whether everybody's loads stay within capacity at every minute."""
        pieces = self.pieces(kind, day, start, persons, covers)
        for person in {piece[0] for piece in pieces}:
            capacity = self.staff[person].get("capacityPercent", 100)
            own = [piece[1:] for piece in pieces if piece[0] == person]
            moments = sorted({a for a, _, _ in own} | {b for _, b, _ in own})
            for low, high in itertools.pairwise(moments):
                load = sum(l for a, b, l in own if a <= low < b)
                if any(a <= low < b for a, b, _ in own) and max(day.loads[person][low:high]) + load > capacity:
                    return False
        return True

    def covers(self, kind, day, start, persons, all_covers):
        """The covers of a visit's absences: those that are determined, or every choice; none where one is missing."""
        open_absences = []
        for label, person in zip(kind.labels, persons):
            for a, b, load in self.absences(kind, label, day, start, person):
                open_absences.append((label, person, a, b, load))
        found = [[]]
        for label, person, a, b, load in open_absences:
            longer = []
            for covers in found:
                for other in self.order:
                    if other == person or not self.qualified(other, label, day.date) or not inside(day.duty[other], a, b):
                        continue
                    more = covers + [(label["label"], other, a, b, load)]
                    if self.fits(kind, day, start, persons, more):
                        longer.append(more)
                        if not all_covers:
                            break
            found = longer
        return found


def usual_candidates(problem):
    """The half hours of the clock worth trying."""
    windows = [window(w) for ws in problem.data["clinic"].get("hours", {}).values() for w in ws]
    windows += [window(o["hours"]) for o in problem.data["clinic"].get("openings", [])]
    near = [h for h in range(0, 1440, 30) if any(a - 30 <= h < b + 30 for a, b in windows)]
    far = [h for h in range(0, 1440, 30) if h not in near][:1]
    return sorted(near + far)
