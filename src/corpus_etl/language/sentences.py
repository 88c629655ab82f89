"""Sentence boundaries of crawled text, by rule: before any model, in one linear pass.

A line end closes a sentence, since headings and list items carry no stop. A stop closes one where a capital, a quotation or
a number follows, also without the space that crawling has lost, unless an abbreviation or an initial stands before.
"""

import re
from functools import cache

from .pack import pack

_SPACE = r"[ \t\u00a0\u202f]"
_CLOSERS = rf"(?:[\"'’)\]»”]|{_SPACE}[»”](?!\w)|{_SPACE}\"(?={_SPACE}|$))+"
_OPENERS = r"[«“\"‘'(\[–—•-]"
_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_STOP = re.compile(
    rf"(?P<stop>[.!?…]+)(?P<close>{_CLOSERS})?"
    rf"(?:(?P<space>{_SPACE}+)(?=(?:{_OPENERS}|{_SPACE})*[{_UPPER}0-9]|[-–•]{_SPACE}|[\[(](?:…|\.\.\.)[\])])"
    rf"|(?P<lower>{_SPACE}+)(?=[a-zà-öø-ÿœ])|(?=[{_UPPER}«“])|(?P<end>{_SPACE}*$))"
    rf"|(?P<list>[:;]){_SPACE}+(?=[-–•]{_SPACE})"
)
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_LAST_WORD = re.compile(r"[\w’'-]+$")
# « 30 F. », « 25 °C. »: a letter that is a unit, not an initial.
_UNIT = re.compile(r"(?:\d[ \u00a0\u202f]?|°)[A-Z]$")
_MAX_CHARS = 3_000


@cache
def _rules(code: str) -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """Abbreviations, the pattern of a header line that crawling has put before the text, and that of datelines."""
    rules = pack(code).read_yaml("sentences.yaml")
    return frozenset(rules["abbreviations"]), re.compile(rules["header"]), re.compile(rules["dateline"])


def split_sentences(text: str, code: str = "fr") -> list[tuple[int, int]]:
    """Sentences of `text` as (start, end) in code points, in order, without surrounding white space."""
    abbreviations, header, dateline = _rules(code)
    spans: list[tuple[int, int]] = []
    first = header.match(text)
    if first:
        _add(spans, text, 0, first.end())
    for line in _LINE.finditer(text, first.end() if first else 0):
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        opening = dateline.match(text, start, line.end())
        if opening:
            # « PARIS, 3 mai 2024 (AFP) - »: the news begins behind it.
            _add(spans, text, start, opening.end())
            start = opening.end()
        for stop in _STOP.finditer(text, start, line.end()):
            if _closes(text, stop, start, abbreviations):
                _add(spans, text, start, stop.end())
                start = stop.end()
        _add(spans, text, start, line.end())
    return spans


def _closes(text: str, stop: re.Match[str], start: int, abbreviations: frozenset[str]) -> bool:
    if stop["list"]:
        return True
    if stop["stop"] in ("...", "…") and text[max(start, stop.start() - 1) : stop.start()] in ("(", "["):
        # Words left out, not an end.
        return False
    if stop["stop"] != ".":
        # « Vraiment ? », dit-il: a stop inside quotation marks closes where a capital follows, as matched.
        return stop["lower"] is None
    before = _LAST_WORD.search(text, max(start, stop.start() - 20), stop.start())
    # Of « l'O.N.U. » and « J.-C. » the last part counts.
    word = re.split("['’-]", before[0])[-1] if before else ""
    if stop["lower"]:
        # Careless writing; a short word may be an abbreviation that nobody has listed.
        return stop["close"] is None and len(word) > 3 and word.islower() and word not in abbreviations
    glued = stop["space"] is None and stop["close"] is None and stop["end"] is None
    if not word:
        return not glued or text[stop.start() - 1 : stop.start()] in tuple(')»”]"')
    if (
        len(word) == 1
        and word.isupper()
        and not _UNIT.search(text, max(start, stop.start() - 4), stop.start())
    ):
        # An initial: « J. K. Rowling »; at the end of a line it closes.
        return stop["end"] is not None
    if word.casefold() in abbreviations:
        return stop["end"] is not None
    if glued:
        # Lost space: « IA.Un »; not a name with inner stop such as « U.S. ».
        return len(word) > 1 or word.isdigit()
    return True


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    right = len(part.rstrip())
    if right <= left:
        return
    start, end = start + left, start + right
    while end - start > _MAX_CHARS:
        cut = text.rfind(" ", start + _MAX_CHARS // 2, start + _MAX_CHARS)
        cut = cut if cut > start else start + _MAX_CHARS
        spans.append((start, cut))
        start = cut + (text[cut : cut + 1] == " ")
    spans.append((start, end))
