#!/usr/bin/env python3
"""A start with a million visits in the database: how long until the daemon answers, and what it keeps in memory.

    start.py FOLDER [--visits 1000000]

FOLDER holds a release build. A hospital with 2,400 running courses of 26 weekly visits, 62,400 visits ahead, 480 a
weekday, is imported as an export file; years of courses that are over are then laid beside them in the database itself,
rows such as the daemon writes. The start after a clean stop is measured, and one after the power was cut, which checks
the file first.
"""

import argparse
import datetime
import json
import pathlib
import signal
import sqlite3
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "EndToEndTests" / "scripts"))
from hospital_day import WEEKDAYS, Clinic  # noqa: E402

FIRST_DAY = datetime.date(2026, 3, 9)
WEEKS = 26
HOURS = [8, 10, 12, 14, 16]


def regular(configuration):
    """The hospital with a nurse for every chair, so that every chair can be booked at the same hours."""
    for person in configuration["staff"]:
        person["shifts"] = [{"days": WEEKDAYS, "hours": "08:00-18:00"}]
    nurse = configuration["staff"][0]
    configuration["staff"] += [{**nurse, "id": f"rn-{number}"} for number in range(141, 201)]
    configuration["regimens"][0]["phases"][0]["count"] = WEEKS
    return configuration


def export(template):
    """A clinic whose courses come to the same chair at the same hour every week."""
    chairs = 96
    places = [(day, chair, hour) for day in range(5) for chair in range(1, chairs + 1) for hour in HOURS]
    for number, (day, chair, hour) in enumerate(places, 1):
        yield "patients", {"id": f"p{number}", "recordNumber": f"MRN-{number}"}
    for number, (day, chair, hour) in enumerate(places, 1):
        asked = {
            "id": f"c{number}", "patient": f"p{number}", "regimen": "weekly",
            "earliest": str(FIRST_DAY + datetime.timedelta(day)), "startWithinDays": 14, "alternatives": 0}
        yield "courses", {
            "id": f"c{number}", "template": template, "status": "active", "bookedAt": "2026-03-02T08:00:00-05:00",
            "keptTime": f"{hour:02}:00", "asked": asked}
    terms = dict.fromkeys(
        ["start", "gap", "preference", "rhythm", "continuity", "crowding", "idle", "workload"], 0)
    for number, (day, chair, hour) in enumerate(places, 1):
        for week in range(WEEKS):
            date = FIRST_DAY + datetime.timedelta(day + 7 * week)
            yield "visits", {
                "id": f"v{(number - 1) * WEEKS + week + 1}", "course": f"c{number}", "number": week + 1,
                "phase": "weekly", "visit": "infusion", "status": "tentative", "start": f"{date}T{hour:02}:00",
                "end": f"{date}T{hour + 1:02}:35", "chair": f"chair-{chair}", "attendants": {"nurse": f"rn-{chair}"},
                "overrides": None, "terms": terms}


def filled(sample):
    """The hospital's export: that of a clinic with one course, with all of its patients, courses and visits."""
    whole = json.loads(sample)
    parts = {"patients": [], "courses": [], "visits": []}
    for part, value in export(whole["templates"][0]["id"]):
        parts[part].append(json.dumps(value, separators=(",", ":")))
    text = json.dumps({**whole, **{part: [] for part in parts}})
    for part, values in parts.items():
        text = text.replace(f'"{part}": []', f'"{part}": [\n' + ",\n".join(values) + "\n]")
    return text


def lay_history(path, visits):
    """Lays courses that are over beside those that run: copies of them, years back, until there are so many visits."""
    database = sqlite3.connect(path)
    database.execute("pragma foreign_keys = off")
    there = database.execute("select count(*) from visit").fetchone()[0]
    weeks = WEEKS
    copy = 0
    while there < visits:
        copy += 1
        mark, minutes, days = f"h{copy}-", weeks * copy * 7 * 1440, f"-{weeks * copy * 7} days"
        for statement in history(database):
            database.execute(statement, {"mark": mark, "minutes": minutes, "days": days})
        there = database.execute("select count(*) from visit").fetchone()[0]
    database.commit()
    events = database.execute("select count(*) from event").fetchone()[0]
    database.execute("vacuum")
    database.close()
    return there, events


def history(database):
    """Statements that copy the running courses, their visits and bookings to an earlier half year, as completed."""

    def columns(table, **changes):
        names = [row[1] for row in database.execute(f"pragma table_info({table})")]
        return names, ", ".join(changes.get(name, f'"{name}"') for name in names)

    moved = {name: f"{name} - :minutes" for name in ("minute", "until")}
    day = "date(day, :days)"
    local = {
        name: f"date(substr({name}, 1, 10), :days) || substr({name}, 11)" for name in ("start_local", "until_local")}
    sources = [
        ("course", "id not like 'h%'", {"id": ":mark || id", "status": "'completed'"}),
        ("visit", "id not like 'h%'",
         {"id": ":mark || id", "course": ":mark || course", "status": "'completed'", "status_detail": "'full'",
          "day": day, "start": "date(substr(start, 1, 10), :days) || substr(start, 11)", **moved}),
        ("chair_booking", "visit not like 'h%'",
         {"visit": ":mark || visit", "start": "start - :minutes", "day": day, **moved, **local}),
        ("staff_booking", "visit not like 'h%'",
         {"visit": ":mark || visit", "start": "start - :minutes", "day": day, **moved, **local}),
    ]
    for table, where, changes in sources:
        names, values = columns(table, **changes)
        listed = ", ".join(f'"{name}"' for name in names)
        yield f"insert into {table} ({listed}) select {values} from {table} where {where}"


def started(clinic):
    """Seconds until the daemon answers, and MiB of its own that it then holds."""
    begun = time.perf_counter()
    clinic.start()
    clinic.run("status")
    seconds = time.perf_counter() - begun
    status = pathlib.Path(f"/proc/{clinic.daemon.pid}/status").read_text()
    own = int(status.split("RssAnon:")[1].split()[0])
    return seconds, own / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("--visits", type=int, default=1_000_000)
    options = parser.parse_args()
    programs = options.programs.resolve()
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        sample = Clinic(programs, pathlib.Path(first), change=regular)
        sample.run("patient", "add", "MRN-1")
        sample.run("course", "book", "p1", "weekly", "--earliest", str(FIRST_DAY))
        text = sample.run("export")[0]
        sample.stop()
        clinic = Clinic(programs, pathlib.Path(second), change=regular)
        try:
            measure(clinic, filled(text), options.visits)
        finally:
            clinic.stop()


def measure(clinic, text, visits):
    file = clinic.folder / "hospital.json"
    file.write_text(text)
    taken = clinic.run("import", str(file), "--timeout", "900")[1]
    print(f"{len(text) >> 20} MiB of export imported in {taken:.1f} s", flush=True)
    clinic.stop()
    begun = time.perf_counter()
    there, events = lay_history(clinic.folder / "clinic.sqlite", visits)
    size = (clinic.folder / "clinic.sqlite").stat().st_size >> 20
    print(f"{there} visits, {events} events, {size} MiB, laid in {time.perf_counter() - begun:.0f} s", flush=True)
    for _ in range(3):
        seconds, own = started(clinic)
        print(f"after a clean stop: ready in {seconds:.2f} s, {own:.0f} MiB of its own", flush=True)
        clinic.stop()
    clinic.start()
    clinic.daemon.send_signal(signal.SIGKILL)
    clinic.daemon.wait()
    seconds, own = started(clinic)
    print(f"after a power cut: ready in {seconds:.2f} s, {own:.0f} MiB of its own")


if __name__ == "__main__":
    main()
