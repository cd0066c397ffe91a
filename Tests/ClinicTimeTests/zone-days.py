"""Writes zone-days.txt: every day that is not 24 even hours, as Python's zoneinfo sees the zones beside this file.

A line is: zone, day, first minute since 1970 UTC, length in minutes, stretches of even clock as elapsed=clock.
The first line of a zone tells the first minute of its first day; all days not listed have 1,440 even minutes.
"""
import datetime as dt
import pathlib
import zoneinfo

HERE = pathlib.Path(__file__).parent
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
DAY0 = dt.date(1970, 1, 1)
FIRST, LAST = dt.date(2009, 1, 1), dt.date(2040, 12, 31)
REACH = 26 * 60


def offset(zone, minute):
    return int((EPOCH + dt.timedelta(minutes=minute)).astimezone(zone).utcoffset().total_seconds() // 60)


def first_minute(zone, number, changing):
    """The instant after the last one whose date is an earlier one, minute by minute where the clocks change."""
    midnight = number * 1440
    if not changing:
        return midnight - offset(zone, midnight)
    return max(m for m in range(midnight - REACH, midnight + REACH) if m + offset(zone, m) < midnight) + 1


def main():
    lines = []
    for path in sorted(p for p in (HERE / "zoneinfo").rglob("*") if p.is_file()):
        name = str(path.relative_to(HERE / "zoneinfo"))
        with open(path, "rb") as file:
            zone = zoneinfo.ZoneInfo.from_file(file, key=name)
        first, last = (FIRST - DAY0).days, (LAST - DAY0).days
        near = set()
        for number in range(first - 3, last + 4):
            if offset(zone, number * 1440) != offset(zone, number * 1440 + 1440):
                near.update(range(number - 2, number + 4))
        begin = first_minute(zone, first, first in near)
        lines.append(f"{name} {FIRST} {begin} first")
        for number in range(first, last + 1):
            end = first_minute(zone, number + 1, number + 1 in near)
            stretches, seen = [], None
            for m in range(begin, end) if number in near else []:
                if (now := offset(zone, m)) != seen:
                    stretches.append(f"{m - begin}={m + now - number * 1440}")
                    seen = now
            if stretches not in ([], ["0=0"]) or end - begin != 1440:
                day = DAY0 + dt.timedelta(days=number)
                lines.append(f"{name} {day} {begin} {end - begin} {','.join(stretches) or '0=0'}")
            begin = end
    (HERE / "zone-days.txt").write_text("\n".join(lines) + "\n")


main()
