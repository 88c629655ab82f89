"""From names to referents: which names of a document are one person or organisation.

Surnames and first names alone join the fuller name they are part of, unless two people share them; acronyms join
the name beside their brackets; spellings that differ in spaces, accents or capitals are one name.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter

from corpus_etl.language import AnalysedDocument

from .drafts import Draft, Referent
from .gazetteer import Gazetteer, normal
from .model import Kind
from .name_evidence import told_by_title, weigh


def fold(name: str) -> str:
    """Letters and digits of a name without accents, case, spaces."""
    text = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in text if c.isalnum())


def cluster(document: AnalysedDocument, names: list[Draft], gazetteer: Gazetteer) -> list[Referent]:
    """Referents of all name drafts, which are set in them; kinds, genders and canonical names decided."""
    groups: dict[str, list[Draft]] = {}
    words: dict[str, list[str]] = {}
    for draft in names:
        weigh(document, draft, gazetteer.lexicon)
        surface = " ".join(normal(document.text[draft.start : draft.end]).split())
        key = draft.key or fold(surface)
        groups.setdefault(key, []).append(draft)
        words.setdefault(key, []).append(surface)
    kinds = {key: _kind(group) for key, group in groups.items()}
    target = {key: key for key in groups}
    for short, full in _brackets(document, names, groups).items():
        target[short] = full
    particles = gazetteer.lexicon.strings("surname_particles")
    for key in groups:
        if target[key] == key:
            other = _fuller(key, groups, words, kinds, particles)
            if other:
                target[key] = other
    referents: dict[str, Referent] = {}
    for key in sorted(groups, key=lambda k: _order(k, target, groups)):
        final = _final(key, target)
        if final not in referents:
            referents[final] = _referent(
                document, final, groups[final], words[final], kinds[final], gazetteer
            )
            if referents[final].gazetteer_key is None:
                for draft in groups[final]:
                    for kind, weight in draft.evidence.items():
                        referents[final].evidence[kind] = referents[final].evidence.get(kind, 0.0) + weight
        referent = referents[final]
        canonical = fold(referent.name or "")
        for draft, surface in zip(groups[key], words[key], strict=True):
            draft.referent = referent
            draft.resolution = "name" if fold(surface) == canonical else "alias"
            draft.kind = referent.kind
            draft.gender = referent.gender
            draft.number = referent.number
            referent.forms.add(surface)
            referent.nouns |= told_by_title(document, draft, gazetteer.lexicon)
    found = list(referents.values())
    counts = Counter(id(d.referent) for d in names)
    most = Counter[str]()
    for referent in found:
        most[referent.kind or ""] = max(most[referent.kind or ""], counts[id(referent)])
    for referent in found:
        referent.frequency = counts[id(referent)] / max(1, most[referent.kind or ""])
    return found


def _order(key: str, target: dict[str, str], groups: dict[str, list[Draft]]) -> tuple[bool, int, int]:
    draft = groups[key][0]
    return (target[key] != key, draft.sentence, draft.first)


def _final(key: str, target: dict[str, str]) -> str:
    for _ in range(4):
        if target[key] == key:
            break
        key = target[key]
    return key


def _kind(group: list[Draft]) -> Kind:
    total: Counter[str] = Counter()
    for draft in group:
        for kind, weight in draft.evidence.items():
            total[kind] += weight  # type: ignore[assignment]
    order: tuple[Kind, ...] = ("person", "organization", "place", "product", "group", "other")
    best = max(order, key=lambda k: (total[k], -order.index(k)))
    return best if total[best] > 0 else "other"


def _brackets(
    document: AnalysedDocument, names: list[Draft], groups: dict[str, list[Draft]]
) -> dict[str, str]:
    """« Confédération générale du travail (CGT) » and the other way round: short group -> full group."""
    of = {id(d): k for k, group in groups.items() for d in group}
    joined = {}
    for left, right in itertools.pairwise(names):
        between = document.text[left.end : right.start]
        if (
            left.sentence != right.sentence
            or between.strip() != "("
            or document.text[right.end : right.end + 1] != ")"
        ):
            continue
        a, b = of[id(left)], of[id(right)]
        long_, short = document.text[left.start : left.end], document.text[right.start : right.end]
        if a == b or not (_acronym(short, long_) or _acronym(long_, short)):
            continue
        if len(long_) < len(short):
            a, b = b, a
        if b.count("/"):  # the short form is known to the gazetteer: it names both
            a, b = b, a
        joined[b] = a
    return joined


def _acronym(short: str, long_: str) -> bool:
    initials = [w[0].lower() for w in normal(long_).replace("'", " ").replace("-", " ").split() if w]
    letters = [c.lower() for c in short if c.isalpha()]
    if not short[:1].isupper() or " " in short or len(letters) < 2 or len(short) >= len(long_):
        return False
    rest = iter(initials)
    return sum(any(c == i for i in rest) for c in letters) >= max(2, len(letters) - 1)


def _fuller(
    key: str,
    groups: dict[str, list[Draft]],
    words: dict[str, list[str]],
    kinds: dict[str, Kind],
    particles: frozenset[str],
) -> str | None:
    """The group of the fuller name that the names of a group are a part of; null where none or not certain."""
    known = "/" in key
    forms = {normal(w) for w in words[key]}
    if known and any(" " in f or "-" in f or kinds[key] != "person" for f in forms):
        return None
    found = []
    for other, surfaces in words.items():
        if other == key:
            continue
        if known and "/" in other:
            continue
        if any(
            _part_of(form, normal(full), kinds[key], kinds[other], particles)
            for form in forms
            for full in set(surfaces)
        ):
            found.append(other)
    compatible = [o for o in found if _same_gender(groups[key], groups[o])]
    return compatible[0] if len(compatible) == 1 else None


def _part_of(part: str, full: str, kind: Kind, full_kind: Kind, particles: frozenset[str]) -> bool:
    """« Gaulle » of « Charles de Gaulle », « Renault » of « Renault Trucks »"""
    pieces, whole = part.split(), full.split()
    if len(pieces) >= len(whole):
        return False
    if full_kind == "person":
        if kind not in ("person", "other") and len(pieces) > 1:
            return False
        tail = whole[-len(pieces) :]
        while len(tail) < len(whole) - 1 and whole[-len(tail) - 1].lower().strip("'") in particles:
            tail = whole[-len(tail) - 1 :]
        surname = [p.casefold() for p in pieces] in (
            [t.casefold() for t in whole[-len(pieces) :]],
            [t.casefold() for t in tail],
        )
        initial = len(pieces) == len(whole) and pieces[0].rstrip(".") == whole[0][:1]
        return surname or initial or (len(pieces) == 1 and pieces[0] == whole[0] and kind != "place")
    if kind == "person" or full_kind not in ("organization", "other", "product"):
        return False
    return len(pieces) == 1 and len(part) >= 4 and part == whole[0] and kind in ("organization", "other")


def _same_gender(a: list[Draft], b: list[Draft]) -> bool:
    left, right = {d.gender for d in a if d.gender}, {d.gender for d in b if d.gender}
    return not left or not right or bool(left & right)


def _referent(
    document: AnalysedDocument,
    key: str,
    group: list[Draft],
    surfaces: list[str],
    kind: Kind,
    gazetteer: Gazetteer,
) -> Referent:
    first = group[0]
    entry = gazetteer.entries.get(key)
    if entry:
        return Referent(
            entry.key,
            entry.name,
            entry.kind,
            entry.gender[:1],
            "p" if entry.gender.endswith("p") else "s",
            entry.key,
            entry.wikidata_id,
            entry.country,
            set(entry.nouns),
        )
    counts = Counter(surfaces)
    name = max(
        counts, key=lambda s: (len(s.split()), not s.isupper() or len(s) < 6, counts[s], -surfaces.index(s))
    )
    gender = Counter(d.gender for d in group if d.gender)
    return Referent(
        f"{document.doc_id}:{first.start}", name, kind, gender.most_common(1)[0][0] if gender else ""
    )
