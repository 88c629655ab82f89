"""The date of a document: from its header, metadata, URL or file name, byline, else from its text if beyond doubt."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from .annotator import annotator
from .calendar import add_months
from .types import Interval

DocumentDateBasis = Literal["header", "metadata", "file", "text", "none"]


@dataclass(frozen=True, slots=True)
class DocumentDate:
    """When a document was published, and how that is known; `start` and `end` where it stands in the text."""

    interval: Interval | None
    granularity: str | None
    basis: DocumentDateBasis
    start: int | None = None
    end: int | None = None


_NONE = DocumentDate(None, None, "none")
_HEADER = re.compile(r"\s{0,20}date\s{0,3}:?\s{1,3}(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T\s])")
_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_/]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)")
_BYLINE = re.compile(
    r"(?:publié|mis en ligne|posté|modifié|mis à jour|rédigé|paru|édition|article)e?\s[^\n]{0,60}?(?=\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
    r"|^\W{0,3}(?:le\s|par\s[^\n]{2,60}?(?:\ble\s|[-–|,]\s*))?(?=(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d{1,2}))",
    re.IGNORECASE | re.MULTILINE,
)
# « PARIS, 11 février 2025 (AFP) - », « Paris (AFP), le 11 février 2025 - », « LE COURRIER - mercredi 19 avril 2023 ».
_DATELINE = re.compile(r"\W*[A-ZÀ-Ý][^\n.!?«»:;]{1,60}[,(]\s*(?:le\s+)?")
_DATELINE_END = re.compile(r"\s*\)?\s*(?:\([^)\n]{2,25}\)\s*)?[-–—]\s")
# « Yaoundé, 25 septembre 2018 » as the first line.
_PLACE = re.compile(r"\W*[A-ZÀ-Ý][^\W\d_]*(?:[ '’-][^\W\d_]+){0,3},\s*(?:le\s+)?")
_LINE_STOP = re.compile(r"\s*\.?\s*(?:\n|$)")
_MASTHEAD = re.compile(r"\W*[A-ZÀ-Ý][^\n.!?«»:;,]{1,60}\s[-–—|·•]\s*(?:le\s+)?")
_MASTHEAD_END = re.compile(r"\s*(?:(?:à|,|[-–—|·•])\s*\d{1,2}\s?[hH:]\s?\d{0,2}\s*)?(?:\n|$)")
# Behind a date that opens a line: nothing much, or what parts it from the text. « Le 3 mai 1968, les étudiants … » goes on.
_LINE_END = re.compile(r"[^\n,;]{0,25}(?:\n|$)|\s*(?:[-–—|·•:]\s|à \d{1,2}\s?[hH:])")
_HEAD = 600
_FIRST, _LAST = 1700, 2100


def document_date(
    text: str,
    metadata: str | None = None,
    url: str | None = None,
    file_name: str | None = None,
    language: str = "fr",
) -> DocumentDate:
    """Find when a document was published.

    Tried in order: a crawl header (« date 2024-06 ») at the beginning of the text, the date of the metadata (ISO 8601
    or in words), a date in the URL or the file name, a byline near the beginning, and last the complete dates of the
    text where they leave no doubt. Otherwise basis `none`: nothing is guessed.
    """
    header = _HEADER.match(text)
    if header and (found := _from_numbers(*header.groups())):
        day = _from_byline(text, language) if found[1] != "day" else None
        if day and day.interval and found[0].start <= day.interval.start < found[0].end:
            return day
        return DocumentDate(*found, "header", header.start(1), header.end())
    if metadata and (known := _from_metadata(metadata, language)):
        return DocumentDate(*known, "metadata")
    for name in (url, file_name):
        if name and (known := _from_name(name)):
            return DocumentDate(*known, "file")
    return _from_byline(text, language) or _from_text(text, language) or _NONE


def _from_numbers(year: str, month: str | None = None, day: str | None = None) -> tuple[Interval, str] | None:
    try:
        start = datetime(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not _FIRST <= start.year <= _LAST:
        return None
    if day:
        return Interval(start.date(), (start + timedelta(days=1)).date()), "day"
    months, grain = (1, "month") if month else (12, "year")
    return Interval(start.date(), add_months(start, months).date()), grain


def _from_metadata(metadata: str, language: str) -> tuple[Interval, str] | None:
    iso = _ISO.match(metadata.strip())
    if iso and (found := _from_numbers(*iso.groups())):
        return found
    dates = [e for e in annotator(language).annotate(metadata, None) if e.basis == "explicit" and e.interval]
    if len(dates) == 1 and dates[0].interval and dates[0].granularity in ("day", "month", "year"):
        return dates[0].interval, dates[0].granularity
    return None


def _from_name(name: str) -> tuple[Interval, str] | None:
    """A date in a URL or file name; eight digits or separated by one sign, `2024/06/15`, `2024-06`, `20240615`."""
    for match in _URL.finditer(name):
        year, joint, month, day = match.groups()
        if not joint and not day:
            continue
        if found := _from_numbers(year, month, day):
            return found
    return None


def _from_byline(text: str, language: str) -> DocumentDate | None:
    """« Publié le 3 mai 2021 », a dateline, or a complete date at the head of a line, near the beginning of the text."""
    head = text[:_HEAD]
    ends = [(m.end(), m.group()[:1].isalpha() and " " in m.group().strip()) for m in _BYLINE.finditer(head)]
    for e in annotator(language).annotate(head, None):
        inner = e.parts[0] if e.parts else e
        if inner.basis == "explicit" and inner.granularity == "day" and inner.kind in ("date", "time") and inner.interval:
            alone = _LINE_END.match(text, e.end) is not None
            if any(abs(e.start - at) <= 4 and (announced or alone) for at, announced in ends) or _heads(text, e.start, e.end):
                return DocumentDate(inner.interval, "day", "text", inner.start, inner.end)
    return None


def _heads(text: str, start: int, end: int) -> bool:
    """Whether a date belongs to a dateline or a masthead: a line that begins with a place or the name of a paper."""
    header = _HEADER.match(text)
    line = text[max(text.rfind("\n", 0, start) + 1, header.end() if header else 0) : start]
    if _DATELINE.fullmatch(line):
        first = not text[: start - len(line)].strip()
        return _DATELINE_END.match(text, end) is not None or (first and _PLACE.fullmatch(line) is not None and _LINE_STOP.match(text, end) is not None)
    return _MASTHEAD.fullmatch(line) is not None and _MASTHEAD_END.match(text, end) is not None


def _from_text(text: str, language: str) -> DocumentDate | None:
    """The day named as today: « ce mardi 5 mars 2024 », where it is the only complete date and none is later.

    In all other cases doubt remains, and nothing is concluded.
    """
    found = annotator(language).annotate(text[:20_000], None)
    days = {e.interval for e in found if e.basis == "explicit" and e.granularity == "day" and e.interval}
    if len(days) != 1:
        return None
    (day,) = days
    last = max((e.value_start for e in found if e.basis == "explicit" and e.value_start), default=date.min)
    matched = next(e for e in found if e.interval == day)
    weekday = re.search(r"(?i)ce\s+(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)", matched.text)
    if weekday and last <= day.start:
        return DocumentDate(day, "day", "text", matched.start, matched.end)
    return None
