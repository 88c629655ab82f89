"""The compiled lexicon: from folded head words to the entries that they may trigger. Built once per process and pack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from corpus_etl.errors import ConfigurationError
from corpus_etl.language import Pack
from corpus_etl.language.pack import read_yaml
from corpus_etl.schemas import EVENT_TYPES

from . import frames
from .frames import Frames, Group
from .grammar import Grammar
from .phrases import Compiler, Phrase
from .words import fold, fold_all, split_words

Kind = Literal["verb", "noun", "support", "support_passive"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One trigger of a group. For light verbs `phrase` is the noun and `verbs` are the light verbs by head."""

    group: Group
    kind: Kind
    phrase: Phrase
    verbs: Mapping[str, tuple[Phrase, ...]] | None = None


@dataclass(frozen=True)
class Lexicon:
    """Entries by head word, light verbs known for all nouns, word forms and the grammar words of the pack."""

    frames: Frames
    grammar: Grammar
    words: Mapping[str, frozenset[str]]
    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    active: Mapping[str, tuple[Phrase, ...]]
    passive: Mapping[str, tuple[Phrase, ...]]
    happening: Mapping[str, tuple[Phrase, ...]]
    forms: Mapping[str, str]
    """Inflected form to verb lemma, for regular verbs of the lexicon."""
    notes: Mapping[str, Any]
    """What else the pack says: boilerplate patterns, cues of dates, calibration."""
    cues: Mapping[str, frozenset[str]]
    """The plain word lists of `notes`, without order; a list that the pack does not have is empty."""


@cache
def load(pack: Pack) -> Lexicon:
    """Read and compile the frames of a pack. Raises ConfigurationError where a file is wrong."""
    folder = pack.path("frames")
    read = frames.load(folder, EVENT_TYPES)
    data = read_yaml(folder / "_grammar.yaml")
    verb_data = read_yaml(folder / "_verbs.yaml")
    grammar = _grammar(data, verb_data, read, pack.code)
    compiler = Compiler(data, grammar)
    verbs, nouns = _index(read.groups, compiler)
    compiler.rule = "_support.yaml"
    words = {name: fold_all(value) for name, value in data.items() if isinstance(value, list)}
    words["part_nouns"] = fold_all(verb_data["part_nouns"])
    general = read.support
    light = {h for p in (general.active, general.passive, general.happening) for h in compiler.by_head(p)}
    for entries in nouns.values():
        light |= {head for entry in entries for head in entry.verbs or ()}
    forms = _forms(sorted({*verbs, *light}), read.endings)
    grammar = replace(
        grammar,
        verb_forms=forms,
        known_verbs=frozenset({*verbs, *light}),
        words=words,
        verb_classes={**grammar.verb_classes, "reporting": _reporting(read.groups, compiler)},
    )
    if compiler.errors:
        raise ConfigurationError("frames are wrong:\n  " + "\n  ".join(dict.fromkeys(compiler.errors)))
    notes = (read_yaml(folder / "_cues.yaml") or {}) if (folder / "_cues.yaml").exists() else {}
    return Lexicon(
        frames=read,
        grammar=grammar,
        words=words,
        verbs=verbs,
        nouns=nouns,
        active=compiler.by_head(general.active),
        passive=compiler.by_head(general.passive),
        happening=compiler.by_head(general.happening),
        forms=forms,
        notes=notes,
        cues=_word_lists(notes),
    )


def _word_lists(notes: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    lists = {k: v for k, v in notes.items() if isinstance(v, list) and all(isinstance(w, str) for w in v)}
    return defaultdict(frozenset, {name: frozenset(words) for name, words in lists.items()})


def _grammar(data: Mapping[str, Any], verb_data: Mapping[str, Any], read: Frames, code: str) -> Grammar:
    contractions = {fold(k): fold(v) for k, v in data["contractions"].items()}
    compound = set(data["prepositions"])
    for group in read.groups:
        for slots in (*group.pattern.verb.values(), *group.pattern.noun.values()):
            compound |= {slot for slot in slots if " " in slot}
    split = {tuple(contractions.get(w, w) for w in split_words(p, code)) for p in compound}
    return Grammar(
        contractions=contractions,
        determiners=fold_all(data["determiners"]),
        passive_agents=fold_all(data["passive_agents"]),
        copula=fold(data["copula"]),
        auxiliaries=fold_all(data["auxiliaries"]),
        light_auxiliaries=fold_all(data["light_auxiliaries"]),
        fates=fold_all(data["fates"]),
        tense_auxiliary=fold(data["tense_auxiliary"]),
        passive_participle=fold(data["passive_participle"]),
        feminine_participles=tuple(map(fold, data["feminine_participles"])),
        first_conjugation=fold(data["first_conjugation"]),
        aimed=fold_all(data["aimed"]),
        dative_relatives=fold_all(data["dative_relatives"]),
        genitive_relatives=fold_all(data["genitive_relatives"]),
        numerals=fold_all(data["numerals"]),
        counting=fold_all(data["counting"]),
        bounds=fold_all(data["bounds"]),
        among=tuple(map(fold, data["among"])),
        code=code,
        verb_classes={name: fold_all(words) for name, words in verb_data["classes"].items()},
        prepositions=tuple(sorted(split, key=lambda p: (-len(p), p))),
    )


def _index(
    groups: Iterable[Group], compiler: Compiler
) -> tuple[dict[str, tuple[Entry, ...]], dict[str, tuple[Entry, ...]]]:
    verbs: dict[str, list[Entry]] = defaultdict(list)
    nouns: dict[str, list[Entry]] = defaultdict(list)
    for group in groups:
        compiler.rule = group.rule
        for text in group.verbs:
            entry = Entry(group, "verb", compiler.verb(text))
            verbs[entry.phrase.head].append(entry)
        for text in group.nouns:
            entry = Entry(group, "noun", compiler.noun(text))
            nouns[entry.phrase.head].append(entry)
        for kind, support in (("support", group.support), ("support_passive", group.support_passive)):
            if support is None:
                continue
            light = compiler.by_head(support.verbs)
            for text in support.nouns:
                entry = Entry(group, kind, compiler.noun(text), light)  # type: ignore[arg-type]
                nouns[entry.phrase.head].append(entry)
    return {k: tuple(v) for k, v in verbs.items()}, {k: tuple(v) for k, v in nouns.items()}


def _reporting(groups: Iterable[Group], compiler: Compiler) -> frozenset[str]:
    """Heads of the verbs that may introduce speech: all communication types."""
    return frozenset(
        compiler.verb(text).head for g in groups if g.event_type.startswith("communication.") for text in g.verbs
    )


def _forms(verbs: Iterable[str], endings: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    forms: dict[str, str] = {}
    longest = sorted(endings, key=lambda e: (-len(e), e))
    for lemma in verbs:
        ending = next((e for e in longest if lemma.endswith(e) and len(lemma) >= len(e)), None)
        if ending is None or len(lemma) <= 4:
            continue
        stem = lemma[: -len(ending)]
        for form in endings[ending]:
            # « manger, placer »: mangeait, plaçait.
            soft = stem + "e" if stem.endswith("g") and form[0] in "aoâ" else stem
            soft = stem[:-1] + "ç" if stem.endswith("c") and form[0] in "aoâ" else soft
            forms.setdefault(soft + form, lemma)
    return forms


def stems(lexicon: Lexicon) -> list[str]:
    """Lower-case strings such that every sentence with a trigger holds one of them, for a quick prefilter.

    Multiword triggers give their longest word. Regular verbs lose ending and last vowel change; of irregular ones
    only the first letters that all forms share are kept.
    """
    found: set[str] = set()
    for entries in (*lexicon.verbs.values(), *lexicon.nouns.values()):
        for entry in entries:
            words = [w for w in entry.phrase.rest if len(w) > 3]
            word = max(words, key=len) if words else entry.phrase.head
            found.add(_stem(word, verb=word == entry.phrase.head and entry.kind == "verb"))
    short = {s for s in found if len(s) >= 3}
    kept: list[str] = []
    for stem in sorted(short):  # What begins with a stem sorts right behind it.
        if not kept or not stem.startswith(kept[-1]):
            kept.append(stem)
    return sorted({*kept, *(s.replace("oe", "œ") for s in kept)})


def _stem(word: str, verb: bool) -> str:
    if not verb:
        return word.rstrip("sx")[: max(4, len(word) - 1)] if len(word) > 4 else word
    if word.endswith("er"):
        stem = word[:-2]
        # « rejeter, accéder, placer, nommer »: e may change to è, c to ç before the ending.
        if len(stem) > 3 and stem[-2] in "eé":
            return stem[:-2]
        return stem[:-1] if stem.endswith(("c", "y")) else stem
    if word.endswith("ir"):
        return word[:-2] if len(word) > 5 else word[:3]
    return word[: max(3, len(word) - 4)]
