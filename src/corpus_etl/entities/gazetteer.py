"""The gazetteer: well-known people, organisations and places with their names, common nouns and dated roles.

All of it is data of the language pack (`packs/<language>/entities/`): `people.csv`, `organizations.csv`,
`places.csv` (one row per entity), `roles.csv` (who held which office when) and `lexicon.yaml` (common nouns for
people and organisations, titles, pronouns, first names). The columns are described in `docs/entities.md`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from corpus_etl.errors import ConfigurationError

from .lexicon import Lexicon, Noun
from .model import Kind
from .ranking import Model

_SAME_LENGTH = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "´": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\n": " ",
    }
)
WORD = re.compile(r"[^\W_]+")


def normal(text: str) -> str:
    """Text with one kind of apostrophe, hyphen and space; code points keep their places."""
    return text.translate(_SAME_LENGTH)


@dataclass(frozen=True, slots=True)
class Entry:
    """One well-known entity."""

    key: str
    name: str
    kind: Kind
    gender: str
    country: str
    aliases: tuple[str, ...]
    weak: tuple[str, ...]
    nouns: tuple[str, ...]
    wikidata_id: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Role:
    """An office or relation held by a person: `nouns` of the entity `of`, or a whole phrase."""

    person: str
    nouns: tuple[str, ...]
    of: str
    phrases: tuple[str, ...]
    start: date | None
    end: date | None

    def held(self, on: date | None) -> bool:
        """Whether it is held on a day; without a day only offices without an end are."""
        if on is None:
            return self.end is None
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True)
class Hit:
    """An alias found in a text: offsets into it, and whether it needs confirmation by the context."""

    start: int
    end: int
    entry: Entry
    alias: str
    weak: bool


@dataclass
class Gazetteer:
    """Entities by key and by alias, roles and the lexicon of one language. Read only."""

    entries: dict[str, Entry]
    roles: tuple[Role, ...]
    lexicon: Lexicon
    coreference: Model  # weights of the choice among candidates
    adjectives: dict[str, str] = field(default_factory=dict)  # « américain » -> place key
    _aliases: dict[str, list[tuple[str, Entry, bool]]] = field(default_factory=dict, repr=False)
    _roles_of: dict[str, list[Role]] = field(default_factory=dict, repr=False)
    _phrases: dict[str, list[tuple[str, str, Role | None]]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for entry in self.entries.values():
            for noun in entry.nouns:
                if (
                    " " not in noun
                    and noun not in self.lexicon.nouns
                    and noun not in self.lexicon.collectives
                ):
                    self.lexicon.nouns[noun] = Noun(entry.kind)  # « le losange »
            strong = [a for a in (entry.name, *entry.aliases) if a not in entry.weak]
            for alias, weak in [(a, False) for a in strong] + [(a, True) for a in entry.weak]:
                text = normal(alias)
                match = WORD.search(text)
                if match:
                    self._aliases.setdefault(match[0], []).append((text, entry, weak))
            for noun in entry.nouns:
                if " " in noun:
                    self._add_phrase(noun, entry.key, None)
        for found in self._aliases.values():
            found.sort(key=lambda item: (-len(item[0]), item[1].key))
        for role in self.roles:
            self._roles_of.setdefault(role.person, []).append(role)
            for phrase in role.phrases:
                self._add_phrase(phrase, role.person, role)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda item: (-len(item[0]), item[1]))

    def _add_phrase(self, phrase: str, key: str, role: Role | None) -> None:
        text = normal(phrase).lower()
        match = WORD.search(text)
        if match:
            self._phrases.setdefault(match[0], []).append((text, key, role))

    @classmethod
    def load(cls, language: str = "fr") -> Gazetteer:
        """The gazetteer of a language pack; read once per process.

        Raises ConfigurationError where a file is missing or a row names an unknown entity or a wrong kind.
        """
        return _load(language)

    def find(self, text: str) -> Iterator[Hit]:
        """Aliases in a text, case-sensitive, on word boundaries, longest first, not overlapping."""
        folded = normal(text)
        done = 0
        for word in WORD.finditer(folded):
            if word.start() < done:
                continue
            for candidate in (word[0], *_glued(word[0])):
                hit = self._match(folded, word.start(), candidate)
                if hit:
                    yield hit
                    done = hit.end
                    break

    def _match(self, text: str, start: int, word: str) -> Hit | None:
        for alias, entry, weak in self._aliases.get(word, ()):
            end = start + len(alias)
            if text.startswith(alias, start) and _boundary(text, end):
                return Hit(start, end, entry, alias, weak)
        return None

    def phrase(self, text: str, start: int) -> list[tuple[int, str, Role | None]]:
        """Role phrases that begin at an offset: (end, key of the person or organisation, role)."""
        match = WORD.match(text, start)
        if not match:
            return []
        found = []
        window = normal(text[start : start + 80]).lower()
        for phrase, key, role in self._phrases.get(match[0].lower(), ()):
            if window.startswith(phrase) and _boundary(window, len(phrase)):
                found.append((start + len(phrase), key, role))
        return found

    def roles_of(self, person: str) -> list[Role]:
        """Roles of a person."""
        return self._roles_of.get(person, [])

    def holders(self, noun: str, of: str, on: date | None) -> list[str]:
        """Keys of the people who hold the role `noun` of entity `of` on a day (any day if it is not known)."""
        held, ever = [], []
        for role in self.roles:
            if role.of == of and noun in role.nouns:
                ever.append(role.person)
                if role.held(on):
                    held.append(role.person)
        return list(dict.fromkeys(held or (ever if on is None else [])))


def _glued(word: str) -> Iterable[str]:
    """Words that crawling glued together: « MuskQuel » begins with « Musk »."""
    for i in range(2, len(word) - 1):
        if word[i].isupper() and word[i - 1].islower() and word[i + 1].islower():
            yield word[:i]
            return


def _boundary(text: str, end: int) -> bool:
    if end >= len(text) or not text[end].isalnum():
        return not (text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper())
    return text[end].isupper() and text[end - 1].islower() and text[end + 1 : end + 2].islower()


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except OSError as error:
        raise ConfigurationError(
            f"{path}: gazetteer file of the language pack cannot be read: {error}"
        ) from error


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


@lru_cache(maxsize=4)
def _load(language: str) -> Gazetteer:
    folder = Path(__file__).resolve().parents[1] / "packs" / language / "entities"
    lexicon = Lexicon.load(folder / "lexicon.yaml", folder / "first_names.csv")
    entries: dict[str, Entry] = {}
    adjectives: dict[str, str] = {}
    kinds: tuple[Kind, ...] = ("person", "organization", "place", "product", "group", "other")
    for name in ("people.csv", "organizations.csv", "places.csv"):
        for number, row in enumerate(_rows(folder / name), 2):
            key = row["key"]
            kind = next((k for k in kinds if k == row["kind"]), None)
            if kind is None or not key or key in entries:
                raise ConfigurationError(
                    f"{name}:{number}: key missing or used twice, or unknown kind: {key!r}"
                )
            entries[key] = Entry(
                key,
                row["name"],
                kind,
                row["gender"],
                row["country"],
                _split(row["aliases"]),
                _split(row["weak_aliases"]),
                _split(row["nouns"]),
                row["wikidata_id"] or None,
                row["source"],
            )
            for adjective in _split(row.get("adjectives")):
                adjectives[adjective] = key
    roles = []
    for number, row in enumerate(_rows(folder / "roles.csv"), 2):
        if row["person"] not in entries or (row["of"] and row["of"] not in entries):
            raise ConfigurationError(
                f"roles.csv:{number}: unknown entity: {row['person']!r} or {row['of']!r}"
            )
        nouns = tuple(n for word in _split(row["nouns"]) for n in lexicon.role_nouns(word))
        roles.append(
            Role(row["person"], nouns, row["of"], _split(row["phrases"]), _day(row["from"]), _day(row["to"]))
        )
    return Gazetteer(entries, tuple(roles), lexicon, Model.load(folder / "coreference.yaml"), adjectives)
