"""Common nouns, titles, pronouns and first names of a language: the words entity resolution goes by."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from corpus_etl.errors import ConfigurationError

from .model import Kind


@dataclass(frozen=True, slots=True)
class Noun:
    """What a common noun tells about those it names."""

    kind: Kind
    gender: str = ""
    generic: bool = False  # fits every entity of its kind (« l'entreprise »)
    relational: bool = False  # says little without its complement (« l'avocat », « le frère »)
    body: bool = False  # an institution (« le tribunal »)


@dataclass
class Lexicon:
    """Word lists of `lexicon.yaml` and `first_names.csv`; see the comments there."""

    words: dict[str, Any]
    first_names: dict[str, str]
    nouns: dict[str, Noun] = field(default_factory=dict)
    collectives: dict[str, Noun] = field(
        default_factory=dict
    )  # nouns whose plural (or singular) names a group

    @classmethod
    def load(cls, path: Path, names: Path) -> Lexicon:
        """Read both files; raises ConfigurationError where one is missing or is no mapping."""
        try:
            words = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            with names.open(encoding="utf-8", newline="") as file:
                first_names = {row["name"]: row["gender"] for row in csv.DictReader(file)}
        except (OSError, yaml.YAMLError) as error:
            raise ConfigurationError(f"{path}: entity lexicon cannot be read: {error}") from error
        if not isinstance(words, dict):
            raise ConfigurationError(f"{path}: expected a mapping of word lists")
        lexicon = cls(words, first_names)
        kinds: tuple[Kind, ...] = ("product", "place", "group", "organization", "person")
        for kind in kinds:
            for group, entries in words["nouns"].get(kind, {}).items():
                gender = "m" if "masculine" in group else "f" if "feminine" in group else ""
                table = lexicon.collectives if kind == "group" else lexicon.nouns
                for noun in entries:
                    if kind == "group":
                        table[noun] = Noun(kind, gender, generic=group == "both")
                    elif noun in table and table[noun].gender != gender:
                        table[noun] = Noun(
                            kind, "", table[noun].generic, table[noun].relational, table[noun].body
                        )
                    else:
                        body = "institution" in group
                        relational = body or "relational" in group
                        table[noun] = Noun(kind, gender, "generic" in group, relational, body)
        return lexicon

    def strings(self, name: str) -> frozenset[str]:
        """A word list by its name."""
        cached = self._sets.get(name)
        if cached is None:
            cached = self._sets[name] = frozenset(self.words.get(name) or ())
        return cached

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def compounds(self) -> dict[str, list[str]]:
        """Nouns of several words by their first word, longest first."""
        found: dict[str, list[str]] = {}
        for noun in (*self.nouns, *self.collectives):
            if " " in noun or "-" in noun:
                found.setdefault(noun.replace("-", " ").split()[0], []).append(noun)
        for several in found.values():
            several.sort(key=len, reverse=True)
        return found

    @cached_property
    def compounds_by_end(self) -> dict[str, list[str]]:
        """Person nouns whose noun comes last (« premier ministre ») by that noun."""
        found: dict[str, list[str]] = {}
        for noun in self.nouns:
            first, _, rest = noun.partition(" ")
            if rest and " " not in rest and rest in self.nouns and first not in self.nouns:
                found.setdefault(rest, []).append(noun)
        return found

    @cached_property
    def titles(self) -> frozenset[str]:
        """Titles before names, of all genders."""
        return self.strings("titles_masculine") | self.strings("titles_feminine") | self.strings("titles_any")

    @cached_property
    def offices(self) -> list[frozenset[str]]:
        """Role classes: nouns that may name one office."""
        return [frozenset(c) for c in self.words["role_classes"].values()]

    @cached_property
    def pronouns(self) -> dict[str, tuple[str, str, str]]:
        """Third-person pronouns: lower-case form -> (form, gender, number)."""
        return {form: (row[0], row[1], row[2]) for form, row in self.words["pronouns"].items()}

    def role_nouns(self, word: str) -> tuple[str, ...]:
        """The nouns of a role class, or the word itself."""
        return tuple(self.words["role_classes"].get(word, (word,)))

    def first_name(self, word: str) -> str | None:
        """Gender of a first name: "m", "f", "" (both), or null where it is none."""
        return (
            self.first_names.get(word.split("-")[0])
            if word not in self.first_names
            else self.first_names[word]
        )
