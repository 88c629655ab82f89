"""Things that an event befalls: « la prison de Mora » attacked, « ses parts » sold, « la salle des fêtes » ravaged by fire.

Entity resolution knows people, organisations, places and products; for the types whose recipient may be any thing (an asset, a
site, a target), the object that is none of these becomes the recipient under its own words.
"""

from __future__ import annotations

from dataclasses import replace

from .lexicon import Lexicon
from .participants import Participant, Roles
from .syntax import Tree
from .triggers import Candidate

_OUTSIDE = ("acl", "advcl", "appos", "parataxis", "punct", "cc", "conj", "dislocated")


def with_things(tree: Tree, text: str, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> Roles:
    """The roles with a thing as recipient where the type of the event takes one and nobody else has the role;
    `text` is that of the document."""
    token = roles.things.get("recipient")
    if candidate.entry.group.event_type not in lexicon.cues["thing_recipients"]:
        return roles
    if token is None or roles.of("recipient") or not _material(tree, token, lexicon):
        return roles
    first, last = _extent(tree, token)
    start, end = tree[first].start, tree[last].end
    thing = Participant("recipient", token, start, end, text[start:end], None, "none", None, "thing")
    left = {role: t for role, t in roles.things.items() if role != "recipient"}
    return replace(roles, participants=(*roles.participants, thing), things=left)


def _material(tree: Tree, token: int, lexicon: Lexicon) -> bool:
    """A noun of the sentence that is no date, no bare amount and nothing said, decided or felt."""
    if tree[token].upos != "NOUN" or token in tree.temporal:
        return False
    words = (tree.lemmas[token], tree.forms[token])
    return not any(w in lexicon.cues[name] for w in words for name in ("immaterial", "no_theme", "counted_units", "quantities"))


def _extent(tree: Tree, token: int) -> tuple[int, int]:
    """First and last token of the noun with its adjectives and complements, without determiner, clause or apposition."""
    inside = {token}
    stack = [token]
    while stack:
        for k in tree.kids[stack.pop()]:
            loose = tree[k].deprel.startswith(("nmod", "obl")) and tree.case(k) not in ("", *tree.grammar.words["genitive"])
            if k not in inside and not loose and not tree[k].deprel.startswith(_OUTSIDE):
                inside.add(k)
                stack.append(k)
    first = last = token
    while first - 1 in inside and tree[first - 1].upos in ("ADJ", "NUM"):
        first -= 1
    while last + 1 in inside:
        last += 1
    while last > token and tree[last].upos in ("ADP", "DET", "CCONJ", "ADV"):
        last -= 1
    return first, last
