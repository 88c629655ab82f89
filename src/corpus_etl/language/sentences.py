"""Sentence boundaries of crawled text, by rule: before any model, in one linear pass.

A line end closes a sentence, since headings and list items carry no stop. A stop closes one where a capital, a quotation or
a number follows, also without the space that crawling has lost, unless an abbreviation or an initial stands before.
"""

import re
from functools import cache

from .pack import pack

_CLOSERS = r"[»”\"’')\]]"
_OPENERS = r"[«“\"‘'(\[–—-]"
_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_STOP = re.compile(
    rf"(?P<stop>[.!?…]+)(?P<close>[ \t\u00a0\u202f]?{_CLOSERS}+)?"
    rf"(?:(?P<space>[ \t\u00a0\u202f]+)(?={_OPENERS}*[ \t\u00a0\u202f]*[{_UPPER}0-9])|(?=[{_UPPER}«“])|(?P<end>[ \t\u00a0\u202f]*$))"
)
_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_LAST_WORD = re.compile(r"[\w’'-]+$")
_MAX_CHARS = 3_000


@cache
def _rules(code: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Abbreviations, and the pattern of a header line that crawling has put before the text."""
    rules = pack(code).read_yaml("sentences.yaml")
    return frozenset(rules["abbreviations"]), re.compile(rules["header"])


def split_sentences(text: str, code: str = "fr") -> list[tuple[int, int]]:
    """Sentences of `text` as (start, end) in code points, in order, without surrounding white space."""
    abbreviations, header = _rules(code)
    spans: list[tuple[int, int]] = []
    first = header.match(text)
    if first:
        _add(spans, text, 0, first.end())
    for line in _LINE.finditer(text, first.end() if first else 0):
        start = line.start()
        for stop in _STOP.finditer(text, line.start(), line.end()):
            if _closes(text, stop, start, abbreviations):
                _add(spans, text, start, stop.end())
                start = stop.end()
        _add(spans, text, start, line.end())
    return spans


def _closes(text: str, stop: re.Match[str], start: int, abbreviations: frozenset[str]) -> bool:
    if stop["stop"] != ".":
        # « Vraiment ? », dit-il: a stop inside quotation marks closes where a capital follows, as matched.
        return True
    before = _LAST_WORD.search(text, max(start, stop.start() - 20), stop.start())
    word = before[0] if before else ""
    glued = stop["space"] is None and stop["close"] is None and stop["end"] is None
    if not word:
        return not glued
    if len(word) == 1 and word.isupper():
        # An initial: « J. K. Rowling »; at the end of a line it closes.
        return stop["end"] is not None
    if word.casefold() in abbreviations or word.rsplit("'", 1)[-1].casefold() in abbreviations:
        return stop["end"] is not None
    if glued:
        # Lost space: « IA.Un »; not a name with inner stop such as « U.S. » or « Booking.Com ».
        return (len(word) > 1 and not word.isupper()) or word[-1:].isdigit() or (len(word) > 1 and word.isupper())
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
