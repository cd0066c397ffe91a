"""A PostgreSQL of one's own in a folder, which writes the rows that infusiond has written."""

import os
import pathlib
import pwd
import shutil
import subprocess
import time

# The tables that a booking writes, in the order in which it does, and what PostgreSQL sees to in each.
TABLES = {
    "event": "primary key (number)",
    "event_subject": "primary key (kind, id, event), foreign key (event) references event",
    "course": "primary key (id), foreign key (booked_by) references event",
    "visit": "primary key (id), foreign key (course) references course",
    "chair_booking": "primary key (visit), foreign key (visit) references visit, "
    "exclude using gist (chair with =, int8range(start, until) with &&)",
    "staff_booking": "primary key (visit, run), foreign key (visit) references visit",
    "request": "primary key (number), unique (uid, id)",
}
INDEXES = """
create index course_patient on course (patient);
create index course_open on course (status) where status in ('active', 'onHold');
create index visit_course on visit (course);
create index visit_day on visit (day);
create index staff_booking_time on staff_booking (person, start, until);
create index request_at on request (at);
"""


def binaries():
    """The folder with PostgreSQL's programs; None where it is not installed."""
    folder = pathlib.Path("/usr/lib/postgresql/15/bin")
    return folder if (folder / "pgbench").exists() else None


def rows_of(database):
    """The rows of each booking, by the number of its patient: [(table, {column: value})]."""
    database.row_factory = lambda cursor, row: dict(zip([column[0] for column in cursor.description], row))
    bookings = {}
    numbers = {}
    for course in database.execute("select * from course"):
        number = int(course["patient"][1:])
        numbers[course["booked_by"]] = number
        bookings[number] = {"course": [course]}
    visits = {}
    for visit in database.execute("select * from visit"):
        number = int(visit["patient"][1:])
        visits[visit["id"]] = number
        bookings[number].setdefault("visit", []).append(visit)
    sources = [("event", "number"), ("event_subject", "event"), ("request", "last_event")]
    for table, column in sources:
        for row in database.execute(f"select * from {table}"):
            number = numbers.get(row[column])
            if number is not None:
                bookings[number].setdefault(table, []).append(row)
    for table in ("chair_booking", "staff_booking"):
        for row in database.execute(f"select * from {table}"):
            bookings[visits[row["visit"]]].setdefault(table, []).append(row)
    return bookings


def text(value):
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


class Server:
    """Runs from `with` to its end."""

    def __init__(self, folder):
        self.folder, self.programs = folder, binaries()
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def command(self, program, *words, text=None):
        words = [str(self.programs / program), *map(str, words)]
        if os.geteuid() == 0:
            words = ["runuser", "-u", self.user, "--", *words]
        done = subprocess.run(words, input=text, capture_output=True, text=True, check=False, cwd="/")
        if done.returncode:
            raise SystemExit(f"{program}: {done.stdout}{done.stderr}")
        return done.stdout

    def sql(self, statements):
        return self.command("psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-d", "postgres", text=statements)

    def __enter__(self):
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user, self.user)
        data = self.folder / "data"
        self.command("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--no-locale")
        settings = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=200"
        self.command("pg_ctl", "-D", data, "-l", self.folder / "log", "-o", settings, "-w", "start")
        return self

    def __exit__(self, *_):
        self.command("pg_ctl", "-D", self.folder / "data", "-m", "fast", "-w", "stop")

    def stage(self, bookings):
        """Makes the tables, and lays the rows of the bookings ready in tables that are in memory only."""
        columns = {table: list(rows[0]) for tables in bookings.values() for table, rows in tables.items()}
        lines = ["create extension btree_gist;"]
        for table, constraints in TABLES.items():
            kinds = ", ".join(f'"{name}" {self.kind(bookings, table, name)}' for name in columns[table])
            lines.append(f"create table {table} ({kinds}, {constraints});")
        lines.append(INDEXES)
        inserts = []
        for table in TABLES:
            names = ", ".join(f'"{name}"' for name in columns[table])
            lines.append(f"create unlogged table staged_{table} as select 0 as booking, * from {table};")
            lines.append(f"copy staged_{table} (booking, {names}) from stdin;")
            for number, tables in bookings.items():
                for row in tables.get(table, []):
                    lines.append("\t".join([str(number)] + [text(row[name]) for name in columns[table]]))
            lines.append("\\.")
            lines.append(f"create index on staged_{table} (booking); analyze staged_{table};")
            inserts.append(f"insert into {table} ({names}) select {names} from staged_{table} where booking = wanted;")
        body = "\n".join(inserts)
        lines.append(f"create function book(wanted int) returns void language plpgsql as $$ begin\n{body}\nend $$;")
        lines.append("create sequence turn;")
        self.sql("\n".join(lines))

    @staticmethod
    def kind(bookings, table, name):
        """PostgreSQL's type of a column, by the first value in it."""
        values = (row[name] for tables in bookings.values() for row in tables.get(table, []))
        value = next((value for value in values if value is not None), "")
        return {int: "bigint", bytes: "bytea"}.get(type(value), "text")

    def book(self, first, count, clients):
        """Has so many clients write the rows of some bookings; the seconds that it took."""
        script = self.folder / "book.sql"
        script.write_text("select book(nextval('turn')::int);\n")
        self.sql(f"alter sequence turn restart with {first}; checkpoint;")
        begun = time.perf_counter()
        out = self.command(
            "pgbench", "-n", "-M", "prepared", "-f", script, "-h", self.folder, "-c", clients, "-j", min(clients, 2),
            "-t", count // clients, "postgres")
        rate = [line for line in out.splitlines() if "without initial connection time" in line]
        if not rate:
            return time.perf_counter() - begun
        return count / float(rate[0].split()[2])
