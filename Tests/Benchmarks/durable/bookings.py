#!/usr/bin/env python3
"""Durable bookings: infusiond against PostgreSQL 15 with exclusion constraints, on this machine.

    bookings.py FOLDER [--hospital] [--count 500] [--clients 1 64]

FOLDER holds a release build of infusiond. A clinic of 12 chairs, 8 nurses and 3 providers, or a hospital of 200 chairs,
takes courses of one visit over half a year: each booking is planned, checked, recorded with its event, and synced before it is answered. PostgreSQL is then handed the very rows that came
of them, a transaction a booking, as one call of a function that finds them in a table in memory: it plans nothing, and
no text is parsed. Its chairs are kept by an exclusion constraint; what its staff can carry it does not check. Both sync
each commit to the same disk, with their usual settings. As root PostgreSQL runs as the user postgres.
"""

import argparse
import datetime
import json
import os
import pathlib
import select
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "EndToEndTests" / "scripts"))
from hospital_day import Clinic  # noqa: E402

import postgres  # noqa: E402

FIRST_DAY = datetime.date(2026, 3, 3)


def clinic_of(configuration):
    """A clinic of 12 chairs, with a regimen of one visit."""
    nurses = [person for person in configuration["staff"] if person["roles"] == ["nurse"]]
    providers = [person for person in configuration["staff"] if person["roles"] == ["provider"]]
    configuration["chairs"] = configuration["chairs"][:12]
    configuration["staff"] = nurses[:8] + providers[:3]
    return single(configuration)


def single(configuration):
    """The hospital, with a regimen of one visit."""
    configuration["regimens"] = [
        {"id": "single", "phases": [{"name": "single", "visit": "infusion", "count": 1, "confirm": "booking"}]}]
    return configuration


def call(number):
    """The message that books a course for a patient, spread over the weekdays of half a year and the hours of a day."""
    week, weekday = divmod(number % 120, 5)
    day = FIRST_DAY + datetime.timedelta(days=7 * week + (weekday - FIRST_DAY.weekday()) % 7)
    course = {
        "patient": f"p{number}", "regimen": "single", "earliest": str(day), "startWithinDays": 0,
        "usual": f"{8 + number % 9:02}:00",
    }
    message = {
        "method": "io.infusiond.Clinic.BookCourse", "parameters": {"course": course, "request": f"b{number}"}}
    return json.dumps(message).encode() + b"\0"


def book(path, first, count, clients):
    """Books courses by so many clients, each waiting for its answer.

    Returns the seconds that it took, and each answer's, ascending.
    """
    waiting = select.epoll()
    connections, begun, taken = {}, {}, []
    numbers = iter(range(first, first + count))
    left = count

    def send(connection):
        number = next(numbers, None)
        if number is not None:
            begun[connection] = time.perf_counter()
            connection.sendall(call(number))

    for _ in range(clients):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(path))
        waiting.register(connection, select.EPOLLIN)
        connections[connection.fileno()] = (connection, bytearray())
    start = time.perf_counter()
    for connection, _ in connections.values():
        send(connection)
    while left:
        for descriptor, _ in waiting.poll():
            connection, heard = connections[descriptor]
            heard += connection.recv(1 << 16)
            if heard[-1:] != b"\0":
                continue
            if b'"error"' in heard:
                sys.exit(f"refused: {heard[:500]!r}")
            taken.append(time.perf_counter() - begun[connection])
            heard.clear()
            left -= 1
            send(connection)
    seconds = time.perf_counter() - start
    for connection, _ in connections.values():
        connection.close()
    return seconds, sorted(taken)


def say(who, count, clients, seconds, taken=()):
    line = f"{who:11} {clients:3} clients: {count / seconds:7.0f} bookings a second"
    if taken:
        line += f", p50 {taken[len(taken) // 2] * 1000:.2f} ms, p99 {taken[len(taken) * 99 // 100] * 1000:.2f} ms"
    print(line, flush=True)
    return count / seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("--hospital", action="store_true")
    parser.add_argument("--count", type=int, default=500, help="bookings of one client; eight times that of several")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 64])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        rates, rows = measure(options, folder)
        if not shutil.which("psql") or not postgres.binaries():
            print("PostgreSQL 15 is not here: nothing to compare with")
            return
        os.chmod(folder, 0o755)
        with postgres.Server(folder / "postgres") as server:
            server.stage(rows)
            for clients, (first, count, ours) in rates.items():
                theirs = say("PostgreSQL", count, clients, server.book(first, count, clients))
                print(f"{clients} clients: infusiond {ours / theirs:.2f} times PostgreSQL")


def measure(options, folder):
    """Has infusiond book; what each number of clients came to, and the rows that were written."""
    total = sum(options.count * (1 if clients == 1 else 8) for clients in options.clients)
    clinic = Clinic(options.programs.resolve(), folder, change=single if options.hospital else clinic_of)
    rates, first = {}, 1
    try:
        for beginning in range(1, total + 1, 10_000):
            last = min(total, beginning + 9_999)
            records = "".join(f"MRN-{number}\n" for number in range(beginning, last + 1))
            clinic.run("patient", "import", "-", text="record number\n" + records)
        for clients in options.clients:
            count = options.count * (1 if clients == 1 else 8)
            seconds, taken = book(folder / "socket", first, count, clients)
            rates[clients] = (first, count, say("infusiond", count, clients, seconds, taken))
            first += count
        print(clinic.run("verify")[0].strip())
    finally:
        clinic.stop()
    return rates, postgres.rows_of(sqlite3.connect(folder / "clinic.sqlite"))


if __name__ == "__main__":
    main()
