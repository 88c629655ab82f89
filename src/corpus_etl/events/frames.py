"""The trigger lexicon as data classes, read from the frame files of a language pack and checked while reading.

Format: `docs/frames.md`. Every mistake is reported with file, type, group and the offending key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus_etl.errors import ConfigurationError

ROLES = ("actor", "recipient", "theme", "place")
KINDS = frozenset({"person", "organization", "place", "product", "group", "other"})
PRIORS = {"low": 0, "medium": 1, "high": 2}
_CONDITIONS = {
    "kinds", "strict", "needs", "amount", "object", "subject", "attr", "with", "clause", "words", "modifier", "tense",
}  # fmt: skip
_GROUP = {
    "use", "roles", "verbs", "nouns", "support", "support_passive", "require", "exclude", "prior", "factuality",
    "reciprocal", "note", "examples", "not",
}  # fmt: skip
_MARK = re.compile(r"\[([TAR]):([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where the roles of verb and of noun triggers stand: role -> slots, the first filled one wins."""

    verb: Mapping[str, tuple[str, ...]]
    noun: Mapping[str, tuple[str, ...]]
    reciprocal: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What a group requires or excludes; empty fields say nothing. Word lists are expanded classes."""

    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    strict: bool = False
    needs: tuple[str, ...] = ()
    amount: str = ""
    object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    attr: frozenset[str] = frozenset()
    complements: Mapping[str, frozenset[str]] = field(default_factory=dict)
    clause: str = ""
    words: frozenset[str] = frozenset()
    modifier: frozenset[str] = frozenset()
    tense: str = ""

    @property
    def weight(self) -> int:
        """How many conditions are set."""
        values = (self.kinds, self.needs, self.amount, self.object, self.subject, self.attr, self.complements)
        return sum(map(bool, (*values, self.clause, self.words, self.modifier, self.tense))) + self.strict


@dataclass(frozen=True, slots=True)
class Support:
    """Light verbs and the nouns that make an event with them."""

    verbs: tuple[str, ...]
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the marked trigger, actor and recipient as (start, end) spans of `text`."""

    text: str
    spans: Mapping[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """Triggers of one event type that share arguments and conditions. `rule` names the group: type#number."""

    rule: str
    event_type: str
    pattern: Pattern
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    support: Support | None = None
    support_passive: Support | None = None
    require: Condition = Condition()
    exclude: Condition = Condition()
    prior: int = 1
    factuality: str = ""
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[str, ...] = ()

    def entries(self) -> Iterable[str]:
        """The trigger entries of the group: words of `verbs`, `nouns` and of both sides of support verbs."""
        yield from self.verbs
        yield from self.nouns
        for support in (self.support, self.support_passive):
            if support:
                yield from (f"{support.verbs[0]} {noun}" for noun in support.nouns)
                yield from (f"{verb} {support.nouns[0]}" for verb in support.verbs[1:])


@dataclass(frozen=True, slots=True)
class GeneralSupport:
    """Light verbs known for every noun trigger (`_support.yaml`)."""

    active: tuple[str, ...] = ()
    passive: tuple[str, ...] = ()
    happening: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frames:
    """All frames of a language pack."""

    groups: tuple[Group, ...]
    support: GeneralSupport
    endings: Mapping[str, tuple[str, ...]]

    def count(self) -> int:
        """Number of distinct (type, trigger entry) pairs."""
        return len({(g.event_type, entry) for g in self.groups for entry in g.entries()})


def read_example(marked: str) -> Example:
    """Parse « [A:Le maire] a [T:démissionné]. » Raises ValueError where no trigger is marked."""
    text, spans = "", {"T": [], "A": [], "R": []}  # type: tuple[str, dict[str, list[tuple[int, int]]]]
    last = 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        spans[match[1]].append((len(text), len(text) + len(match[2])))
        text += match[2]
        last = match.end()
    text += marked[last:]
    if not spans["T"]:
        raise ValueError("no [T:…] in it")
    return Example(text, {mark: tuple(found) for mark, found in spans.items()})


@cache
def load(folder: Path, event_types: tuple[str, ...]) -> Frames:
    """Read all frame files of `folder`. Raises ConfigurationError with every mistake found, one a line."""
    reader = _Reader(folder, frozenset(event_types))
    frames = reader.read()
    if reader.errors:
        raise ConfigurationError("frames are wrong:\n  " + "\n  ".join(reader.errors))
    return frames


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path.name}: not YAML: {error}") from error


class _Reader:
    """Reads a folder of frame files and collects mistakes."""

    def __init__(self, folder: Path, event_types: frozenset[str]) -> None:
        self.folder = folder
        self.event_types = event_types
        self.errors: list[str] = []
        self.classes: dict[str, frozenset[str]] = {}
        self.shared: dict[str, Pattern] = {}

    def read(self) -> Frames:
        if not self.folder.is_dir():
            raise ConfigurationError(f"language pack has no frames folder: {self.folder.name}")
        classes = self._optional("_classes.yaml").get("classes") or {}
        self.classes = {name: frozenset(words) for name, words in classes.items()}
        self.shared = self._patterns("_patterns.yaml", self._optional("_patterns.yaml"))
        general = self._optional("_support.yaml")
        groups: list[Group] = []
        for path in sorted(self.folder.glob("[!_]*.yaml")):
            groups += self._family(path)
        support = GeneralSupport(
            *(tuple(general.get(key) or ()) for key in ("active", "passive", "happening"))
        )
        endings = {k: tuple(v) for k, v in (self._optional("_endings.yaml").get("endings") or {}).items()}
        return Frames(tuple(groups), support, endings)

    def _optional(self, name: str) -> dict[str, Any]:
        path = self.folder / name
        return (_yaml(path) or {}) if path.exists() else {}

    def _family(self, path: Path) -> Iterable[Group]:
        data = _yaml(path)
        if not isinstance(data, dict) or not isinstance(data.get("types"), dict):
            self.errors.append(f"{path.name}: needs `family` and `types`")
            return
        self._unknown(path.name, data, {"family", "patterns", "types"})
        patterns = {**self.shared, **self._patterns(path.name, data)}
        for event_type, groups in data["types"].items():
            if event_type not in self.event_types:
                self.errors.append(f"{path.name}: {event_type!r} is no event type")
                continue
            own = event_type.startswith(path.stem + ".")
            for number, raw in enumerate(groups or [], start=1):
                rule = f"{event_type}#{'' if own else path.stem + '-'}{number}"
                if not isinstance(raw, dict):
                    self.errors.append(f"{path.name}: {rule}: a group is a mapping, found {raw!r}")
                    continue
                yield self._group(f"{path.name}: {rule}", rule, event_type, raw, patterns)

    def _patterns(self, where: str, data: Mapping[str, Any]) -> dict[str, Pattern]:
        found = {}
        for name, raw in (data.get("patterns") or {}).items():
            self._unknown(f"{where}: pattern {name}", raw, {"verb", "noun", "reciprocal"})
            found[name] = Pattern(
                self._slots(f"{where}: pattern {name}", raw.get("verb")),
                self._slots(f"{where}: pattern {name}", raw.get("noun")),
                bool(raw.get("reciprocal")),
            )
        return found

    def _slots(self, where: str, raw: Any) -> dict[str, tuple[str, ...]]:
        self._unknown(where, raw or {}, set(ROLES))
        return {role: _strings(slots) for role, slots in (raw or {}).items()}

    def _group(self, where: str, rule: str, event_type: str, raw: dict[str, Any], patterns: Mapping[str, Pattern]) -> Group:
        self._unknown(where, raw, _GROUP)
        name = raw.get("use")
        if name is not None and name not in patterns:
            self.errors.append(f"{where}: no pattern {name!r}")
        if name is None and "roles" not in raw:
            self.errors.append(f"{where}: needs `use` or `roles`")
        pattern = patterns.get(name or "", Pattern({}, {}))
        roles = self._slots(where, raw.get("roles"))
        pattern = Pattern(
            {**pattern.verb, **roles},
            {**pattern.noun, **roles},
            bool(raw.get("reciprocal", pattern.reciprocal)),
        )
        if not any(raw.get(key) for key in ("verbs", "nouns", "support", "support_passive")):
            self.errors.append(f"{where}: no triggers")
        if raw.get("prior", "medium") not in PRIORS:
            self.errors.append(f"{where}: prior is one of {', '.join(PRIORS)}")
        return Group(
            rule=rule,
            event_type=event_type,
            pattern=pattern,
            verbs=_strings(raw.get("verbs")),
            nouns=_strings(raw.get("nouns")),
            support=self._support(where, raw.get("support")),
            support_passive=self._support(where, raw.get("support_passive")),
            require=self._condition(f"{where}: require", raw.get("require")),
            exclude=self._condition(f"{where}: exclude", raw.get("exclude")),
            prior=PRIORS.get(raw.get("prior", "medium"), 1),
            factuality=raw.get("factuality") or "",
            examples=tuple(self._examples(where, raw.get("examples") or ())),
            counterexamples=_strings(raw.get("not")),
        )

    def _examples(self, where: str, raw: Iterable[str]) -> Iterable[Example]:
        for marked in raw:
            try:
                yield read_example(marked)
            except (ValueError, TypeError) as error:
                self.errors.append(f"{where}: example {marked!r}: {error}")

    def _support(self, where: str, raw: Any) -> Support | None:
        if raw is None:
            return None
        self._unknown(f"{where}: support", raw, {"verbs", "nouns"})
        support = Support(_strings(raw.get("verbs")), _strings(raw.get("nouns")))
        if not support.verbs or not support.nouns:
            self.errors.append(f"{where}: support needs verbs and nouns")
            return None
        return support

    def _condition(self, where: str, raw: Any) -> Condition:
        raw = raw or {}
        self._unknown(where, raw, _CONDITIONS)
        kinds = {role: frozenset(_strings(value)) for role, value in (raw.get("kinds") or {}).items()}
        for role, value in kinds.items():
            if role not in ROLES or not value <= KINDS | {"name"}:
                self.errors.append(f"{where}: kinds: {role}: {sorted(value)}")
        if raw.get("amount") not in (None, "money", "percent", "any", "count"):
            self.errors.append(f"{where}: amount is money, percent, count or any")
        if raw.get("clause") not in (None, "any", "que", "inf", "quote", "predicate"):
            self.errors.append(f"{where}: clause is any, que, inf, quote or predicate")
        return Condition(
            kinds=kinds,
            strict=bool(raw.get("strict")),
            needs=_strings(raw.get("needs")),
            amount=raw.get("amount") or "",
            object=self._words(where, raw.get("object")),
            subject=self._words(where, raw.get("subject")),
            attr=self._words(where, raw.get("attr")),
            complements={p: self._words(where, words) for p, words in (raw.get("with") or {}).items()},
            clause=raw.get("clause") or "",
            words=self._words(where, raw.get("words")),
            modifier=self._words(where, raw.get("modifier")),
            tense=raw.get("tense") or "",
        )

    def _words(self, where: str, raw: Any) -> frozenset[str]:
        words: set[str] = set()
        for word in _strings(raw):
            if not word.startswith("@"):
                words.add(word)
            elif word[1:] in self.classes:
                words |= self.classes[word[1:]]
            else:
                self.errors.append(f"{where}: no word class {word}")
        return frozenset(words)

    def _unknown(self, where: str, raw: Any, known: Iterable[str]) -> None:
        if not isinstance(raw, dict):
            self.errors.append(f"{where}: expected a mapping, found {raw!r}")
        else:
            self.errors += [f"{where}: unknown key {key!r}" for key in raw if key not in set(known)]


def _strings(raw: Any) -> tuple[str, ...]:
    """A string or a list of strings as a tuple; YAML reads some words (`non`, 1) as other types."""
    if raw is None:
        return ()
    return (raw,) if isinstance(raw, str) else tuple(map(str, raw))
