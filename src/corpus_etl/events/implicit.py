"""Arguments that a mention leaves to what is told elsewhere: « cette levée de fonds », « la plainte a été déposée », « son refus ».

A definite noun takes the roles that it does not fill from the last mention of the same happening in the document
(Gerber & Chai 2010 call them implicit arguments); an answer (« le refus ») goes to whoever asked. Nothing is taken where a role
that both fill differs, and what is taken keeps the words and offsets of where it stands. A heading has the parties of what the text
opens with, a sentence those of the trial just told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from .charges import name_defendants
from .lexicon import Lexicon
from .mention import Mention
from .objects import deep_object
from .participants import Participant
from .syntax import Tree
from .twins import from_verb, one_post
from .words import fold, split_words

_ROLES = ("actor", "recipient")


def complete(text: str, trees: Mapping[int, Tree], mentions: Sequence[Mention], lexicon: Lexicon) -> None:
    """Fill the empty roles of definite mentions from earlier mentions; `mentions`: those of the document `text`."""
    notes = lexicon.notes.get("implicit") or {}
    reach, near = int(notes.get("reach", 12)), int(notes.get("near", 3))
    follows: Mapping[str, Sequence[str]] = notes.get("follows") or {}
    answers: Mapping[str, Sequence[str]] = notes.get("answers") or {}
    losers: Mapping[str, Sequence[str]] = notes.get("losers") or {}
    ordered = sorted(mentions, key=lambda m: m.start)
    name_defendants(trees, ordered, lexicon)
    for number, mention in enumerate(ordered):
        before = list(reversed(ordered[:number]))
        after = [m for m in ordered[number + 1 : number + 4] if m.sentence.index == mention.sentence.index]
        missing = _missing(mention)
        earlier = follows.get(mention.event_type, ())
        back = definite(trees[mention.sentence.index], mention, lexicon)
        kinds = {*earlier}
        if back:
            kinds |= {mention.event_type, *(t for t, types in follows.items() if mention.event_type in types)}
        for role in missing:
            sources = (m for m in (*before, *after) if m.event_type in kinds and _compatible(mention, m, reach))
            found = next((m.roles.of(role) for m in sources if any(p.entity for p in m.roles.of(role))), [])
            _take(mention, {role: found})
        if "recipient" in missing and not mention.roles.of("recipient"):
            _together(trees[mention.sentence.index], mention, before, notes.get("together") or {})
        from_verb(trees[mention.sentence.index], mention, (*before, *after), missing)
        one_post(trees[mention.sentence.index], mention, (*before, *after), lexicon)
        if "recipient" in missing and not mention.roles.of("recipient"):
            _victims(trees[mention.sentence.index], mention, (*before, *after), lexicon)
        told_by = (notes.get("dated_by") or {}).get(mention.event_type)
        if back and told_by is not None and mention.date is None:
            paragraph = [m for m in before if "\n" not in text[m.end : mention.start]]
            _date_of(mention, paragraph, {mention.event_type, *told_by}, near)
        accused: Sequence[str] = (notes.get("defendants") or {}).get(mention.event_type, ())
        open_role = not mention.roles.of("recipient") and "recipient" not in {*mention.roles.things, *mention.roles.unresolved}
        if accused and open_role and not _defends(mention, lexicon):
            court = (m for m in before if m.event_type in accused and mention.sentence.index - m.sentence.index <= near)
            tried = next((m.roles.of("recipient") for m in court if m.roles.of("recipient")), [])
            _take(mention, {"recipient": tried})
        lost: Sequence[str] = losers.get(mention.event_type, ())
        if lost and "actor" in missing and not mention.roles.of("actor"):
            # « X a été condamné. Un pourvoi est possible »: who lost appeals
            court = (m for m in before if m.event_type in lost and mention.sentence.index - m.sentence.index <= near)
            _take(mention, {"actor": next((m.roles.of("recipient") for m in court), [])})
        if mention.event_type in answers and "recipient" in missing and not mention.roles.of("recipient"):
            asked = answers[mention.event_type]
            source = next((m for m in before if m.event_type in asked and _asked(mention, m, near)), None)
            if source is not None:
                _take(mention, {"recipient": [replace(p, role="recipient") for p in source.roles.of("actor")]})
    together: dict[int, list[Mention]] = defaultdict(list)
    for mention in ordered:
        together[mention.sentence.index].append(mention)
    for mention in ordered:
        beside = [m for m in together[mention.sentence.index] if m is not mention]
        _of_object(trees[mention.sentence.index], mention, beside, notes.get("objects") or (), answers.get(mention.event_type, ()))
        _speaks_for(mention, beside, notes.get("speaks_for") or {})
    for number, mention in enumerate(ordered):
        _in_heading(trees[mention.sentence.index], mention, ordered[number + 1 :], near)
        if definite(trees[mention.sentence.index], mention, lexicon):
            _same_again(mention, list(reversed(ordered[:number])), _missing(mention), near)


def _of_object(tree: Tree, mention: Mention, beside: Sequence[Mention], types: Sequence[str], answered: Sequence[str]) -> None:
    """« refuse une offre de rachat de X », « dénonce la plainte de X »: what somebody answers or judges is X's, who did it."""
    if mention.event_type not in types or mention.candidate.entry.kind != "verb":
        return
    said = deep_object(tree, mention.candidate.head)
    done = next((m for m in beside if said is not None and m.candidate.head == said.token), None)
    if done is not None and done.candidate.entry.kind != "verb":
        if done.event_type in answered and done.factuality == "negated":
            done.factuality = "asserted"  # what is refused was offered or asked
        if mention.roles.of("recipient"):
            return
        doing = {p.identity for p in mention.roles.of("actor")}
        _take(mention, {"recipient": [p for p in done.roles.of("actor") if p.identity not in doing]})


def _speaks_for(mention: Mention, beside: Sequence[Mention], types: Mapping[str, Sequence[str]]) -> None:
    """« X, affirme la plainte, … »: what is filed speaks for whoever filed it."""
    head = mention.roles.things.get("actor")
    filed = next((m for m in beside if m.candidate.head == head and m.event_type in types.get(mention.event_type, ())), None)
    if filed is not None and not mention.roles.of("actor"):
        _take(mention, {"actor": filed.roles.of("actor")})


def _missing(mention: Mention) -> list[str]:
    """Roles of the pattern that nothing fills."""
    return [r for r in _ROLES if not mention.roles.of(r) and r not in mention.roles.things and r in _pattern(mention)]


def _together(tree: Tree, mention: Mention, before: Sequence[Mention], chains: Mapping[str, Sequence[str]]) -> None:
    """« il lui a écrit, suggérant de … », « a porté plainte contre X, affirmant … »: the same act, so the same party."""
    i = mention.candidate.anchor
    if not (tree.gerund(i) or tree.participle(i)):
        return
    doing = {p.identity for p in mention.roles.of("actor")}
    for other in before:
        if other.sentence.index != mention.sentence.index:
            return
        same = doing & {p.identity for p in other.roles.of("actor")}
        if same and other.event_type in chains.get(mention.event_type, ()) and other.roles.of("recipient"):
            _take(mention, {"recipient": other.roles.of("recipient")})
            return


def _in_heading(tree: Tree, mention: Mention, after: Sequence[Mention], near: int) -> None:
    """« Agression à Valdoie. Un chauffeur a été agressé par … »: a heading without parties tells of what the text below opens with."""
    if mention.candidate.entry.kind == "verb" or mention.sentence.index > 1:
        return
    if mention.roles.of("actor") and not mention.roles.of("recipient"):
        _same_below(mention, after, near)
    if mention.roles.of("actor") or mention.roles.of("recipient"):
        return
    if any(tree.finite(k) for k in range(len(tree))):
        return
    told = next((m for m in after if m.event_type == mention.event_type and m.sentence.index > mention.sentence.index), None)
    if told is None or told.sentence.index - mention.sentence.index >= near or not _compatible(mention, told, near, named=False):
        return
    _add(mention, [replace(p, how="implicit") for p in told.roles.participants if p.role in _ROLES])


def _same_below(mention: Mention, after: Sequence[Mention], near: int) -> None:
    """« X relance les poursuites. Le milliardaire a porté plainte contre Y »: the text says against whom, of the same actor."""
    doing = {p.identity for p in mention.roles.of("actor")}
    told = next((m for m in after if m.event_type == mention.event_type and m.sentence.index > mention.sentence.index), None)
    if told is None or told.sentence.index - mention.sentence.index > near or "recipient" not in _missing(mention):
        return
    if doing & {p.identity for p in told.roles.of("actor")} and _compatible(mention, told, near):
        _take(mention, {"recipient": told.roles.of("recipient")})


def _defends(mention: Mention, lexicon: Lexicon) -> bool:
    """« les avocats de la défense ont demandé au juge »: for the defendant, not against him."""
    words = (w for p in mention.roles.of("actor") for w in split_words(fold(p.text), lexicon.grammar.code))
    return any(w in lexicon.cues["defence"] or w.rstrip("s") in lexicon.cues["defence"] for w in words)


def _same_again(mention: Mention, before: Sequence[Mention], missing: Sequence[str], near: int) -> None:
    """« Les juges ont inculpé le chef de l'État … cette inculpation »: parties without a name, from the last mention of the type
    inside `near` sentences."""
    last = next((m for m in before if m.event_type == mention.event_type), None)
    if last is None or mention.sentence.index - last.sentence.index > near or not _compatible(mention, last, near, named=False):
        return
    taken = {p.identity for p in mention.roles.participants}
    more = [replace(p, role=r, how="implicit") for r in missing for p in last.roles.of(r) if p.entity is None and p.identity not in taken]
    _add(mention, more)


def _victims(tree: Tree, mention: Mention, others: Sequence[Mention], lexicon: Lexicon) -> None:
    """« Trois personnes ont été tuées dans une attaque », « blessé, X a été secouru dans un accident »: whom the sentence says was
    hurt is whom the attack or accident hit."""
    candidate, cues = mention.candidate, lexicon.cues
    if mention.event_type not in cues["befalling"] or candidate.entry.kind == "verb" or tree.case(candidate.head) not in cues["during"]:
        return
    near = [m for m in others if m.sentence.index == mention.sentence.index and m.event_type in cues["harms"]]
    hurt = {p.identity: replace(p, how="implicit") for m in near if m.factuality == mention.factuality for p in m.roles.of("recipient")}
    _add(mention, hurt.values())


def _date_of(mention: Mention, before: Sequence[Mention], types: Set[str], near: int) -> None:
    """« l'accident, cet attentat »: the noun has the date of the happening that it points back to, carried inside `near` sentences."""
    for other in before:
        if mention.sentence.index - other.sentence.index > near:
            return
        if other.event_type in types and _compatible(mention, other, near, named=False):
            if other.date is not None and other.factuality == mention.factuality:
                mention.date = replace(other.date, basis="carried")
            return


def definite(tree: Tree, mention: Mention, lexicon: Lexicon) -> bool:
    """The mention is a noun that points back: « la plainte, cette plainte, sa plainte »."""
    candidate = mention.candidate
    if candidate.entry.kind == "verb":
        return False
    det = tree.determiner(candidate.head)
    if det is None:
        return False
    form = tree.forms[det]
    if form in lexicon.words["possessives"] or form in lexicon.words["demonstratives"]:
        return True
    governed = candidate.own_support and candidate.support is not None and candidate.support < candidate.head
    return form in lexicon.words["definite_articles"] and not governed


def _pattern(mention: Mention) -> frozenset[str]:
    pattern = mention.candidate.entry.group.pattern
    return frozenset({*pattern.verb, *pattern.noun})


def _compatible(mention: Mention, other: Mention, reach: int, named: bool = True) -> bool:
    if mention.sentence.index - other.sentence.index > reach:
        return False
    if (named and not any(p.entity for p in other.roles.participants)) or (other.factuality != mention.factuality and other.factuality != "asserted"):
        return False
    for role in _ROLES:
        ours = {p.identity for p in mention.roles.of(role)}
        theirs = {p.identity for p in other.roles.of(role)}
        if ours and theirs and not ours & theirs:
            return False
    first, second = mention.date, other.date
    if first is None or second is None:
        return True
    return first.start < second.end and second.start < first.end


def _asked(mention: Mention, other: Mention, near: int) -> bool:
    if mention.sentence.index - other.sentence.index > near:
        return False
    doing = {p.identity for p in mention.roles.of("actor")}
    asking = other.roles.of("actor")
    asked = {p.identity for p in other.roles.of("recipient")}
    return bool(asking) and not doing & {p.identity for p in asking} and (not asked or not doing or bool(asked & doing))


def _take(mention: Mention, found: Mapping[str, Sequence[Participant]]) -> None:
    taken = {p.identity for p in mention.roles.participants}
    more = tuple(
        replace(p, role=role, how="implicit")
        for role, participants in found.items()
        for p in participants
        if p.entity is not None and p.identity not in taken
    )
    _add(mention, more)


def _add(mention: Mention, participants: Iterable[Participant]) -> None:
    mention.roles = replace(mention.roles, participants=(*mention.roles.participants, *participants))
