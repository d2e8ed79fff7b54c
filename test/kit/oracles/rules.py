"""What python-dateutil answers for recurrence rules (R3).

    python3 rules.py < questions

A question is a line `<RRULE> <start> <zone> <after>`, the start a wall time and `after` seconds since 1970. Its answer
is a line: the first occurrences from the start, up to five, a bar, and the first after `after`, up to two, as seconds
since 1970. Rules are expanded as wall times and then placed in the zone; two of one instant are one.

Of counted weekdays beside plain ones (`BYDAY=1SA,WE`) dateutil wants both at once where RFC 5545 wants either. They are
asked apart here and merged; with BYSETPOS, which picks from both together, the answer is a question mark.
"""
import datetime as dt
import heapq
import itertools
import re
import sys
import warnings
import zoneinfo

from dateutil.rrule import rrulestr

LAST = dt.datetime(2100, 12, 31, 23, 59, 59)
# Where dateutil stops to look for a rule that never occurs: else it walks eight thousand years.
dt.MAXYEAR = LAST.year


def until_of(rule):
    """The rule without its end, and the end as a wall time and, when it is one, as an instant."""
    match = re.search(r";UNTIL=(\d{8})(T\d{6})?(Z?)", rule)
    if not match:
        return rule, LAST, None
    end = dt.datetime.strptime(match[1] + (match[2] or "T235959"), "%Y%m%dT%H%M%S")
    rest = rule.replace(match[0], "")
    if match[3]:
        return rest, min(LAST, end + dt.timedelta(days=2)), end.replace(tzinfo=dt.timezone.utc).timestamp()
    return rest, min(LAST, end), None


def apart(rule):
    """The rule, or when it mixes counted and plain weekdays the two that mean it, and its COUNT."""
    days = re.search(r"BYDAY=([^;]+)", rule)
    counted = [day for day in days[1].split(",") if len(day) > 2] if days else []
    plain = [day for day in days[1].split(",") if len(day) == 2] if days else []
    if not counted or not plain:
        return [rule], None
    count = re.search(r";COUNT=(\d+)", rule)
    rest = rule.replace(count[0], "") if count else rule
    rules = [rest.replace(days[0], "BYDAY=" + ",".join(some)) for some in (counted, plain)]
    return rules, int(count[1]) if count else None


def wall_times(rule, start, end):
    rules, count = apart(rule)
    merged = heapq.merge(*(rrulestr(one, dtstart=start).replace(until=end) for one in rules))
    return itertools.islice((wall for wall, _ in itertools.groupby(merged)), count)


def instants(rule, start, zone):
    rest, wall_end, end = until_of(rule)
    last = None
    for wall in wall_times(rest, start, wall_end):
        instant = int(wall.replace(tzinfo=zone, fold=0).timestamp())
        if end is not None and instant > end:
            return
        if instant != last:
            yield instant
        last = instant


def answer(question):
    rule, start, zone, after = question.split()
    if "BYSETPOS" in rule and len(apart(rule)[0]) > 1:
        return "?"
    first, later = [], []
    for instant in instants(rule, dt.datetime.fromisoformat(start), zoneinfo.ZoneInfo(zone)):
        if len(first) < 5:
            first.append(instant)
        if instant > int(after):
            later.append(instant)
        if len(first) == 5 and len(later) >= 2:
            break
    return " ".join(map(str, [*first, "|", *later[:2]]))


def main():
    # It warns that a rule with COUNT is given an end as well.
    warnings.simplefilter("ignore")
    for question in sys.stdin:
        print(answer(question))


main()
