"""What python's zoneinfo answers for wall times around every change of every zone's offset, 2020 to 2037 (R1).

    python3 zones.py                                     the system's time zone database
    PYTHONTZPATH=/another/zoneinfo python3 zones.py      another one

Prints `release <tzdata>`, and for each set of zones with the same answers a line `zones <names>` and then its answers,
`<wall time> <seconds since 1970>`. Wall times: around each change the second before the stretch that is skipped or
repeated, its first second, its middle, its last and the second after; and noon of 1 January and 1 July of each year.
"""
import datetime as dt
import os
import zoneinfo

FIRST = int(dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc).timestamp())
LAST = int(dt.datetime(2038, 1, 1, tzinfo=dt.timezone.utc).timestamp())
# No zone changes its offset twice within 6 hours.
STEP = 6 * 3600
UTC = dt.timezone.utc
EPOCH = dt.datetime(1970, 1, 1)


def offset(zone, instant):
    return int(dt.datetime.fromtimestamp(instant, UTC).astimezone(zone).utcoffset().total_seconds())


def changes(zone):
    """Each change of the offset: the first instant that has the new one, and both."""
    before = offset(zone, FIRST)
    for end in range(FIRST + STEP, LAST + 1, STEP):
        after = offset(zone, end)
        if after != before:
            low, high = end - STEP, end
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
            yield high, before, after
        before = after


def wall_times(zone):
    for instant, before, after in changes(zone):
        start, end = instant + min(before, after), instant + max(before, after)
        for wall in (start - 1, start, (start + end) // 2, end - 1, end):
            yield EPOCH + dt.timedelta(seconds=wall)
    for year in range(2020, 2038):
        for month in (1, 7):
            yield dt.datetime(year, month, 1, 12)


def answers(zone):
    # fold=0: the first of two, and in a gap the offset before it, so the time moves on by the gap's length.
    return tuple(f"{wall.isoformat()} {int(wall.replace(tzinfo=zone, fold=0).timestamp())}" for wall in wall_times(zone))


def release():
    for folder in zoneinfo.TZPATH:
        path = os.path.join(folder, "tzdata.zi")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                return file.readline().split()[-1]
    raise SystemExit("There is no time zone database: install tzdata, or name one in PYTHONTZPATH.")


def main():
    print("release", release())
    groups = {}
    for name in sorted(zoneinfo.available_timezones()):
        groups.setdefault(answers(zoneinfo.ZoneInfo(name)), []).append(name)
    for group, names in sorted(groups.items(), key=lambda item: item[1]):
        print("zones", *names)
        for line in group:
            print(line)


main()
