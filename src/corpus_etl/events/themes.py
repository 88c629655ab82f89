"""Theme and place of a mention: short verbatim spans."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_etl.entities import Entity, EntityIndex

from .complements import clause_of, complements
from .lexicon import Lexicon
from .objects import deep_object
from .participants import Roles
from .syntax import Tree
from .triggers import Candidate

_LONGEST = 160


def theme_of(tree: Tree, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> tuple[int, int] | None:
    """What the event is about: the theme slot, else a complement clause, an object or a complement that is no participant."""
    found = (_usable(tree, t, lexicon) for t in _themes(tree, candidate, roles, lexicon))
    token = next((t for t in found if t is not None), None)
    return phrase_span(tree, token, candidate) if token is not None else None


def _themes(tree: Tree, candidate: Candidate, roles: Roles, lexicon: Lexicon) -> Iterator[int | None]:
    """Heads of what may be the theme, best first."""
    i = candidate.head
    taken = {p.token for p in roles.participants} | set(candidate.words)
    yield roles.theme
    if candidate.entry.kind == "verb":
        yield clause_of(tree, i)
        found = deep_object(tree, i)
        yield found.token if found and found.token not in taken else None
    else:
        yield next((k for k in tree.children(i, "acl", "ccomp") if k > i and tree.infinitive(k)), None)
    yield roles.things.get("recipient")
    for preposition in lexicon.notes.get("theme_prepositions") or ():
        yield next((f.token for f in complements(tree, i, preposition) if f.token not in taken and f.how == "complement"), None)


def _usable(tree: Tree, token: int | None, lexicon: Lexicon) -> int | None:
    """Pronouns and possessives say nothing by themselves; dates and bare numbers have columns of their own."""
    if token is None or tree[token].upos in ("PRON", "DET", "AUX", "ADV", "ADP", "NUM", "SYM"):
        return None
    money = any(tree[k].upos == "NUM" for k in tree.children(token, "nummod")) and " " not in tree.case(token)
    empty = (money and tree.lemmas[token] in lexicon.cues["counted_units"]) or tree.lemmas[token] in lexicon.cues["no_theme"]
    return None if token in tree.temporal or empty else token


def phrase_span(tree: Tree, token: int, candidate: Candidate) -> tuple[int, int] | None:
    """Span of the phrase below a token, without the trigger and what introduces it, cut at about 160 characters at a word."""
    below = sorted(tree.subtree(token) - set(candidate.words) - {candidate.support})
    if not below:
        return None
    run = [token]
    for k in range(token - 1, -1, -1):
        if k not in below:
            break
        run.insert(0, k)
    for k in range(token + 1, len(tree)):
        if k not in below or tree[k].end - tree[run[0]].start > _LONGEST:
            break
        run.append(k)
    while len(run) > 1 and tree[run[-1]].upos in ("PUNCT", "CCONJ", "ADP", "DET", "SCONJ", "ADV"):
        run.pop()
    while len(run) > 1 and run[0] != token and _introduces(tree, run[0]):
        run.pop(0)
    opened = sum(tree.forms[k] == "«" for k in run) - sum(tree.forms[k] == "»" for k in run)
    if opened == 1 and run[-1] + 1 < len(tree) and tree.forms[run[-1] + 1] == "»":
        run.append(run[-1] + 1)
    return tree[run[0]].start, tree[run[-1]].end


def _introduces(tree: Tree, k: int) -> bool:
    """Punctuation, conjunctions and prepositions, but not those that hold an article (« du, aux »)."""
    token = tree[k]
    if tree.forms[k] == "«":
        return False
    return token.upos in ("PUNCT", "CCONJ", "SCONJ") or (token.upos == "ADP" and not tree.feature(k, "Definite"))


def place_of(
    tree: Tree, candidate: Candidate, roles: Roles, entities: EntityIndex, lexicon: Lexicon
) -> tuple[int, int, Entity | None] | None:
    """A place name that locates the trigger, its light verb or one of its arguments."""
    for p in roles.of("place"):
        if p.kind == "place":
            return None
    locative = lexicon.cues["locative"]
    nodes = [candidate.anchor, *candidate.words]
    taken = {p.identity for p in roles.participants}
    for k in range(len(tree)):
        if tree.case(k) not in locative:
            continue
        mention = entities.at(tree.sentence.index, k)
        if mention is None or mention.kind != "place" or (mention.entity and mention.entity.key in taken):
            continue
        head = tree.attachment(k)
        if head in nodes or (tree[head].head in nodes and tree[head].deprel.startswith(("obl", "obj", "nmod"))):
            return mention.start, mention.end, mention.entity
    return None
