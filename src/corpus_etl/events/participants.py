"""From fillers of slots to participants: which entity, with which words, resolved how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus_etl.entities import Entity, EntityMention

from .arguments import fill_slot
from .complements import Filler, clause_of, complements, object_noun
from .referents import further_names, is_participant, mentions_of
from .scene import Scene
from .subjects import deep_subject
from .syntax import agree
from .triggers import Candidate

_REACH = 2
"""Sentences before a pronoun in which somebody else that it may stand for is looked for."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A filler of a role; `text` is verbatim at `start` to `end`. `kind` is null where nothing tells it."""

    role: str
    token: int
    start: int
    end: int
    text: str
    entity: Entity | None
    resolution: str
    kind: str | None
    how: str

    @property
    def identity(self) -> object:
        """What makes two participants the same."""
        return self.entity.key if self.entity else (self.start, self.end)


@dataclass(frozen=True)
class Roles:
    """Who and what fills the roles of a candidate. `things` are fillers that are no participants, by role."""

    participants: tuple[Participant, ...]
    things: Mapping[str, int]
    unresolved: frozenset[str] = frozenset()
    """Roles whose filler is a pronoun that could not be resolved."""
    theme: int | None = None
    speaking: Mapping[str, int] = field(default_factory=dict)
    """Of the unresolved roles those whose filler is a first person (« je », « m' »), by token."""

    def of(self, role: str) -> list[Participant]:
        """The participants of a role."""
        return [p for p in self.participants if p.role == role]


def fill_roles(scene: Scene, candidate: Candidate) -> Roles:
    """Fill the roles of a candidate by the pattern of its group."""
    pattern = candidate.entry.group.pattern
    noun = candidate.entry.kind != "verb"
    slots = dict(pattern.noun if noun else pattern.verb)
    if noun and candidate.support_kind in ("active", "passive"):
        role = "actor" if candidate.support_kind == "active" else "recipient"
        own = tuple(s for s in slots.get(role, ()) if s != "subj")
        slots[role] = ("subj", *own) if candidate.own_support else (*own, "subj")
    taken: list[Participant] = []
    things: dict[str, int] = {}
    theme: int | None = None
    used: set[int] = set()
    unresolved: set[str] = set()
    speaking: dict[str, int] = {}
    for role in ("actor", "recipient", "place", "theme"):
        for slot in slots.get(role, ()):
            fillers = _slot(scene, candidate, slot, used)
            if not fillers:
                continue
            if role == "theme":
                theme = fillers[0].token
                break
            found = [p for f in fillers for p in resolve(scene, role, f, candidate)]
            if not found:
                if scene.tree[fillers[0].token].upos == "PRON":
                    unresolved.add(role)
                    if scene.tree.forms[fillers[0].token].lstrip("-") in scene.lexicon.cues["first_persons"]:
                        speaking.setdefault(role, fillers[0].token)
                elif scene.tree.lemmas[fillers[0].token] not in scene.lexicon.cues["counted_units"]:
                    things.setdefault(role, fillers[0].token)
                continue
            things.pop(role, None)
            unresolved.discard(role)
            used |= {f.token for f in fillers}
            taken += list({p.identity: p for p in reversed(found)}.values())[::-1]
            break
    if not any(p.role == "actor" for p in taken) and not noun:
        taken += _author(scene, candidate)
    subject_role = next((r for r, s in slots.items() if "subj" in s and r in ("actor", "recipient")), None)
    filled = {p.role for p in taken} | set(things) | unresolved
    if subject_role is not None and subject_role not in filled and (not noun or candidate.support is not None):
        taken += _before(scene, candidate, subject_role)
    taken = _plausible(taken, pattern.reciprocal, "recipient" in unresolved)
    if candidate.entry.group.event_type in scene.lexicon.cues["leaving"] and not any(p.role == "recipient" for p in taken):
        taken += _employer(scene, [p for p in taken if p.role == "actor"], candidate) or _announcer(scene, taken, candidate)
    misread = [p for p in taken if _misread(scene, p, candidate)]
    taken = [p for p in taken if p not in misread] + (reread := [q for p in misread if (q := _reread(scene, p, candidate))])
    unresolved |= {p.role for p in misread} - {p.role for p in reread}
    return Roles(tuple(taken), things, frozenset(unresolved), theme, speaking)


def _misread(scene: Scene, participant: Participant, candidate: Candidate) -> bool:
    """A pronoun that was resolved to something that cannot play the role: it stands for somebody else."""
    kinds = candidate.entry.group.require.kinds.get(participant.role)
    if not kinds or participant.kind is None or participant.kind in kinds or participant.resolution != "pronoun":
        return False
    token = scene.tree[participant.token]
    return token.upos == "PRON" and scene.tree.feature(participant.token, "PronType") == "Prs"


def _reread(scene: Scene, participant: Participant, candidate: Candidate) -> Participant | None:
    """« Le tribunal a condamné X. Il a jugé recevable … »: the last subject before the pronoun that can play the role and agrees."""
    kinds = candidate.entry.group.require.kinds[participant.role]
    pronoun, here = scene.tree[participant.token], scene.number
    if not pronoun.deprel.startswith("nsubj") or pronoun.head != candidate.anchor:
        return None
    for mention in reversed(scene.entities.mentions):
        if (mention.sentence, mention.head) >= (here, pronoun.i) or mention.kind not in kinds:
            continue
        if mention.sentence < here - _REACH:
            return None
        head = scene.sentences[mention.sentence].tokens[mention.head] if mention.sentence < len(scene.sentences) else None
        if head is not None and head.upos in ("NOUN", "PROPN") and head.deprel.startswith("nsubj") and agree(head, pronoun):
            return _participant(participant.role, participant.token, mention, "reread")
    return None


def _before(scene: Scene, candidate: Candidate, role: str) -> list[Participant]:
    """Where the parse gave a finite active verb no subject: the nearest participant before it in the clause."""
    tree, i = scene.tree, candidate.anchor
    if not tree.finite(i) or tree.passive(i):
        return []
    start = min([i, *tree.children(i, "aux", "expl", "advmod", "iobj")])
    for k in range(start - 1, max(-1, start - 25), -1):
        token = tree[k]
        if token.upos in ("VERB", "AUX", "SCONJ") or tree.forms[k] in (";", ":", "»", "«"):
            return []
        mention = scene.entities.at(scene.number, k)
        if mention is None or mention.sentence != scene.number or mention.head != k:
            continue
        if tree.case(k) or mention.kind not in ("person", "organization", "group", "place"):
            continue
        verb = tree.governor(k)
        if (verb is not None and verb != i and k < verb < i) or (verb is not None and verb < k and tree[k].deprel.startswith("obj")):
            continue
        return [replace(p, how="before") for p in resolve(scene, role, Filler(k, "before"), candidate)]
    return []


def _employer(scene: Scene, leaving: Sequence[Participant], candidate: Candidate) -> list[Participant]:
    """« Le patron de X, Y, a rendu son tablier », « Y, patron de X, démissionne »: the organisation that the post is in."""
    tree = scene.tree
    for person in leaving:
        for k in (person.token, *tree.children(person.token, "appos")):
            words = {tree.lemmas[k], *(tree.lemmas[a] for a in tree.children(k, "amod"))}
            if not words.isdisjoint(scene.lexicon.cues["no_post"]):
                continue
            for filler in complements(tree, k, "de"):
                found = resolve(scene, "recipient", filler, candidate)
                if found and found[0].entity is not None and found[0].kind == "organization":
                    return [replace(found[0], how="post")]
    return []


def _announcer(scene: Scene, taken: Sequence[Participant], candidate: Candidate) -> list[Participant]:
    """« Le club annonce le départ de X »: an organisation that announces a departure is what is left."""
    if candidate.entry.kind == "verb" or candidate.support_kind != "active" or not any(p.role == "actor" for p in taken):
        return []
    found = [p for f in _slot(scene, candidate, "subj", {t.token for t in taken}) for p in resolve(scene, "recipient", f, candidate)]
    leaving = {p.identity for p in taken}
    return [replace(p, how="announcer") for p in found if p.kind == "organization" and p.identity not in leaving][:1]


def _author(scene: Scene, candidate: Candidate) -> list[Participant]:
    """Who wrote « un billet publié dimanche » in « Dans un billet publié dimanche, X accuse … »: the subject of the clause,
    for words that somebody sent or published."""
    tree, i = scene.tree, candidate.head
    if not candidate.entry.group.event_type.startswith("communication.") or not (tree.participle(i) or tree.gerund(i)):
        return []
    if tree[i].deprel != "acl" or "actor" not in candidate.entry.group.pattern.verb:
        return []
    verb = tree.governor(tree[i].head)
    found = deep_subject(tree, verb) if verb is not None else None
    if tree.lemmas[tree[i].head] not in scene.lexicon.cues["messages"]:
        return []
    if found is None or found.token == tree[i].head or not tree[tree[i].head].deprel.startswith(("obl", "obj")):
        return []
    return [replace(p, how="author") for p in resolve(scene, "actor", found, candidate) if p.kind in ("person", "organization", "group")]


def _slot(scene: Scene, candidate: Candidate, slot: str, used: set[int]) -> list[Filler]:
    if slot == "subj" and candidate.undergone(scene.tree):
        slot = "obj"  # « être jugé »: the subject of the copula is who undergoes
    if slot == "subj" and candidate.entry.phrase.reflexive and scene.tree.beheld(candidate.head) is not None:
        slot = "seen"  # an entry « se voir attribuer »: its subject is that of the verb of seeing
    found = fill_slot(scene.tree, candidate.head, slot, candidate.support)
    if slot == "subj" and candidate.support_kind == "passive" and candidate.support is not None and scene.tree.passive(candidate.support):
        # « X visé par une plainte »: who undergoes is whom the participle is said of
        found = fill_slot(scene.tree, candidate.support, "obj") or found
    if slot == "subj" and found and scene.entities.at(scene.number, found[0].token) is None:
        # « X, 49, route nationale, épousera Y »: of two subjects the one that is somebody
        subjects = [] if scene.tree.passive(candidate.anchor) else scene.tree.children(candidate.anchor, "nsubj")
        twins = [k for k in subjects if k != found[0].token and scene.tree[k].upos == "PROPN"]
        found = [Filler(k, "subject") for k in twins if scene.entities.at(scene.number, k) is not None][:1] or found
    if not found and slot == "obj" and len(candidate.words) > 1:
        # « qu'il a fait émerger »: the object may hang on a further word of the trigger.
        found = [f for w in candidate.words if w != candidate.head and scene.tree.verbal(w) for f in fill_slot(scene.tree, w, slot)]
    if not found and slot in scene.lexicon.cues["further_word_slots"] and len(candidate.words) > 1:
        # « prendre la tête de X »: the complement hangs on the noun of the trigger.
        found = [f for w in candidate.words if w != candidate.head for f in complements(scene.tree, w, slot)[:1]]
    if slot == "de" and found and all(f.token in candidate.words for f in found):
        # « la prise d'otages des ministres »
        found = complements(scene.tree, candidate.head, slot)[1:2] or [
            f for w in candidate.words if w != candidate.head for f in complements(scene.tree, w, slot)[:1]
        ]
    if not found and slot == "obj" and len(candidate.words) > 1:
        # « prendra pour épouse Elodie X »: the name was joined to the noun of the phrase.
        found = [Filler(k, "object") for w in candidate.words[1:] for k in scene.tree.children(w, "appos") if scene.tree[k].upos == "PROPN"][:1]
    personal = scene.lexicon.notes.get("personal_slots") or {}
    if found and slot in personal and scene.tree[found[0].token].upos != "PRON" and not mentions_of(scene, found[0].token):
        # « accorder à l'unanimité 3 000 euros au club »: of several complements the one that is somebody
        others = complements(scene.tree, candidate.head, personal[slot])
        found = [f for f in others if any(is_participant(scene, m) for m in mentions_of(scene, f.token))][:1] or found
    trailing = candidate.entry.phrase.trailing
    if slot == "obj" and trailing and not [f for f in found if f.token not in candidate.words]:
        # « prendre le contrôle de X »: the complement that the phrase asks for.
        found = [f for w in (candidate.head, *candidate.words) for f in complements(scene.tree, w, trailing)[:1]]
    return [f for f in found if f.token not in used and f.token not in candidate.words and f.token != candidate.support]


def resolve(scene: Scene, role: str, filler: Filler, candidate: Candidate) -> list[Participant]:
    """The participants that a filler stands for: itself and what is coordinated with it."""
    tree = scene.tree
    tokens = [filler.token] if filler.other is not None or filler.how == "between" else tree.conjuncts(filler.token)
    tokens = [t for t in tokens if t not in candidate.words]
    tokens += [t for t in further_names(scene, tokens, filler) if t not in tokens]
    found: list[Participant] = []
    for token in tokens:
        mentions = mentions_of(scene, token)
        if filler.other is not None and not any(m.entity for m in mentions):
            mentions = [m for t in tree.conjuncts(filler.other) for m in mentions_of(scene, t)] or mentions
        found += [_participant(role, token, m, filler.how) for m in mentions if is_participant(scene, m) and not _spot(scene, role, m, candidate)]
    if len(found) > 1 and found[0].resolution != "name" and tree.feature(found[0].token, "Number") == "Plur":
        # « des groupes tels que X et Y »: the names say who.
        listed = set(further_names(scene, [found[0].token], filler))
        found = [p for p in found if p.token in listed] or found if listed else found
    unique: dict[object, Participant] = {}
    for participant in found:
        unique.setdefault(participant.identity, participant)
    return list(unique.values())


def _spot(scene: Scene, role: str, mention: EntityMention, candidate: Candidate) -> bool:
    """« annoncé à Alger »: a place behind a bare « à » is where, not to whom; countries have an article (« à la France »), and who
    is asked or given something is its power (« demande à Moscou de partir »)."""
    if _power(scene, mention, candidate):
        return False
    if role != "recipient" or mention.kind != "place" or mention.sentence != scene.number:
        return False
    before = scene.tree.forms[max(0, mention.first - 3) : mention.first]
    # « face à Lorient » is to whom
    bare = any(f in scene.lexicon.cues["spots"] for f in before[-1:]) and " " not in scene.tree.case(mention.head)
    return bare or any(f in scene.lexicon.cues["streets"] for f in before)  # « accident rue de Danjoutin »


def _power(scene: Scene, mention: EntityMention, candidate: Candidate) -> bool:
    """« demande à Moscou de partir »: a place behind a verb that addresses somebody, which has what is said as its own."""
    verb, event_type = candidate.anchor, candidate.entry.group.event_type
    if event_type not in scene.lexicon.cues["addressing"] or candidate.entry.kind != "verb":
        return False
    if mention.sentence != scene.number or mention.head <= verb or scene.tree[mention.head].head != verb:
        return False
    said = object_noun(scene.tree, verb)
    # « requiert la cession à X »: the object may be what goes to him
    parted = said is not None and said < mention.head and not event_type.startswith("transaction.")
    return not parted and (said is not None or clause_of(scene.tree, verb) is not None)


def _participant(role: str, token: int, mention: EntityMention, how: str) -> Participant:
    return Participant(
        role,
        token,
        mention.start,
        mention.end,
        mention.text,
        mention.entity,
        mention.resolution,
        None if mention.kind == "other" else mention.kind,
        how,
    )


def _plausible(found: Sequence[Participant], reciprocal: bool, other: bool) -> list[Participant]:
    """Split « X et Y » of reciprocal triggers; nobody acts on himself."""
    actors = [p for p in found if p.role == "actor"]
    recipients = [p for p in found if p.role == "recipient"]
    rest = [p for p in found if p.role not in ("actor", "recipient")]
    if reciprocal and not recipients and not other and len(actors) > 1:
        actors, recipients = actors[:1], [replace(p, role="recipient") for p in actors[1:]]
    doing = {p.identity for p in actors}
    recipients = [p for p in recipients if p.identity not in doing]
    return [*actors, *recipients, *rest]


def names_of(participants: Iterable[Participant]) -> str:
    """The names for people, as in explanations."""
    return ", ".join(p.entity.name if p.entity else p.text for p in participants)
