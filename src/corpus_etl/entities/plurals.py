"""Plural noun phrases and the names that they stand for: « les groupes X, Y et Z », « les deux hommes »."""

from __future__ import annotations

from corpus_etl.language import Sentence

from .drafts import Draft, Referent
from .gazetteer import normal
from .joins import Phrase
from .salience import agrees
from .scene import Scene


def take_in_names(scene: Scene, phrase: Phrase, sentence: Sentence) -> None:
    """« les groupes X, Y et Z »: a plural noun before its names stands for them; « les frères X » takes the name in."""
    draft, tokens = phrase.draft, sentence.tokens
    names = {d.first: d for d in scene.names.get(sentence.index, [])}
    behind = draft.last + 1
    if behind < len(tokens) and tokens[behind].text == ",":
        behind += 1  # « deux ingénieurs, X et Y »
    first = names.get(behind)
    if draft.number != "p" or phrase.noun.kind != "group" or first is None or first.referent is None:
        return
    others, at = [], first.last + 1
    while (
        at + 1 < len(tokens)
        and normal(tokens[at].text).lower() in scene.gazetteer.lexicon.strings("name_splitters")
        and at + 1 in names
    ):
        others.append(names[at + 1])
        if tokens[at].upos == "CCONJ":
            break  # « X et Y, Z compte … »: the list is over
        at = names[at + 1].last + 1
    found = [d.referent for d in (first, *others) if d.referent is not None]
    if behind > draft.last + 1 and (not others or first.kind not in ("person", "organization")):
        return
    if others:
        draft.several = list(dict.fromkeys(found))
    elif phrase.noun.relational or first.kind == "person":
        draft.last, draft.end = first.last, first.end


def stand_for_two(scene: Scene, phrase: Phrase, sentence: Sentence) -> None:
    """« les deux hommes », « les deux groupes »: the only two of their kind in this sentence and the ones just before."""
    draft, lexicon = phrase.draft, scene.gazetteer.lexicon
    words = {normal(t.text).lower() for t in sentence.tokens[max(0, draft.first - 1) : draft.head]}
    if (
        draft.number != "p"
        or draft.several
        or phrase.determiner != "definite"
        or phrase.complements
        or not words & lexicon.strings("two")
        or _told_as_group(scene, draft)
    ):
        return
    known = lexicon.nouns.get(draft.lemma)
    kind = known.kind if known is not None else "person"
    windows = (_named_within(scene, back, kind, sentence.index, draft.head) for back in (1, 2, 3))
    near = next((found for found in windows if len(found) > 1), [])
    if len(near) == 2 and all(
        agrees(r, draft.gender if kind == "person" and draft.gender == "f" else "", "") for r in near
    ):
        draft.several = near


def _told_as_group(scene: Scene, draft: Draft) -> bool:
    """« des hommes », seen before: the two are not those named."""
    founders = (r.founder for r in scene.referents if r is not draft.referent and r.number == "p")
    return any(f is not None and f.lemma == draft.lemma for f in founders)


def _named_within(scene: Scene, back: int, kind: str | None, number: int, head: int) -> list[Referent]:
    """Named referents of a kind in the last `back` sentences and before `head` in sentence `number`."""
    return [
        r
        for r in scene.referents
        if r.name
        and r.kind == kind
        and any(number - back <= s <= number and (s, t) < (number, head) for s, t, _ in r.seen)
    ]
