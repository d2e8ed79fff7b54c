"""What python-dateutil answers for periods: the days that 1 to 12 times a period after a day are (R2).

    python3 periods.py

For every day of 2024 to 2031 and 8 months, a quarter, a month and a year a line `<period> <day> <days>`; and a line
`<period> <day> Europe/Berlin <seconds since 1970>` for 9 in the morning there, by zoneinfo, after 1, 5 and 12 of them.
"""
import datetime as dt
import zoneinfo

from dateutil.relativedelta import relativedelta

PERIODS = {
    "P8M": relativedelta(months=8),
    "P3M": relativedelta(months=3),
    "P1M": relativedelta(months=1),
    "P1Y": relativedelta(years=1),
}
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def morning(day):
    return int(dt.datetime(day.year, day.month, day.day, 9, tzinfo=BERLIN).timestamp())


def main():
    for name, period in PERIODS.items():
        day = dt.date(2024, 1, 1)
        while day.year < 2032:
            # Times the period from the first day, never from the last result: the 31st comes back after February.
            days = [day + step * period for step in range(1, 13)]
            print(name, day, *days)
            print(name, day, BERLIN.key, *(morning(days[step - 1]) for step in (1, 5, 12)))
            day += dt.timedelta(days=1)


main()
