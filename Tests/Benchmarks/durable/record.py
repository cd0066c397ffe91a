#!/usr/bin/env python3
"""The record read again: how long the daemon takes to read thousands of events from their payloads.

    record.py FOLDER [--events 10000]

FOLDER holds a release build. A hospital books courses of six weekly visits, and pins and unpins the first visit of each,
so that a third of the events is of booked courses, and the rest of changes with their images. `infusionctl verify` then reads every event, applies it, makes the tables anew and compares them row
by row; the start reads the tables alone.
"""

import argparse
import datetime
import json
import pathlib
import socket
import sqlite3
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "EndToEndTests" / "scripts"))
from hospital_day import Clinic  # noqa: E402
from start import started  # noqa: E402

FIRST_DAY = datetime.date(2026, 3, 9)


class Connection:
    """A connection to the daemon, over which one call after another is made."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))

    def call(self, method, **parameters):
        message = {"method": f"io.infusiond.Clinic.{method}", "parameters": parameters}
        self.socket.sendall(json.dumps(message).encode() + b"\0")
        answer = b""
        while not answer.endswith(b"\0"):
            part = self.socket.recv(1 << 16)
            if not part:
                sys.exit(f"{method}: the daemon hung up")
            answer += part
        reply = json.loads(answer[:-1])
        if "error" in reply:
            sys.exit(f"{method}: {reply}")
        return reply["parameters"]


def fill(clinic, events):
    """A third of the events of each: a course booked, its first visit pinned, and unpinned."""
    courses = -(-events // 3)
    rows = "".join(f"MRN-{number}\n" for number in range(1, courses + 1))
    clinic.run("patient", "import", "-", text="record number\n" + rows)
    connection = Connection(clinic.folder / "socket")
    for number in range(1, courses + 1):
        # 480 a weekday, as many as the hospital has room for.
        week, day = divmod((number - 1) // 480, 5)
        course = {
            "patient": f"p{number}", "regimen": "weekly", "startWithinDays": 0,
            "earliest": str(FIRST_DAY + datetime.timedelta(days=49 * week + day)), "usual": f"{8 + number % 9:02}:00"}
        first = connection.call("BookCourse", course=course)["visits"][0]["id"]
        for pinned in (True, False):
            connection.call("PinVisit", visit=first, pinned=pinned)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("--events", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clinic = Clinic(options.programs.resolve(), pathlib.Path(folder))
        try:
            fill(clinic, options.events)
            database = sqlite3.connect(clinic.folder / "clinic.sqlite")
            events, size = database.execute("select count(*), sum(length(payload)) from event").fetchone()
            database.close()
            print(f"{events} events, {size / 1e6:.1f} MB of payloads", flush=True)
            for _ in range(3):
                print(f"verified in {clinic.run('verify', '--timeout', '600')[1]:.2f} s", flush=True)
            clinic.stop()
            for _ in range(3):
                print(f"after a clean stop: ready in {started(clinic)[0]:.2f} s", flush=True)
                clinic.stop()
        finally:
            clinic.stop()


if __name__ == "__main__":
    main()
