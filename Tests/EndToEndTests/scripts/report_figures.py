#!/usr/bin/env python3
"""report_figures.py BINARIES: counts a month's figures again from what `infusionctl export` writes, by the definitions
of `infusionctl report --explain` and nothing of the program's own code, and compares them with `report month`,
`report utilisation` hour by hour, and `report adherence`."""
import csv
import datetime
import io
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = os.path.join(HERE, "..", "Files")
TODAY = datetime.date(2026, 3, 2)
FIRST, LAST = datetime.date(2026, 2, 1), datetime.date(2026, 2, 28)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def minute(clock):
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def stretch(hours):
    begin, end = hours.split("-")
    return minute(begin), minute(end)


def day(text):
    return datetime.date.fromisoformat(text[:10])


def lower_median(values):
    return sorted(values)[(len(values) - 1) // 2] if values else None


def overlap(one, other):
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


class Clinic:
    """What an export file says."""

    def __init__(self, export):
        self.visits, self.courses = export["visits"], {course["id"]: course for course in export["courses"]}
        self.templates = {template["id"]: template for template in export["templates"]}
        self.configuration = export["configuration"]
        self.time_off = export.get("timeOff", [])

    def visit_type(self, visit):
        template = self.templates[self.courses[visit["course"]]["template"]]
        return next(known for known in template["visitTypes"] if known["id"] == visit["visit"])

    def hold(self, visit):
        """Minutes for which a visit holds its chair: its stages and the turnover."""
        known = self.visit_type(visit)
        return sum(stage["minutes"] for stage in known["stages"]) + known.get("turnoverMinutes", 0)

    def open_hours(self, date):
        clinic = self.configuration["clinic"]
        if any(closure.get("day") == date.isoformat() for closure in clinic.get("closures", [])):
            return []
        return [stretch(hours) for hours in clinic["hours"].get(WEEKDAYS[date.weekday()], [])]

    def days(self):
        return [FIRST + datetime.timedelta(days=count) for count in range((LAST - FIRST).days + 1)]

    # Month

    def month(self):
        own = [visit for visit in self.visits if FIRST <= day(visit["start"]) <= LAST]
        figures = {}

        def add(figure, of="", reason="", value=1):
            figures[(figure, of, reason)] = figures.get((figure, of, reason), 0) + value

        for figure in ["visits_given", "visits_given_in_part", "visits_open", "visits_lost"]:
            add(figure, value=0)
        for visit in own:
            if visit["status"] == "completed":
                add("visits_given")
                add("visits_given_in_part", value=int(visit["given"] == "partial"))
            elif visit["status"] in ("tentative", "confirmed", "arrived", "inProgress"):
                add("visits_open")
            else:
                kind, reason = self.loss(visit)
                add("visits_lost")
                add("visits_lost", kind, reason)
                add("chair_minutes_lost", kind, reason, self.hold(visit))
        self.add_first_visits(add)
        self.add_forms(add)
        self.add_use(add)
        return figures

    @staticmethod
    def loss(visit):
        if visit["status"] == "cancelled":
            return visit["notice"] + "Cancellation", visit["reason"]
        return visit["status"], visit.get("obstacle", "")

    def add_first_visits(self, add):
        waits = []
        for course in self.courses.values():
            given = [day(visit["start"]) for visit in self.visits
                     if visit["course"] == course["id"] and visit["status"] == "completed"]
            if not given or "adopted" in course or not FIRST <= min(given) <= LAST:
                continue
            since = course["asked"].get("referred") or course["bookedAt"]
            waits.append(max(0, (min(given) - day(since)).days))
        add("first_visits", value=len(waits))
        if waits:
            add("median_days_to_first_visit", value=lower_median(waits))
            add("longest_days_to_first_visit", value=max(waits))

    def add_forms(self, add):
        """Forms that fall due in the month. What came done with a file was done before all else."""
        for visit in self.visits:
            if visit["status"] != "completed":
                continue
            for task in self.visit_type(visit).get("tasks", []):
                due = day(visit["start"]) + datetime.timedelta(days=task["dueDays"])
                if not FIRST <= due <= LAST:
                    continue
                done = f"{visit['id']}/{task['name']}" in self.courses[visit["course"]].get("doneTasks", [])
                standing = "on_time" if done else "missing" if TODAY > due else "open"
                for name in ["on_time", "late", "missing", "open"]:
                    add("forms_" + name, task["name"], value=int(name == standing))
                add("forms_due", task["name"])

    def add_use(self, add):
        used = available = 0
        for date in self.days():
            opening = self.open_hours(date)
            available += len(self.configuration["chairs"]) * sum(end - begin for begin, end in opening)
            for visit in self.visits:
                if day(visit["start"]) != date or visit["status"] in ("cancelled", "noShow", "notTreated", "omitted"):
                    continue
                begin = minute(visit["start"][11:])
                used += sum(overlap((begin, begin + self.hold(visit)), hours) for hours in opening)
        add("chair_minutes_used", value=used)
        add("chair_minutes_available", value=available)
        for role in ["nurse", "provider"]:
            percent = self.load(role)
            add("load_percent", role, value=percent)

    def load(self, role):
        """Load times minutes of a role's labels, of capacity times minutes on duty; half is rounded up."""
        carried = can = 0
        for date in self.days():
            for person in self.configuration["staff"]:
                if role in person["roles"]:
                    can += person.get("capacityPercent", 100) * self.minutes_on_duty(person, date)
            for visit in self.visits:
                if day(visit["start"]) != date or visit["status"] in ("cancelled", "noShow", "notTreated", "omitted"):
                    continue
                known = self.visit_type(visit)
                labels = [one["label"] for one in known["attendants"] if one["role"] == role]
                carried += sum(stage["minutes"] * stage["load"].get(label, 0)
                               for stage in known["stages"] for label in labels)
        return (200 * carried + can) // (2 * can)

    def minutes_on_duty(self, person, date):
        return len(self.duty(person, date))

    def duty(self, person, date):
        """The minutes of the clock at which a person is on duty."""
        on_duty = set()
        for shift in person["shifts"]:
            if WEEKDAYS[date.weekday()] not in shift["days"]:
                continue
            taken = [stretch(hours) for hours in shift.get("breaks", [])]
            for away in self.time_off:
                if away["person"] == person["id"] and day(away["from"]) <= date < day(away["until"]):
                    taken = [(0, 1440)]
            on_duty |= set(range(*stretch(shift["hours"]))) - {at for one in taken for at in range(*one)}
        return on_duty

    # Utilisation, minute by minute

    def utilisation(self):
        """Used and available minutes of chairs and roles, by hour of the week and in all, and visits of each."""
        used, available, visits = {}, {}, {}

        def add(to, of, name, date, at, value):
            for key in [(of, name, "", ""), (of, name, WEEKDAYS[date.weekday()], at // 60)]:
                to[key] = to.get(key, 0) + value

        chairs = [chair["id"] for chair in self.configuration["chairs"]]
        for date in self.days():
            opening = {at for hours in self.open_hours(date) for at in range(*hours)}
            for chair in chairs:
                for at in opening:
                    add(available, "chairs", "", date, at, 1)
                    available[("chair", chair)] = available.get(("chair", chair), 0) + 1
            for person in self.configuration["staff"]:
                capacity = person.get("capacityPercent", 100)
                for at in self.duty(person, date):
                    available[("person", person["id"])] = available.get(("person", person["id"]), 0) + capacity
                    for role in person["roles"]:
                        add(available, "role", role, date, at, capacity)
            for visit in self.visits:
                if day(visit["start"]) != date or visit["status"] in ("cancelled", "noShow", "notTreated", "omitted"):
                    continue
                self.add_visit(visit, date, opening, used, visits, add)
        return used, available, visits

    def add_visit(self, visit, date, opening, used, visits, add):
        begin, known = minute(visit["start"][11:]), self.visit_type(visit)
        for at in set(range(begin, begin + self.hold(visit))) & opening:
            add(used, "chairs", "", date, at, 1)
            used[("chair", visit["chair"])] = used.get(("chair", visit["chair"]), 0) + 1
        visits[("chair", visit["chair"])] = visits.get(("chair", visit["chair"]), 0) + 1
        for person in set(visit["attendants"].values()):
            visits[("person", person)] = visits.get(("person", person), 0) + 1
        for stage in known["stages"]:
            for asked in known["attendants"]:
                load, person = stage["load"].get(asked["label"], 0), visit["attendants"].get(asked["label"])
                if person is None:
                    continue
                for at in range(begin, begin + stage["minutes"]):
                    add(used, "role", asked["role"], date, at, load)
                    used[("person", person)] = used.get(("person", person), 0) + load
            begin += stage["minutes"]

    def use_rows(self):
        """The rows of `report utilisation --csv`, by what they are about."""
        used, available, visits = self.utilisation()
        rows = {}
        for key in set(used) | set(available):
            whole, part = available.get(key, 0), used.get(key, 0)
            percent = (200 * part + whole) // (2 * whole) if whole else None
            if key[0] in ("role", "person"):
                part, whole = (part + 50) // 100, (whole + 50) // 100
            of, name, weekday, hour = (*key, "", "")[:4]
            count = visits.get(key, 0) if len(key) == 2 else None
            rows[(of, name, weekday, str(hour))] = (count, part, whole, percent)
        return rows

    # Adherence

    def adherence(self):
        counts = {}
        for course in self.courses.values():
            template = self.templates[course["template"]]
            own = [visit for visit in self.visits if visit["course"] == course["id"]]
            for phase in template["regimen"]["phases"]:
                if phase.get("withinDays") is None:
                    continue
                outcome = self.outcome(course, phase, own)
                if outcome is None:
                    continue
                key = (template["regimen"]["id"], phase["name"])
                counts.setdefault(key, {"days": []})
                counts[key][outcome[0]] = counts[key].get(outcome[0], 0) + 1
                if outcome[1] is not None:
                    counts[key]["days"].append(outcome[1])
        return counts

    @staticmethod
    def outcome(course, phase, visits):
        own = [visit for visit in visits if visit["phase"] == phase["name"]]
        given = sorted(day(visit["start"]) for visit in own if visit["status"] == "completed")
        if not given:
            return None
        lasted = (given[-1] - given[0]).days
        if len(given) >= phase["count"]:
            return ("in_window" if lasted <= phase["withinDays"] else "late"), lasted
        ahead = [day(visit["start"]) for visit in own
                 if visit["status"] in ("tentative", "confirmed", "arrived", "inProgress")]
        goes_on = any(visit["phase"] != phase["name"] and visit["status"] == "completed"
                      and day(visit["start"]) > given[-1] for visit in visits)
        if course["status"] in ("ceased", "completed") or goes_on and not ahead:
            return "ceased", None
        end = given[0] + datetime.timedelta(days=phase["withinDays"])
        return ("slipping" if TODAY > end or ahead and max(ahead) > end else "running"), None


class Daemon:
    """infusiond on a simulated clock, in a folder of its own."""

    def __init__(self, binaries, folder):
        self.tool = os.path.join(binaries, "infusionctl")
        self.environment = dict(os.environ, INFUSIOND_SOCKET=os.path.join(folder, "socket"), LC_ALL="C.UTF-8")
        self.process = subprocess.Popen(
            [os.path.join(binaries, "infusiond"), "--config", os.path.join(FILES, "clinic.json"), "--socket",
             os.path.join(folder, "socket"), "--database", os.path.join(folder, "clinic.sqlite"), "--simulate-from",
             f"{TODAY}T07:00:00-05:00"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 120
        while self.call("status").returncode != 0:
            if self.process.poll() is not None or time.monotonic() > until:
                sys.exit("the daemon does not answer")
            time.sleep(0.05)

    def call(self, *arguments):
        return subprocess.run(
            [self.tool, *arguments], env=self.environment, capture_output=True, text=True, check=False)

    def read(self, *arguments):
        result = self.call(*arguments)
        if result.returncode != 0:
            sys.exit(f"infusionctl {' '.join(arguments)}: {result.stderr}")
        return result.stdout

    def end(self):
        self.process.terminate()
        self.process.wait(60)


def differences(recounted, reported, name):
    found = []
    for key in sorted(set(recounted) | set(reported), key=str):
        if recounted.get(key) != reported.get(key):
            found.append(f"{name} {key}: the report has {reported.get(key)}, counted are {recounted.get(key)}")
    return found


def main():
    binaries = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        daemon = Daemon(binaries, folder)
        try:
            daemon.read("import", os.path.join(FILES, "month.json"))
            clinic = Clinic(json.loads(daemon.read("export")))
            month = {(row["figure"], row["of"], row["reason"]): int(row["value"])
                     for row in csv.DictReader(io.StringIO(daemon.read("report", "month", "2026-02", "--csv")))}
            found = differences(clinic.month(), month, "month")
            use = {}
            for row in csv.DictReader(io.StringIO(daemon.read(
                    "report", "utilisation", "--from", str(FIRST), "--through", str(LAST), "--csv"))):
                use[(row["of"], row["id"], row["weekday"], row["hour"])] = tuple(
                    int(row[name]) if row[name] else None
                    for name in ["visits", "used_minutes", "available_minutes", "percent"])
            found += differences(clinic.use_rows(), use, "utilisation")
            adherence = clinic.adherence()
            rows = list(csv.DictReader(io.StringIO(
                daemon.read("report", "adherence", "--from", "2026-01-01", "--through", "2026-03-01", "--csv"))))
            for row in rows:
                own = adherence.pop((row["regimen"], row["phase"]))
                median = lower_median(own.pop("days"))
                asked = {name: int(row[name]) for name in ["in_window", "late", "running", "slipping", "ceased"]}
                own = {name: own.get(name, 0) for name in asked} | {"begun": sum(own.values()), "median": median}
                asked |= {"begun": int(row["begun"]), "median": int(row["median_days"])}
                found += differences(own, asked, f"adherence {row['regimen']} {row['phase']}")
            found += [f"adherence {key}: is not reported" for key in adherence]
            hours = [key for key in use if key[3] != "" and use[key][1] > 0]
            if len(month) < 20 or len(hours) < 24 or not rows:
                found.append(f"too little is reported: {len(month)} figures of a month, {len(hours)} hours in use, "
                             f"{len(rows)} of adherence")
        finally:
            daemon.end()
    print("\n".join(found) if found else
          f"{len(month)} figures of a month, {len(use)} of use and {len(rows)} phases are as counted")
    sys.exit(1 if found else 0)


main()
