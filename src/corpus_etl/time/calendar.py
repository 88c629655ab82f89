"""Calendar arithmetic: periods of a unit, shifts, Easter, holidays, numbers of weeks."""

from datetime import datetime, timedelta

DAY = timedelta(days=1)
PERIODS = ("second", "minute", "hour", "day", "week", "month", "quarter", "half", "year", "decade", "century")
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_SECONDS_OF = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "fortnight": 1209600}
_ISO_UNIT = {
    "second": ("T", "S", 1),
    "minute": ("T", "M", 1),
    "hour": ("T", "H", 1),
    "day": ("", "D", 1),
    "weekend": ("", "WE", 1),
    "week": ("", "W", 1),
    "fortnight": ("", "D", 15),
    "month": ("", "M", 1),
    "quarter": ("", "M", 3),
    "half": ("", "M", 6),
    "year": ("", "Y", 1),
    "decade": ("", "Y", 10),
    "century": ("", "Y", 100),
}


def midnight(moment: datetime) -> datetime:
    """The beginning of the day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def add_months(moment: datetime, months: int) -> datetime:
    """Shift by months; the day is cut to the length of the month. Raises OverflowError outside years 1..9999."""
    index = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        raise OverflowError("year out of range")
    day = moment.day
    if day > 28:
        day = min(day, (_first(year, month + 2) - DAY).day)
    return moment.replace(year=year, month=month + 1, day=day)


def _first(year: int, month: int) -> datetime:
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def shift(moment: datetime, unit: str, count: float) -> datetime:
    """Add `count` units; parts of months and years are counted as 30 and 365 days."""
    if unit in MONTHS_OF:
        months = MONTHS_OF[unit] * count
        whole = int(months)
        return add_months(moment, whole) + timedelta(days=round(30 * (months - whole)))
    return moment + timedelta(seconds=_SECONDS_OF["day" if unit == "weekend" else unit] * count)


def period(moment: datetime, unit: str, offset: int = 0) -> tuple[datetime, datetime]:
    """The calendar period of that unit around `moment`, shifted by `offset` periods; weeks begin on Monday."""
    if unit in ("second", "minute", "hour"):
        start = moment.replace(microsecond=0)
        if unit != "second":
            start = start.replace(second=0)
        if unit == "hour":
            start = start.replace(minute=0)
        start = shift(start, unit, offset)
        return start, shift(start, unit, 1)
    day = midnight(moment)
    if unit == "day":
        start = day + offset * DAY
        return start, start + DAY
    if unit in ("week", "fortnight"):
        start = day - day.weekday() * DAY + 7 * offset * DAY
        return start, start + 7 * DAY
    if unit == "weekend":
        start = day - day.weekday() * DAY + (5 + 7 * offset) * DAY
        return start, start + 2 * DAY
    months = MONTHS_OF[unit]
    if unit in ("decade", "century"):
        years = months // 12
        start = datetime(max(1, day.year - day.year % years), 1, 1)
    else:
        start = datetime(day.year, (day.month - 1) // months * months + 1, 1)
    start = add_months(start, offset * months)
    return start, add_months(start, months)


def easter(year: int) -> datetime:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return datetime(year, month, day + 1)


def nth_weekday(start: datetime, end: datetime, weekday: int, n: int) -> datetime | None:
    """The n-th given weekday (Monday 0) of the days from start to end; n < 0 counts from the end."""
    if n > 0:
        day = start + (weekday - start.weekday()) % 7 * DAY + 7 * (n - 1) * DAY
        return day if day < end else None
    last = end - DAY
    day = last - (last.weekday() - weekday) % 7 * DAY + 7 * (n + 1) * DAY
    return day if day >= start else None


def holiday(rule: str, year: int) -> datetime | None:
    """The day of a holiday in a year. Rules: `12-25`; `easter+49`; `5-WXX-7-2` (second Sunday of May, -1 last)."""
    if rule.startswith("easter"):
        return easter(year) + int(rule[6:] or 0) * DAY
    if "W" in rule:
        month, _, weekday, n = rule.split("-", 3)
        start = datetime(year, int(month), 1)
        return nth_weekday(start, add_months(start, 1), int(weekday) - 1, int(n))
    month, day = rule.split("-")
    return datetime(year, int(month), int(day))


def iso_duration(count: float | None, unit: str) -> str:
    """ISO 8601 duration; `X` stands for an unknown count, as in TIMEX3."""
    prefix, letter, factor = _ISO_UNIT[unit]
    if count is None:
        return f"P{prefix}X{letter}"
    value = count * factor
    if letter == "Y" and value != int(value) and value * 12 == int(value * 12):
        letter, value = "M", value * 12
    if letter == "WE":
        letter, value = "D", value * 2
    return f"P{prefix}{value:g}{letter}" if value < 1e6 else f"P{prefix}{int(value)}{letter}"


def iso_week(moment: datetime) -> str:
    """ISO 8601 week, `2024-W10`."""
    year, week, _ = moment.isocalendar()
    return f"{year:04d}-W{week:02d}"


def safe_date(year: int, month: int, day: int) -> datetime | None:
    """The day, or null where there is no such day."""
    try:
        return datetime(year, month, day)
    except ValueError:
        return None
