"""Tokens of crawled text, by rule: one linear pass; every character that is not space belongs to exactly one token.

Conventions are those of the Universal Dependencies treebanks of the language, with contractions left as written (« au »).
What the rules need to know of the language is data (`tokens.yaml`, `sentences.yaml` of the pack).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from .pack import pack

_SAME_LENGTH = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2007": " ",
        "‐": "-",
        "‑": "-",
    }
)
_WORD = r"[^\W_](?:[\w\u0300-\u036f\u00ad\u200d])*"
_BEFORE = (
    r"(?P<url>(?:https?://|www\.)[^\s«»<>\"]+)"
    r"|(?P<mail>[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,24}){1,4})"
    r"|(?P<tag>[@#][^\W_]\w*)"
    r"|(?P<hour>\d{1,2}(?=[hH](?:\d\d)?(?!\w))|(?<=\d)[hH](?=\d\d(?!\w)|(?!\w)))"
    r"|(?P<degree>°[CF]?(?!\w)|[nN]°)"
    r"|(?P<number>(?<![\w,.])\d{1,3}(?: \d{3})+(?![\d])(?:,\d+)?|\d+(?:[.,:/]\d+)+(?![^\W\d])|[-+]\d+(?:[.,]\d+)*(?!\w))"
    r"|(?P<site>(?<![\w.])(?:[^\W_][\w-]{0,63}\.){1,3}(?:fr|com|org|net|eu|be|ch|ca|io|info|ai)(?![\w-]))"
    r"|(?P<acronym>(?<!\w)(?:[^\W\d_a-zà-öø-ÿ]\.){2,}(?:[^\W\d_a-zà-öø-ÿ](?!\w))?|(?<!\w)[A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.)+)"
    r"|(?P<dots>\.{2,}|…)"
)
_AFTER = (
    rf"|(?P<word>{_WORD}(?:(?:['-]|-[ldLD]')(?:{_WORD}))*'?)"
    r"|(?P<dashes>-{2,}|–{2,}|—{2,})"
    r"|(?P<other>\S)"
)
_LETTER = re.compile(r"[^\W\d_]")
_URL_END = ".,;:!?)]'"


@dataclass(frozen=True)
class TokenRules:
    """What the tokens of a language need; see `tokens.yaml`."""

    token: re.Pattern[str]
    clitic: re.Pattern[str]
    imperative: re.Pattern[str]
    hyphenated: frozenset[str]
    abbreviations: frozenset[str]
    always: frozenset[str]
    closing: frozenset[str]


@cache
def token_rules(code: str) -> TokenRules:
    """The rules of a language pack."""
    data: dict[str, Any] = pack(code).read_yaml("tokens.yaml")
    sentences: dict[str, Any] = pack(code).read_yaml("sentences.yaml")

    def either(words: list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))

    behind = either(data["imperative_clitics"])
    return TokenRules(
        # What follows an elision is looked at anew: it may hold a number or a further elision (« d'aujourd'hui »).
        token=re.compile(
            rf"{_BEFORE}|(?P<whole>(?<!\w)(?i:{either(data['whole'])})(?![\w'-]))"
            rf"|(?P<elision>(?<!\w)(?!{data['unelided']})(?i:{either(data['elisions'])})'){_AFTER}"
        ),
        clitic=re.compile(rf"-(?:{either(data['clitics'])})$", re.IGNORECASE),
        imperative=re.compile(
            "|".join(rf"(?<={re.escape(e)})-(?:{behind})$" for e in data["imperative_endings"]), re.IGNORECASE
        ),
        hyphenated=frozenset(data["hyphenated"]),
        abbreviations=frozenset(sentences["abbreviations"]),
        always=frozenset(data["abbreviations_with_stop"]),
        closing=frozenset(data["closing_forms"]),
    )


def normalise(text: str) -> str:
    """The form that the model sees: one kind of apostrophe, hyphen and space. As many code points as `text`."""
    return text.translate(_SAME_LENGTH)


def tokenize(text: str, code: str = "fr") -> list[tuple[int, int]]:
    """Tokens of `text` as (start, end) in code points, in order; only white space lies between them."""
    rules = token_rules(code)
    normal = normalise(text)
    spans: list[tuple[int, int]] = []
    position = 0
    while found := rules.token.search(normal, position):
        start, end = found.span()
        kind = found.lastgroup
        if kind == "url":
            while end - start > 1 and normal[end - 1] in _URL_END:
                end -= 1
            spans.append((start, end))
        elif kind == "word":
            end = _word(normal, start, end, rules, spans)
        else:
            spans.append((start, end))
        position = end
    return spans


def _word(text: str, start: int, end: int, rules: TokenRules, spans: list[tuple[int, int]]) -> int:
    """Add the tokens of the word at [start, end); the place where the search goes on."""
    low = text[start:end].lower()
    if text[end - 1] == "'":
        end -= 1
        low = low[:-1]
    stop = text[end : end + 1] == "."
    if stop and _takes_stop(text, low, start, end, rules):
        end += 1
    elif "-" in low and low not in rules.hyphenated:
        word = text[start:end]
        clitic = rules.clitic.search(word, 1) or rules.imperative.search(word, 1)
        if clitic and _LETTER.match(word):
            cut = start + clitic.start()
            spans.append((start, cut))
            start = cut
    spans.append((start, end))
    return end


def _takes_stop(text: str, low: str, start: int, end: int, rules: TokenRules) -> bool:
    """Does the full stop behind the word belong to it (an abbreviation, an initial)?"""
    rest = text[end + 1 : end + 3]
    if low in rules.always:
        return not rest or rest[0].isspace() or rest[0] in ",;)"
    if len(low) == 1 and text[start].isupper() and low.isalpha():
        return rest[:1].isspace() and rest[1:2].isupper()
    return low in rules.abbreviations and bool(rest.strip()) and rest[0].isspace()


def pieces(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Words of a spaCy Doc for `text`: (word, is a space behind it); further white space as words of its own."""
    position = 0
    for number, (start, end) in enumerate(spans):
        if start > position:
            yield text[position:start], False
        nearest = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        space = end < nearest and text[end] == " "
        yield text[start:end], space
        position = end + space
    if position < len(text):
        yield text[position:], False
