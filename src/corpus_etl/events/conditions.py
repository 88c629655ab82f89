"""Do the conditions of a group hold for a candidate? The answer is null, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from .arguments import fill_slot
from .complements import clause_of, complements
from .frames import Condition
from .objects import deep_object
from .participants import Participant, Roles
from .referents import is_quantity
from .scene import Scene
from .subjects import deep_subject, inverted
from .syntax import Tree
from .triggers import Candidate
from .words import fold, split_words

_SCORE = re.compile(r"\d{1,3}-\d{1,3}")
_QUOTES = frozenset({"«", "»", '"', "“", "”"})


def failure(
    scene: Scene, candidate: Candidate, roles: Roles, amounts: Sequence[str], around: bool = False
) -> str | None:
    """Why the candidate is not this event, or null. `amounts` are the kinds of amounts in its sentence; with `around` the
    words that must stand in the sentence may stand in one nearby."""
    group = candidate.entry.group
    return _require(scene, candidate, roles, amounts, group.require, around) or _exclude(
        scene, candidate, roles, amounts, group.exclude
    )


def _require(
    scene: Scene, candidate: Candidate, roles: Roles, amounts: Sequence[str], need: Condition, around: bool
) -> str | None:
    for role in need.needs:
        if not roles.of(role) and role not in roles.unresolved | set(roles.things) and not (role == "theme" and roles.theme is not None):
            return f"needs {role}"
    for role, kinds in need.kinds.items():
        found = roles.of(role)
        if any(p.kind is not None and not _fits(p, kinds) for p in found):
            return f"{role} is {found[0].kind}"
        if need.strict and not any(_fits(p, kinds) for p in found) and not _maybe(scene, roles, role, kinds):
            return f"{role} is not known to be {' or '.join(sorted(kinds))}"
        if need.strict and _maybe(scene, roles, role, kinds):
            continue
        if not found and role in roles.things and _named_thing(scene, roles.things[role]) and kinds <= {"person", "organization", "group"}:
            return f"{role} is a thing"
    for name, words in (("object", need.object), ("subject", need.subject), ("attr", need.attr)):
        if words and not _argument_is(scene, candidate, name, words):
            return f"{name} is none of the words asked for"
    for preposition, words in need.complements.items():
        if not _complement_is(scene, candidate, preposition, words):
            return f"needs « {preposition} »"
    if need.amount and not _has_amount(amounts, need.amount):
        return f"needs an amount ({need.amount})"
    if need.clause and not _has_clause(scene, candidate, need.clause):
        return f"needs a clause ({need.clause})"
    if need.words and not _in_sentence(scene, need.words, candidate) and not (around and _nearby(scene, need.words)):
        return "none of the words asked for in the sentence"
    if need.modifier and not _modified(scene, candidate, need.modifier):
        return "not modified as asked for"
    if need.tense and scene.tree.tense(candidate.anchor) != need.tense:
        return f"not in the {need.tense}"
    return None


def _fits(participant: Participant, kinds: Collection[str]) -> bool:
    """Is it of one of the kinds? `name` stands for any name that the gazetteer does not know: its kind is a guess."""
    if participant.kind in kinds:
        return True
    unknown = participant.entity is not None and participant.entity.wikidata_id is None
    return "name" in kinds and unknown and participant.resolution == "name" and participant.kind != "person"


def _exclude(scene: Scene, candidate: Candidate, roles: Roles, amounts: Sequence[str], bar: Condition) -> str | None:
    for role, kinds in bar.kinds.items():
        if any(p.kind in kinds for p in roles.of(role)):
            return f"{role} is {roles.of(role)[0].kind}"
    for name, words in (("object", bar.object), ("subject", bar.subject), ("attr", bar.attr)):
        if words and _argument_is(scene, candidate, name, words):
            return f"excluded {name}"
    for preposition, words in bar.complements.items():
        if _complement_is(scene, candidate, preposition, words):
            return f"excluded complement « {preposition} »"
    if bar.amount and _has_amount(amounts, bar.amount):
        return "excluded amount"
    if bar.clause and _has_clause(scene, candidate, bar.clause):
        return "excluded clause"
    if bar.words and _in_sentence(scene, bar.words, candidate):
        return "excluded word in the sentence"
    if bar.modifier and _modified(scene, candidate, bar.modifier):
        return "excluded modifier"
    if bar.tense and scene.tree.tense(candidate.anchor) == bar.tense:
        return f"in the {bar.tense}"
    return None


def _maybe(scene: Scene, roles: Roles, role: str, kinds: Collection[str]) -> bool:
    """The filler may well be of the kind: an unresolved pronoun, a name of unknown kind, a noun that looks like a person."""
    if role in roles.unresolved or any(p.kind is None for p in roles.of(role)):
        return True
    token = roles.things.get(role)
    if token is None:
        return False
    if scene.tree[token].upos == "PROPN":
        return True
    if role == "place":
        return scene.tree[token].text[:1].isupper()
    return "person" in kinds and (looks_personal(scene, token) or (role == "actor" and not _inanimate(scene, token)))


def _inanimate(scene: Scene, token: int) -> bool:
    names = scene.lexicon.cues["inanimate"]
    return scene.tree[token].upos not in ("NOUN", "PROPN") or scene.tree.lemmas[token] in names


def looks_personal(scene: Scene, token: int) -> bool:
    """A common noun with an ending of words for people (« dealer, livreur, lycéenne »)."""
    if _inanimate(scene, token):
        return False
    endings = tuple(scene.lexicon.notes.get("person_endings") or ())
    form = scene.tree.lemmas[token]
    return bool(endings) and form.endswith(endings) and len(form) > 4


def _named_thing(scene: Scene, token: int) -> bool:
    """A common noun that entity resolution knows as no participant."""
    if looks_personal(scene, token):
        return False
    return scene.tree[token].upos == "NOUN" and scene.entities.at(scene.number, token) is None


def _argument_is(scene: Scene, candidate: Candidate, name: str, words: Iterable[str]) -> bool:
    tree, i = scene.tree, candidate.head
    if candidate.entry.kind != "verb":
        found = {"object": complements(tree, i, "de"), "subject": fill_slot(tree, i, "subj", candidate.support)}.get(name, [])
    elif name == "object":
        found = [f for f in [deep_object(tree, i)] if f]
    elif name == "subject":
        # « être attendu »: the subject of the copula.
        found = [f for f in [deep_object(tree, i) if candidate.undergone(tree) else deep_subject(tree, i)] if f]
    else:
        found = fill_slot(tree, i, "attr")
        found += [f for p in ("à", "comme", "en", "au poste de") for f in complements(tree, i, p)]
    found = [f for f in found if not _quality(tree, f.token)]
    tokens = [t for f in found for t in tree.conjuncts(f.other if f.other is not None else f.token)]
    for t in tokens:
        # « 2 milliards de dollars d'avoirs »: down to what is counted; the list grows as it is read.
        if is_quantity(scene, t) or tree.lemmas[t] in ("dollar", "euro"):
            tokens += [k for k in tree.children(t, "nmod", "obl", "flat", "appos") if k not in tokens]
    return any(head_is(scene, t, words) for t in tokens)


def _quality(tree: Tree, k: int) -> bool:
    """« vend une IA concurrente »: an adjective behind another word, which the parser took for the noun."""
    return tree[k].upos == "ADJ" and k > 0 and tree[k - 1].upos not in ("DET", "ADP", "NUM", "ADJ", "VERB", "AUX", "ADV")


def head_is(scene: Scene, token: int, words: Iterable[str]) -> bool:
    """Is the head word, or the phrase that begins with it, one of `words`?"""
    tree = scene.tree
    near = " ".join(tree.forms[max(0, token - 2) : token + 4]).replace("' ", "'")
    first, _, second = tree.forms[token].partition("-")
    compound = first.rstrip("s") if first.endswith("s") and second.endswith("s") else ""  # « candidats-commissaires »
    own = {tree.lemmas[token], tree.forms[token], tree.forms[token].rstrip("sx"), compound}
    return any(plain in own or (" " in plain and plain in near) for plain in map(fold, words))


def _complement_is(scene: Scene, candidate: Candidate, preposition: str, words: Iterable[str]) -> bool:
    found = complements(scene.tree, candidate.head, preposition)
    if candidate.support is not None and not found:
        found = [f for f in complements(scene.tree, candidate.support, preposition) if f.token != candidate.head]
    wanted = list(words)
    clauses = [
        k
        for k in scene.tree.children(candidate.head, "advcl", "ccomp", "xcomp")
        if any(scene.tree.grammar.preposition(scene.tree.forms[m]) == preposition for m in scene.tree.children(k, "mark", "case"))
    ]
    infinitives = clauses + [
        k
        for k in scene.tree.kids[candidate.head]
        if scene.tree.infinitive(k) and any(scene.tree.grammar.preposition(scene.tree.forms[m]) == preposition for m in scene.tree.kids[k] if m < k)
    ]
    if not wanted:
        return bool(found) or bool(infinitives)
    return any(head_is(scene, f.token, wanted) for f in found) or any(head_is(scene, k, wanted) for k in infinitives)


def _has_amount(amounts: Sequence[str], kind: str) -> bool:
    return bool(amounts) if kind == "any" else kind in amounts


def _has_clause(scene: Scene, candidate: Candidate, kind: str) -> bool:
    tree, i = scene.tree, candidate.anchor
    if kind == "predicate":
        # « jugé trop fragile »
        return any(tree[k].upos in ("ADJ", "NOUN") for k in tree.children(candidate.head, "xcomp"))
    clause = clause_of(tree, i)
    clause = clause if clause is not None else clause_of(tree, candidate.head)
    infinitive = clause is not None and tree.infinitive(clause)
    quote = quoting(tree, candidate.head) or inverted(tree, candidate.head) is not None
    if kind == "inf":
        return infinitive
    said = deep_object(tree, i)
    that = said is not None and tree.forms[said.token] in tree.grammar.words["antecedent_pronouns"] and tree.children(said.token, "acl")
    if kind == "que":
        return bool(that) or (clause is not None and not infinitive)
    return quote if kind == "quote" else clause is not None or quote or bool(that)


def quoting(tree: object, i: int) -> bool:
    """The verb introduces or interrupts a quotation: quotation marks in the sentence, or it is a parenthetical."""
    forms = tree.forms  # type: ignore[attr-defined]
    token = tree[i]  # type: ignore[index]
    return token.deprel.startswith("parataxis") or any(f in _QUOTES for f in forms) or ":" in forms[i + 1 :]


def _in_sentence(scene: Scene, words: Iterable[str], candidate: Candidate) -> bool:
    tree = scene.tree
    lemmas = {t for k, t in enumerate(tree.lemmas) if k not in candidate.words}
    forms = {t for k, t in enumerate(tree.forms) if k not in candidate.words}
    for word in words:
        plain = fold(word)
        if plain in lemmas or plain in forms:
            return True
        if plain == "<score>" and any(_SCORE.fullmatch(f) for f in forms):
            return True
        if " " in plain or "'" in plain:
            parts = split_words(plain, tree.grammar.code)
            if any(tree.forms[k : k + len(parts)] == parts for k in range(len(tree))):
                return True
    return False


def _nearby(scene: Scene, words: Iterable[str]) -> bool:
    """One of the words (single ones only) stands in a sentence around this one."""
    return not scene.topic.isdisjoint(fold(word) for word in words)


def _modified(scene: Scene, candidate: Candidate, words: Iterable[str]) -> bool:
    kids = scene.tree.children(candidate.head, "amod", "nmod", "appos", "acl", "flat", "compound")
    return any(head_is(scene, k, words) for k in kids)
