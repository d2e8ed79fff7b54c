"""What python's icalendar reads in a calendar (E1).

    python3 feeds.py < calendar.ics

Prints for each event a line of JSON: its uid, when it begins (a day, or an instant in UTC), summary and description.
"""
import datetime as dt
import json
import sys

from icalendar import Calendar


def start_of(event):
    start = event.decoded("dtstart")
    if not isinstance(start, dt.datetime):
        return start.isoformat()
    return start.astimezone(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def main():
    calendar = Calendar.from_ical(sys.stdin.buffer.read())
    for event in calendar.walk("vevent"):
        shown = {
            "uid": str(event["uid"]),
            "at": start_of(event),
            "summary": str(event["summary"]),
            "description": str(event.get("description", "")),
        }
        print(json.dumps(shown))


main()
