"""Where a text quotes: spans between quotation marks, also over several sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[«»“”\"]")
_LONGEST = 2500


@dataclass(frozen=True, slots=True)
class Quotation:
    """Offsets of what stands between quotation marks."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def find_quotations(text: str) -> list[Quotation]:
    """Quotations in order. A mark that is not closed within a paragraph or two opens none.

    Crawled text mixes marks (« … “ or « … «); a mark of the opening kind behind a word closes when one is open.
    """
    found: list[Quotation] = []
    opened: int | None = None
    for match in _MARK.finditer(text):
        place, mark = match.start(), match[0]
        if opened is not None and (place - opened > _LONGEST or text.count("\n\n", opened, place) > 2):
            opened = None
        if opened is None:
            if mark in "«“" or (mark == '"' and _opens(text, place)) or (mark == "”" and _opens(text, place)):
                opened = place + 1
        elif mark in "»”" or not _opens(text, place) or mark == '"':
            if place > opened:
                found.append(Quotation(opened, place))
            opened = None
    return found


def _opens(text: str, place: int) -> bool:
    """Does a mark look like an opening one: space before it, none behind it?"""
    before = text[place - 1] if place else " "
    after = text[place + 1 : place + 2]
    return ((before.isspace() or before in "('’‘[:") and bool(after.strip())) or (
        text[place] == "«" and before.isspace() and after in " \u00a0\u202f"
    )
