"""From fillers of slots to participants: which entity, with which words, resolved how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus_etl.entities import Entity, EntityIndex, EntityMention
from corpus_etl.language import Sentence

from .arguments import fill_slot
from .complements import Filler, complements
from .lexicon import Lexicon
from .subjects import agents_of, deep_subject
from .syntax import Tree, agree
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


@dataclass(frozen=True)
class Scene:
    """A sentence with all that finding arguments in it needs."""

    tree: Tree
    entities: EntityIndex
    lexicon: Lexicon
    text: str
    topic: frozenset[str] = frozenset()
    """Lemmas and forms of the sentences around: what the passage is about."""
    sentences: Sequence[Sentence] = ()
    """All sentences of the document."""

    @property
    def number(self) -> int:
        """Index of the sentence in its document."""
        return self.tree.sentence.index


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
    found = fill_slot(scene.tree, candidate.head, slot, candidate.support)
    if slot == "subj" and found and scene.entities.at(scene.number, found[0].token) is None:
        # « X, 49, route nationale, épousera Y »: of two subjects the one that is somebody
        subjects = [] if scene.tree.passive(candidate.anchor) else scene.tree.children(candidate.anchor, "nsubj")
        twins = [k for k in subjects if k != found[0].token and scene.tree[k].upos == "PROPN"]
        found = [Filler(k, "subject") for k in twins if scene.entities.at(scene.number, k) is not None][:1] or found
    if not found and slot == "obj" and len(candidate.words) > 1:
        # « qu'il a fait émerger »: the object may hang on a further word of the trigger.
        found = [f for w in candidate.words if w != candidate.head and scene.tree.verbal(w) for f in fill_slot(scene.tree, w, slot)]
    if not found and slot in ("de", "à", "sur", "contre", "avec") and len(candidate.words) > 1:
        # « prendre la tête de X »: the complement hangs on the noun of the trigger.
        found = [f for w in candidate.words if w != candidate.head for f in complements(scene.tree, w, slot)[:1]]
    if slot == "de" and found and all(f.token in candidate.words for f in found):
        found = complements(scene.tree, candidate.head, slot)[1:2]  # « la prise d'otages des ministres »
    if not found and slot == "obj" and len(candidate.words) > 1:
        # « prendra pour épouse Elodie X »: the name was joined to the noun of the phrase.
        found = [Filler(k, "object") for w in candidate.words[1:] for k in scene.tree.children(w, "appos") if scene.tree[k].upos == "PROPN"][:1]
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
    tokens += [t for t in _further(scene, tokens, filler) if t not in tokens]
    found: list[Participant] = []
    for token in tokens:
        mentions = _mentions(scene, token)
        if filler.other is not None and not any(m.entity for m in mentions):
            mentions = [m for t in tree.conjuncts(filler.other) for m in _mentions(scene, t)] or mentions
        found += [_participant(role, token, m, filler.how) for m in mentions if _personal(scene, m) and not _spot(scene, role, m)]
    if len(found) > 1 and found[0].resolution != "name" and tree.feature(found[0].token, "Number") == "Plur":
        # « des groupes tels que X et Y »: the names say who.
        listed = set(_further(scene, [found[0].token], filler))
        found = [p for p in found if p.token in listed] or found if listed else found
    unique: dict[object, Participant] = {}
    for participant in found:
        unique.setdefault(participant.identity, participant)
    return list(unique.values())


def _further(scene: Scene, tokens: Sequence[int], filler: Filler) -> list[int]:
    """Names that go with a filler though the parser has not joined them: « contre X et Y », « des groupes tels que X, Y et Z »."""
    if not tokens or filler.how == "between":
        return []
    tree, number = scene.tree, scene.number
    last = scene.entities.at(number, tokens[-1])
    if last is None or last.sentence != number:
        return []
    if tree.feature(last.head, "Number") == "Plur" and last.resolution != "name":
        return _listed(scene, last.last + 1)
    k = last.last + 1
    if last.resolution == "name" and k + 1 < len(tree) and tree[k].upos == "CCONJ" and filler.how not in ("subject", "relative"):
        following = scene.entities.at(number, k + 1)
        if following is not None and following.entity is not None and following.resolution in ("name", "alias"):
            verb = tree[following.head].head
            if not (tree[following.head].deprel.startswith("nsubj") and tree.finite(verb)):
                return [k + 1]
    return []


def _listed(scene: Scene, start: int) -> list[int]:
    """Names after « tels que », « comme », « dont » or « notamment »."""
    tree, number = scene.tree, scene.number
    openers = scene.lexicon.notes.get("listing") or ()
    k = start
    while k < min(len(tree), start + 2) and tree.forms[k] in (",", "("):
        k += 1
    words = " ".join(tree.forms[k : k + 2]).replace("' ", "'")
    opener = next((o for o in openers if words == o or words.startswith(o + " ")), None)
    if opener is None:
        return []
    k += len(opener.split())
    found = []
    while k < len(tree):
        mention = scene.entities.at(number, k)
        if mention is not None and mention.entity is not None and mention.sentence == number:
            found.append(k)
            k = mention.last + 1
        elif tree.forms[k] in (",", "et", "ou", "ainsi", "que", "le", "la", "l'", "les"):
            k += 1
        else:
            break
    return found


def _mentions(scene: Scene, token: int) -> list[EntityMention]:
    number, tree = scene.number, scene.tree
    if tree[token].upos in ("NUM", "ADV") and scene.entities.at(number, token) is None:
        # « 37 Palestiniens », where the parser made the number the head.
        token = next((k for k in tree.children(token, "nmod", "obl", "appos") if k > token), token)
    found = list(scene.entities.all_at(number, token))
    if any(m.entity for m in found):
        return found
    # « l'ancien scientifique d'OpenAI, Ilya Sutskever », « deux cofondateurs, X et Y »: the apposition has the names.
    for k in tree.children(token, "appos", "flat"):
        named = [
            m
            for c in tree.conjuncts(k)
            for m in scene.entities.all_at(number, c)
            if m.entity and (m.kind == "person" or (c == k and tree[k].upos == "PROPN" and tree.is_plural(token)))
        ]
        if named:
            return named
    leader = _leader(scene, token)
    if leader:
        return leader
    behind = _name_behind(scene, token)
    if behind is not None:
        return [behind]
    if not found and is_quantity(scene, token):
        # « une quarantaine de parents », « 71 % des agents »: who is counted hangs below.
        for k in tree.children(token, "nmod", "obl", "obl:arg"):
            counted = list(scene.entities.all_at(number, k))
            if counted and k > token:
                return counted
    if tree.lemmas[token] in scene.lexicon.words["part_nouns"] and not any(m.entity for m in found):
        # « la direction d'OpenAI » acts for OpenAI.
        for filler in complements(tree, token, "de"):
            whole = [m for m in scene.entities.all_at(number, filler.token) if m.entity and m.kind == "organization"]
            if whole:
                return [replace(m, resolution="role_noun") for m in whole]
    return found


def _leader(scene: Scene, token: int) -> list[EntityMention]:
    """« un groupe d'investisseurs emmené par X » acts as X."""
    tree = scene.tree
    led = (k for k in tree.children(token, "acl") if tree.lemmas[k] in scene.lexicon.cues["leading"] and tree.participle(k))
    agent = next((a for k in led for a in agents_of(tree, k)), None)
    if agent is None:
        return []
    return [m for c in tree.conjuncts(agent) for m in scene.entities.all_at(scene.number, c) if m.entity]


def _name_behind(scene: Scene, token: int) -> EntityMention | None:
    """« un des passagers de X, Philippe Céric, 30 ans », « la secrétaire à l'Intérieur, Gale Norton »: the person named between
    commas right after the phrase, which the parser joined to a word inside it."""
    tree, number = scene.tree, scene.number
    singled = tree.forms[token] in ("un", "une", "l'un", "l'une") and tree[token].upos in ("PRON", "NUM", "DET")
    own = scene.entities.at(number, token)
    person = own is not None and own.entity is None and own.kind == "person" and own.sentence == number and own.head == token
    if (not singled and not person) or tree.is_plural(token):
        return None
    for k in sorted(tree.subtree(token)):
        mention = scene.entities.at(number, k)
        if k <= token + 1 or mention is None or mention.first != k or mention.kind != "person" or mention.resolution != "name":
            continue
        closing = tree.forms[mention.last + 1] if mention.last + 1 < len(tree) else "."
        if tree.forms[k - 1] == "," and closing in (",", ".", "(", ":") and tree[mention.head].deprel.startswith(("appos", "conj")):
            return mention if mention.entity else None
    return None


def _spot(scene: Scene, role: str, mention: EntityMention) -> bool:
    """« annoncé à Alger »: a place behind a bare « à » is where, not to whom; countries have an article (« à la France »)."""
    if role != "recipient" or mention.kind != "place" or mention.sentence != scene.number:
        return False
    before = scene.tree.forms[max(0, mention.first - 3) : mention.first]
    return before[-1:] == ["à"] or any(f in scene.lexicon.cues["streets"] for f in before)  # « accident rue de Danjoutin »


def is_quantity(scene: Scene, token: int) -> bool:
    """« 20 % du capital, la moitié des salariés, 3 000 postes »: the noun that counts hangs below."""
    names = scene.lexicon.cues["quantities"]
    tree = scene.tree
    return tree[token].upos in ("NUM", "SYM") or tree.lemmas[token] in names or tree.forms[token] == "%"


def _personal(scene: Scene, mention: EntityMention) -> bool:
    """Keep entities, and unnamed participants that are a noun phrase of known kind."""
    if mention.entity is not None:
        return True
    head = scene.tree.sentence.tokens[mention.head] if mention.sentence == scene.number else None
    if head is not None and head.upos == "PRON":
        return False
    return mention.kind is not None


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
