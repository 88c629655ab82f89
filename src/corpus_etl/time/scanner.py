"""Cut a text into the tokens that a grammar knows, grouped in zones; everything else only separates zones.

One pass of one regular expression over the text; every repetition in it is bounded, so its time is linear.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .numbers import NumberWord, parse_number

ZONE_TOKENS = 48
"""A zone is cut at this many tokens: no expression is as long, and the work for a zone stays bounded."""

_FOLD = str.maketrans(
    {
        **dict(zip("âäáãåçéèêëíìîïñóòôöõúùûüÿý", "aaaaaceeeeiiiinooooouuuuyy", strict=True)),
        **dict.fromkeys("’‘ʼ´`", "'"),
        **dict.fromkeys("–—‑−‐", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\t", " "),
        "\u00ad": " ",
        "″": '"',
        "′": "'",
    }
)
_TOKEN = re.compile(
    r"""
    (?P<word> [^\W\d_]{1,40}'? )
  | (?P<space> \n[ \r]*\n )
  | (?P<ymd> (?<!\d)(?P<y1>\d{4})(?P<j1>[-/.])(?P<m1>\d{1,2})(?P=j1)(?P<d1>\d{1,2})(?![\d])
             (?: [t ](?P<th>\d\d):(?P<tm>\d\d)(?: :(?P<ts>\d\d))? (?:\.\d{1,6})? z? )? )
  | (?P<phone> (?: \+33\ ?\d | 0\d )(?: [ .-]?\d\d){4}(?!\d) )
  | (?P<dmy> (?P<d2>\d{1,2})(?: (?P<j2>[/.-])(?P<m2>\d{1,2})(?P=j2)(?P<y2>\d{4}|\d\d)(?![/.-]?\d)
                               | \ (?P<m3>\d{1,2})\ (?P<y3>(?:19|20)\d\d|\d\d)(?![ .,/-]?\d) ) )
  | (?P<ym> (?P<y4>(?:19|20)\d\d)(?: -|\ {0,2}/\ ?)(?P<m4>0?[1-9]|1[0-2])(?![-/.]?\d) )
  | (?P<my> (?P<m5>0?[1-9]|1[0-2])\ {0,2}[-/]\ ?(?P<y5>(?:19|20)\d\d)(?![-/.]?\d) )
  | (?P<dm> (?P<d6>\d{1,2})/(?P<m6>\d{1,2})(?![/\d]) )
  | (?P<hms> (?P<h7>\d{1,2}):(?P<n7>\d\d)(?: :(?P<s7>\d\d))?(?!\d) )
  | (?P<grouped> \d{1,3}(?P<sep>[ .'])\d{3}(?: (?P=sep)\d{3}){0,6}(?!\d)(?: ,\d{1,9})? )
  | (?P<ordinal> \d{1,4}\ ?(?: ers?|ieres?|eres?|res?|emes?|iemes?|es?|nde?s?|o)(?![^\W\d_]) )
  | (?P<decimal> \d{0,15}[.,]\d{1,15}(?![.,]?\d) )
  | (?P<number> \d{1,40} )
  | (?P<long> \d )
  | (?P<mark> \ -\  | \n-\  | [^\w\s] )
    """,
    re.VERBOSE,
)


def fold(text: str) -> str:
    """Lower case without accents (« à » stays), typographic marks made plain; as many characters as before."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low if low.isascii() else low.translate(_FOLD)


@dataclass(slots=True)
class Token:
    """A token: offsets, symbol (one character that stands for its categories), value by category."""

    start: int
    end: int
    symbol: str
    values: Mapping[str, Any]


class Symbols:
    """One character for every set of categories; a category is then a class of characters."""

    def __init__(self) -> None:
        self._symbols: dict[frozenset[str], str] = {}

    def symbol(self, categories: frozenset[str]) -> str:
        """The character of a set of categories."""
        found = self._symbols.get(categories)
        if found is None:
            found = self._symbols[categories] = chr(0x4E00 + len(self._symbols))
        return found

    def members(self, category: str) -> str:
        """All characters whose set contains the category."""
        return "".join(c for categories, c in self._symbols.items() if category in categories)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the scanner knows of a word."""

    symbol: str
    anchor: bool
    values: Mapping[str, Any]
    number: NumberWord | None = None
    joint: bool = False


def number_categories(text: str) -> frozenset[str]:
    """Categories of a run of digits."""
    value, n = int(text), len(text)
    found = {"NUM", "DIGITS"}
    if n <= 2:
        if 1 <= value <= 31:
            found.update(("DAY", "DAYDIGITS"))
        if value <= 24:
            found.update(("HOUR", "HOURDIGITS"))
        if value <= 12:
            found.add("HOUR12")
        if n == 2 and value % 10 == 0:
            found.add("DECADE")
        if n == 2:
            found.update(("YY", "TWODIGITS"))
            if value < 60:
                found.add("MINUTE")
    elif n == 4 and 1000 <= value <= 2199:
        found.add("YEAR")
        if 1800 <= value <= 2099:
            found.add("NEARYEAR")
        if value % 10 == 0:
            found.add("DECADE")
    if 3 <= n <= 4 and int(text[:-2]) <= 24 and int(text[-2:]) < 60:
        found.add("HHMM")
    return frozenset(found)


def word_categories(value: int) -> frozenset[str]:
    """Categories of a number in words."""
    found = {"NUM", "WORDS"}
    if 1 <= value <= 31:
        found.add("DAY")
    if 2 <= value <= 31:
        found.add("DAYWORDS")
    if value <= 24:
        found.add("HOUR")
    if value <= 12:
        found.add("HOUR12")
    if value < 60:
        found.add("MINUTE")
    if 20 <= value < 100 and value % 10 == 0:
        found.add("DECADE")
    if 1500 <= value <= 2099:
        found.update(("YEAR", "NEARYEAR"))
    return frozenset(found)


def all_number_categories() -> Iterator[frozenset[str]]:
    """Every set of categories that numbers can have."""
    for text in [*map(str, range(3000)), *(f"0{i}" for i in range(10)), "00", "10000", "001", "0001", "3100"]:
        yield number_categories(text)
        yield word_categories(int(text))
    for shape in ("YMD", "DMY", "YM", "MY", "DM", "HMS", "ORDN"):
        yield frozenset((shape,))
    yield frozenset(("DM", "FRACTION"))
    yield frozenset(("ORDN", "ORD"))
    yield frozenset(("ORDN", "ORD", "DAY"))
    yield frozenset(("NUM", "DECIMAL"))
    yield frozenset(("NUM", "DECIMAL", "HDOT"))


class Scanner:
    """Tokens of a text for a vocabulary."""

    def __init__(self, symbols: Symbols, words: Mapping[str, Entry]) -> None:
        self._symbols = symbols
        self._words = words
        self._digits: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def zones(self, text: str, folded: str) -> Iterator[list[Token]]:
        """Maximal runs of known tokens that contain an anchor."""
        words, zone, anchored, spelled = self._words, [], False, False
        get = words.get
        for match in _TOKEN.finditer(folded):
            group = match.lastgroup
            if group == "word" or group == "mark":
                entry = get(match.group())
                if entry is not None:
                    zone.append(Token(match.start(), match.end(), entry.symbol, entry.values))
                    if entry.anchor:
                        anchored = True
                    if entry.number is not None:
                        spelled = True
                    if len(zone) < ZONE_TOKENS:
                        continue
            elif group not in ("space", "phone", "long"):
                token = None if _inside_name(folded, match.start(), zone) else self._numeric(match, group or "")
                if token is not None:
                    zone.append(token)
                    anchored = True
                    if len(zone) < ZONE_TOKENS:
                        continue
            if anchored:
                yield self._join_numbers(zone, folded) if spelled else zone
                anchored = False
            zone, spelled = [], False
        if anchored:
            yield self._join_numbers(zone, folded) if spelled else zone

    def _numeric(self, match: re.Match[str], group: str) -> Token | None:
        start, end = match.span()
        if group == "number":
            text = match.group()
            known = self._digits.get(text)
            if known is None:
                value = int(text)
                categories = number_categories(text) if len(text) <= 4 else frozenset(("NUM", "DIGITS"))
                known = (self._symbols.symbol(categories), dict.fromkeys(categories, value))
                if len(text) <= 4:
                    self._digits[text] = known
            return Token(start, end, *known)
        return _shaped(match, group, start, end, self._symbols)

    def _join_numbers(self, zone: list[Token], folded: str) -> list[Token]:
        """Replace numbers in words by one token each."""
        words: list[NumberWord | None] = []
        entries: list[Entry | None] = []
        for token in zone:
            entry = self._words.get(folded[token.start : token.end])
            entries.append(entry)
            words.append(entry.number if entry is not None else None)
        result: list[Token] = []
        i = 0
        while i < len(zone):
            first = words[i]
            if first is None:
                result.append(zone[i])
                i += 1
                continue
            # Only hyphens and « et » may join; anything else without a number ends it.
            j = i + 1
            while j < len(zone) and (words[j] is not None or _joins(entries[j], j, words)):
                j += 1
            value, count = parse_number(words[i:j], 0)
            count = max(1, count)
            if count == 1:
                result.append(zone[i])
            else:
                categories = word_categories(value)
                symbol = self._symbols.symbol(categories)
                end = zone[i + count - 1].end
                result.append(Token(zone[i].start, end, symbol, dict.fromkeys(categories, value)))
            i += count
        return result


def _joins(entry: Entry | None, j: int, words: list[NumberWord | None]) -> bool:
    return entry is not None and entry.joint and j + 1 < len(words) and words[j + 1] is not None


def _inside_name(folded: str, start: int, zone: list[Token]) -> bool:
    """Whether digits belong to a name or code such as A320 or GPT-4."""
    if not start:
        return False
    before = folded[start - 1]
    if before.isalpha() or before == "_":
        return not zone or zone[-1].end != start
    if before == "-" and start > 1 and folded[start - 2].isalpha():
        return len(zone) < 2
    return before in "@#" or (before in ".," and start > 1 and folded[start - 2].isdigit())


def _shaped(match: re.Match[str], group: str, start: int, end: int, symbols: Symbols) -> Token | None:
    """The token of a numeric shape: a whole date, a clock time, a grouped or decimal number, an ordinal."""
    get = match.group
    values: dict[str, Any]
    if group == "hms":
        hour, minute, second = int(get("h7")), int(get("n7")), int(get("s7") or 0)
        if hour > 24 or minute > 59 or second > 59:
            return None
        values = {"HMS": (hour, minute, second)}
    elif get("ymd"):
        clock = (int(get("th")), int(get("tm")), int(get("ts") or 0)) if get("th") else None
        values = {"YMD": (int(get("y1")), int(get("m1")), int(get("d1")), clock)}
        if int(get("m1")) > 12 or int(get("d1")) > 31:
            return None
    elif get("dmy"):
        day, month = int(get("d2")), int(get("m2") or get("m3"))
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            return None
        values = {"DMY": (get("y2") or get("y3"), month, day)}
    elif get("ym") or get("my"):
        year, month = int(get("y4") or get("y5")), int(get("m4") or get("m5"))
        if not 1 <= month <= 12:
            return None
        values = {"YM" if get("ym") else "MY": (year, month)}
    elif get("dm"):
        day, month = int(get("d6")), int(get("m6"))
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            return None
        values = {"DM": (month, day)}
    elif get("ordinal"):
        value = int(re.match(r"\d+", get("ordinal")).group())  # type: ignore[union-attr]
        values = {"ORDN": value, "ORD": value}
        if 1 <= value <= 31:
            values["DAY"] = value
    else:
        raw = get("grouped") or get("decimal")
        number = decimal_value(raw, bool(get("grouped")))
        values = {"NUM": number, "DECIMAL": number}
    return Token(start, end, symbols.symbol(frozenset(values)), values)


def decimal_value(raw: str, grouped: bool) -> float:
    """Value of digits with separators: French decimal comma or a point; grouped by spaces or points."""
    if grouped:
        whole, _, part = raw.partition(",")
        digits = "".join(c for c in whole if c.isdigit())
        return float(f"{digits}.{part}") if part else float(int(digits))
    return float("0" + raw.replace(",", "."))
