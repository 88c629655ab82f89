"""Theme and place of a mention: short verbatim spans."""

from __future__ import annotations

from corpus_etl.entities import Entity, EntityIndex

from .complements import clause_of
from .objects import deep_object
from .participants import Roles
from .syntax import Tree
from .triggers import Candidate

_LONGEST = 160
_LOCATIVE = frozenset({"à", "en", "dans", "sur", "près de", "au large de", "chez", "au sein de", "vers"})


def theme_of(tree: Tree, candidate: Candidate, roles: Roles) -> tuple[int, int] | None:
    """What the event is about: the theme slot, else a complement clause or an object that is no participant."""
    token = roles.theme
    if token is None and candidate.entry.kind == "verb":
        token = clause_of(tree, candidate.head)
        if token is None:
            found = deep_object(tree, candidate.head)
            taken = {p.token for p in roles.participants} | set(candidate.words)
            token = found.token if found and found.token not in taken and tree[found.token].upos != "PRON" else None
    if token is None:
        token = next(iter(roles.things.values()), None)
    return phrase_span(tree, token, candidate) if token is not None else None


def phrase_span(tree: Tree, token: int, candidate: Candidate) -> tuple[int, int] | None:
    """Span of the phrase below a token, without the trigger, cut at about 160 characters at a word."""
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
    while len(run) > 1 and tree[run[-1]].upos in ("PUNCT", "CCONJ", "ADP", "DET"):
        run.pop()
    while len(run) > 1 and tree[run[0]].upos in ("PUNCT", "CCONJ"):
        run.pop(0)
    return tree[run[0]].start, tree[run[-1]].end


def place_of(
    tree: Tree, candidate: Candidate, roles: Roles, entities: EntityIndex
) -> tuple[int, int, Entity | None] | None:
    """A place name that locates the trigger, its light verb or one of its arguments."""
    for p in roles.of("place"):
        if p.kind == "place":
            return None
    nodes = [candidate.anchor, *candidate.words]
    taken = {p.identity for p in roles.participants}
    for k in range(len(tree)):
        if tree.case(k) not in _LOCATIVE:
            continue
        mention = entities.at(tree.sentence.index, k)
        if mention is None or mention.kind != "place" or (mention.entity and mention.entity.key in taken):
            continue
        head = tree.attachment(k)
        if head in nodes or (tree[head].head in nodes and tree[head].deprel.startswith(("obl", "obj", "nmod"))):
            return mention.start, mention.end, mention.entity
    return None
