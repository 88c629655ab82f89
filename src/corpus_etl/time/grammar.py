"""Compile a grammar of rules over tokens, and parse zones with it.

A grammar is data: a lexicon (category -> word -> value) and levels of rules, one rule one line:

    [TARGET, "meaning constant=value", "pattern", "example", "value"]

In a pattern, lower case is a word, UPPER CASE a category of the lexicon or the target of a lower level, `x:CAT` gives
the value of that token to the meaning as `x`, `( a | b )` is a choice, `?` after a token or group makes it optional,
and `< ... >` is the part that is reported where the pattern also asks for words around it. Levels run in order, each
once from left to right; the longest rule wins, then the first; what it covers becomes one token for the next level.
This is a cascade of finite-state transducers (Abney 1996): no recursion, no backtracking over the text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from corpus_etl.errors import ConfigurationError

from .numbers import NumberWord
from .scanner import Entry, Scanner, Symbols, Token, all_number_categories, fold, word_categories

_PIECE = re.compile(
    r"\s*(?:(?P<name>[a-z]\w*):(?P<cat>[A-Z][A-Z0-9]*)|(?P<bare>[A-Z][A-Z0-9]*)|(?P<op>[()|?<>])"
    r"|(?P<word>[^\W\d_]+'?|\d+|[^\w\s()|?<>]))"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule."""

    target: str
    meaning: str
    constants: Mapping[str, str]
    pattern: re.Pattern[str]
    captures: Mapping[str, str]
    source: str
    examples: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tree:
    """A rule applied to tokens `first` to `last` (excluded), reported from `begin` to `end`."""

    rule: Rule
    first: int
    last: int
    begin: int
    end: int
    children: Mapping[str, "Tree | int"]


@dataclass(frozen=True, slots=True)
class _Item:
    symbol: str
    tree: Tree | None
    first: int
    last: int


class Grammar:
    """A compiled grammar: its scanner and its rules by level."""

    def __init__(self, data: Mapping[str, Any], origin: str) -> None:
        self._symbols = Symbols()
        self._origin = origin
        self.targets: set[str] = {str(r[0]) for level in data["levels"] for r in level["rules"]}
        sources = [[_split(row, origin) for row in level["rules"]] for level in data["levels"]]
        literals = {w for rules in sources for r in rules for w in r[5]}
        words = self._vocabulary(data, literals)
        for categories in all_number_categories():
            self._symbols.symbol(categories)
        for target in sorted(self.targets):
            self._symbols.symbol(frozenset((target,)))
        self._groups: dict[str, list[str]] = data.get("groups", {})
        self._levels = [self._compile(rules) for rules in sources]
        self.rules: tuple[Rule, ...] = tuple(r for rules, _ in self._levels for r in rules)
        self.scanner = Scanner(self._symbols, words)
        self._cached = lru_cache(maxsize=50_000)(self._parse)

    def parse(self, zone: Sequence[Token]) -> tuple[Tree, ...]:
        """The trees of a zone, in order; which of them are worth reporting is for the caller to say."""
        symbols = "".join(t.symbol for t in zone)
        return self._cached(symbols) if len(symbols) <= 16 else self._parse(symbols)

    def _vocabulary(self, data: Mapping[str, Any], literals: set[str]) -> dict[str, Entry]:
        values: dict[str, dict[str, Any]] = {}
        for category, listed in data["lexicon"].items():
            items = listed.items() if isinstance(listed, dict) else ((w, str(w)) for w in listed)
            for word, value in items:
                values.setdefault(str(word), {})[category] = value
        numbers = {
            w: NumberWord(role, int(v)) for role, listed in data.get("numbers", {}).items() for w, v in listed.items()
        }
        weak = {fold(str(w)) for w in data["weak"]}
        joints = set(data.get("joints", ()))
        numbers = {fold(w): n for w, n in numbers.items()}
        values = _folded(values)
        entries: dict[str, Entry] = {}
        for word in sorted({*values, *literals, *numbers, *joints}):
            own = dict(values.get(word, {}))
            number = numbers.get(word)
            if number is not None and number.value < 1_000_000:
                own.update(dict.fromkeys(word_categories(number.value), number.value))
            categories = {*own, *([f"={word}"] if word in literals else [])}
            symbol = self._symbols.symbol(frozenset(categories or {"joint"}))
            entries[word] = Entry(symbol, word not in weak, own, number, word in joints)
        for variant in (" - ", "\n- "):
            if "-" in entries:
                entries[variant] = entries["-"]
        return entries

    def _compile(self, rules: Sequence[tuple[Any, ...]]) -> tuple[list[Rule], dict[str, list[int]]]:
        compiled: list[Rule] = []
        first: dict[str, list[int]] = {}
        for target, meaning, pattern, example, value, _ in rules:
            source, captures = self._expression(pattern)
            name, *constants = meaning.split()
            rule = Rule(
                target,
                name,
                dict(c.split("=", 1) for c in constants),
                re.compile(source),
                captures,
                pattern,
                (example, value),
            )
            compiled.append(rule)
            for symbol in self._first(source):
                first.setdefault(symbol, []).append(len(compiled) - 1)
        return compiled, first

    def _expression(self, pattern: str) -> tuple[str, dict[str, str]]:
        parts: list[str] = []
        captures: dict[str, str] = {}
        for piece in _pieces(pattern, self._origin):
            if op := piece["op"]:
                parts.append({"(": "(?:", ")": ")", "|": "|", "?": "?", "<": "(?P<begin_>)", ">": "(?P<end_>)"}[op])
                continue
            category = piece["cat"] or piece["bare"] or f"={piece['word']}"
            members = "".join(self._symbols.members(c) for c in self._groups.get(category, [category]))
            if not members:
                raise ConfigurationError(f"{self._origin}: {category} in {pattern!r} is in no lexicon and no level")
            if name := piece["name"]:
                captures[name] = category
                parts.append(f"(?P<{name}>[{members}])")
            else:
                parts.append(f"[{members}]")
        return "".join(parts), captures

    def _first(self, source: str) -> set[str]:
        """Characters with which a match can begin."""
        # Letting the expression fail right after its first character finds them without a parser of our own.
        opened = source.replace("(?P<begin_>)", "").replace("(?P<end_>)", "")
        return _first_characters(opened)

    def _parse(self, symbols: str) -> tuple[Tree, ...]:
        items = [_Item(c, None, i, i + 1) for i, c in enumerate(symbols)]
        for rules, first in self._levels:
            items = self._apply(items, rules, first)
        return tuple(item.tree for item in items if item.tree is not None)

    def _apply(self, items: list[_Item], rules: list[Rule], first: dict[str, list[int]]) -> list[_Item]:
        line = "".join(item.symbol for item in items)
        result: list[_Item] = []
        i = 0
        while i < len(items):
            best: re.Match[str] | None = None
            chosen: Rule | None = None
            for index in first.get(line[i], ()):
                match = rules[index].pattern.match(line, i)
                if match is not None and (best is None or match.end() > best.end()):
                    best, chosen = match, rules[index]
            if best is None or chosen is None or best.end() == i:
                result.append(items[i])
                i += 1
                continue
            result.append(self._reduce(items, best, chosen))
            i = best.end()
        return result

    def _reduce(self, items: list[_Item], match: re.Match[str], rule: Rule) -> _Item:
        covered = items[match.start() : match.end()]
        groups = match.re.groupindex
        begin = match.start("begin_") if "begin_" in groups else match.start()
        end = match.start("end_") if "end_" in groups else match.end()
        children: dict[str, Tree | int] = {}
        for name in rule.captures:
            at = match.start(name)
            if at >= 0:
                item = items[at]
                children[name] = item.tree if item.tree is not None else item.first
        first, last = covered[0].first, covered[-1].last
        inner = items[begin:end]
        head, tail = inner[0], inner[-1]
        tree = Tree(
            rule,
            first,
            last,
            head.tree.begin if head.tree is not None else head.first,
            tail.tree.end if tail.tree is not None else tail.last,
            children,
        )
        return _Item(self._symbols.symbol(frozenset((rule.target,))), tree, first, last)


def _folded(values: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    folded: dict[str, dict[str, Any]] = {}
    for word, own in values.items():
        folded.setdefault(fold(word), {}).update(own)
    return folded


def _split(row: Sequence[Any], origin: str) -> tuple[str, str, str, str, str, set[str]]:
    row = [*row, ""] if len(row) == 4 else row
    if len(row) != 5:
        raise ConfigurationError(f"{origin}: a rule has target, meaning, pattern, example, value: {row!r}")
    target, meaning, pattern, example, value = (str(x) for x in row)
    literals = {p["word"] for p in _pieces(pattern, origin) if p["word"]}
    return target, meaning, pattern, example, value, literals


def _pieces(pattern: str, origin: str) -> Iterator[dict[str, str | None]]:
    at = 0
    pattern = pattern.rstrip()
    while at < len(pattern):
        match = _PIECE.match(pattern, at)
        if match is None:
            raise ConfigurationError(f"{origin}: cannot read the pattern {pattern!r} at {pattern[at:]!r}")
        at = match.end()
        piece = match.groupdict()
        if piece["word"]:
            piece["word"] = fold(piece["word"])
        yield piece


def _first_characters(source: str) -> set[str]:
    """The first characters of the matches of a pattern made of classes, groups, choices and `?`."""
    found, _, _ = _first_of(source, 0)
    return found


def _first_of(source: str, i: int) -> tuple[set[str], bool, int]:
    """(first characters, may be empty, index after) of the sequence of choices at i."""
    found: set[str] = set()
    empty_any, empty = False, True
    while i < len(source) and source[i] != ")":
        if source[i] == "|":
            empty_any, empty, i = empty_any or empty, True, i + 1
            continue
        if source.startswith("(?:", i):
            inner, may, i = _first_of(source, i + 3)
            i += 1
        elif source.startswith("(?P<", i):
            inner, may, i = _first_of(source, source.index(">", i) + 1)
            i += 1
        else:
            close = source.index("]", i)
            inner, may, i = set(source[i + 1 : close]), False, close + 1
        if i < len(source) and source[i] == "?":
            may, i = True, i + 1
        if empty:
            found |= inner
            empty = may
    return found, empty_any or empty, i
