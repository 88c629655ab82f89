"""Triggers in a sentence: every lexicon entry whose words stand there, with its light verb where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .lexicon import Entry, Lexicon
from .phrases import ANY_SPEECH, Phrase
from .subjects import after_quotation
from .syntax import Tree

SupportKind = Literal["", "active", "passive", "happening"]
_GAP = frozenset({"ADV", "PRON", "AUX", "PART"})
_INSIDE = frozenset({"ADV", "ADJ", "DET"})
_QUALITY = frozenset({"ADJ"})
_REACH = 14


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry found in a sentence.

    `head` is the token of its head word, `words` all tokens that it explains (first to last of the trigger), `support`
    the light verb and how its subject takes part. `anchor` is the token on which tense and negation stand.
    """

    entry: Entry
    head: int
    words: tuple[int, ...]
    support: int | None = None
    support_kind: SupportKind = ""
    own_support: bool = False

    @property
    def anchor(self) -> int:
        return self.head if self.support is None else self.support

    def undergone(self, tree: Tree) -> bool:
        """« être jugé »: the subject of the copula is who undergoes."""
        return self.entry.phrase.participle and tree.passive(self.head)

    @property
    def length(self) -> int:
        return len(self.words) + (self.support is not None and self.own_support)


def find(tree: Tree, lexicon: Lexicon) -> list[Candidate]:
    """All candidates of a sentence in order of their head words."""
    found: list[Candidate] = []
    inside = _prepositional(tree)
    for i in range(len(tree)):
        if i in inside:
            continue
        found += _verbs(tree, i, lexicon)
        found += _nouns(tree, i, lexicon)
    return found


def _prepositional(tree: Tree) -> set[int]:
    """Tokens inside compound prepositions: « à partir de », « à la suite de »."""
    inside: set[int] = set()
    words = [tree.grammar.preposition(f) for f in tree.forms]
    for compound in tree.grammar.prepositions:
        size = len(compound)
        for k in range(len(words) - size + 1):
            if words[k] == compound[0] and tuple(words[k : k + size]) == compound:
                inside.update(range(k + 1, k + size))
    return inside


# ---------------------------------------------------------------- verbs
def _verbs(tree: Tree, i: int, lexicon: Lexicon) -> Iterable[Candidate]:
    lemma = verb_lemma(tree, i, lexicon)
    if lemma is None:
        return
    entries = lexicon.verbs.get(lemma, ())
    if after_quotation(tree, i):
        entries += lexicon.verbs.get(ANY_SPEECH, ())
    for entry in entries:
        words = match_verb(tree, i, entry.phrase, lexicon)
        if words is not None:
            yield Candidate(entry, _predicate(tree, i, entry.phrase), words)


def _predicate(tree: Tree, i: int, phrase: Phrase) -> int:
    """The token that the arguments of verb `i` hang on: « a fait valoir » has those of the infinitive, « est en grève » those
    of the noun."""
    if _causative(tree, i) or (phrase.copula and phrase.rest and tree[i].deprel.startswith(("cop", "aux"))):
        return tree[i].head
    return i


def verb_lemma(tree: Tree, i: int, lexicon: Lexicon) -> str | None:
    """The lemma of token `i` as a verb of the lexicon: by the tagger, else by the form."""
    token = tree[i]
    if token.upos in ("VERB", "AUX"):
        return tree.lemmas[i]
    form = lexicon.forms.get(tree.forms[i])
    if form is None:
        return None
    if token.upos == "ADJ" and tree.forms[i].endswith(("é", "ée", "és", "ées")):
        return form
    if token.upos in ("NOUN", "X", "ADJ") and i > 0 and tree[i - 1].upos == "AUX":
        return form
    return None


def match_verb(tree: Tree, i: int, phrase: Phrase, lexicon: Lexicon) -> tuple[int, ...] | None:
    """Tokens of a verb phrase with head `i`, or null where a part is missing."""
    if tree[i].deprel.startswith("aux") and not phrase.copula and not (_causative(tree, i) and phrase.rest):
        return None
    predicate = _predicate(tree, i, phrase)
    if not _in_voice(tree, predicate, phrase):
        return None
    words = [i]
    if (phrase.reflexive or (phrase.head == ANY_SPEECH and tree.reflexive(predicate))) and i > 0 and tree.forms[i - 1] in lexicon.words["reflexives"]:
        words.insert(0, i - 1)
    if phrase.clitic and phrase.clitic not in tree.forms[max(0, i - 3) : i]:
        return None
    if phrase.negation and not _denied(tree, i, phrase.negation, lexicon):
        return None
    if phrase.before:
        first = i - len(phrase.before)
        if first < 0 or tuple(tree.forms[first:i]) != phrase.before:
            return None
        words = [*range(first, i), *words]
    if phrase.rest:
        rest = _after_verb(tree, i, phrase.rest, lexicon)
        if rest is None:
            return None
        words += rest
        if predicate != i and predicate not in words:
            return None
    if phrase.trailing and not _leads_on(tree, words[-1], i if not phrase.copula else predicate, phrase.trailing):
        return None
    return tuple(words)


def _in_voice(tree: Tree, predicate: int, phrase: Phrase) -> bool:
    """Reflexive as the phrase is; a participle bare or with the copula."""
    if phrase.head == ANY_SPEECH:
        return True
    if phrase.reflexive != tree.reflexive(predicate):
        return False
    return not phrase.participle or tree.participle(predicate) or bool(_copulas(tree, predicate))


def _denied(tree: Tree, i: int, negation: tuple[str, ...], lexicon: Lexicon) -> bool:
    """The words of a negation stand around verb `i`: the particle before, « pas » on either side of it or of its auxiliary."""
    near = tree.forms[max(0, i - 6) : i]
    if not lexicon.words["negation_particles"].intersection(near):
        return False
    return len(negation) < 2 or negation[1] in (*near, *tree.forms[i + 1 : i + 3])


def _copulas(tree: Tree, i: int) -> list[int]:
    """Copula or passive auxiliary of predicate `i`."""
    return [k for k in tree.children(i, "cop", "aux") if tree.lemmas[k] == tree.grammar.copula]


def _causative(tree: Tree, i: int) -> bool:
    """« faire » before the infinitive that it makes somebody do."""
    return tree[i].deprel == "aux:caus" and tree[i].head > i


def _leads_on(tree: Tree, last: int, verb: int, preposition: str) -> bool:
    """The preposition follows, or introduces a complement of the verb; « par » may also be a passive agent."""
    for k in range(last + 1, min(len(tree), last + 9)):
        if tree[k].upos in ("VERB", "AUX", "SCONJ") or tree.forms[k] in (",", ";", ":"):
            break
        if tree.grammar.preposition(tree.forms[k]) == preposition:
            return True
    return any(tree.case(k) == preposition for k in tree.children(verb, "obl", "iobj", "nmod", "xcomp", "advcl"))


def _after_verb(tree: Tree, i: int, rest: Sequence[str], lexicon: Lexicon) -> list[int] | None:
    near = _sequence(tree, i + 1, rest, skip=3)
    if near is not None:
        return near
    if rest[0] not in lexicon.words["simple_prepositions"]:
        return None
    for start in range(i + 2, min(len(tree), i + _REACH)):
        if tree[start].upos == "PUNCT" and tree.forms[start] in (";", ":", "."):
            return None
        found = _sequence(tree, start, rest, skip=0)
        if found is not None and _below(tree, found[-1], i):
            return found
    return None


def _below(tree: Tree, k: int, verb: int) -> bool:
    for steps, a in enumerate(tree.ancestors(k)):
        if a == verb:
            return True
        if steps >= 3:
            return False
    return False


def _sequence(
    tree: Tree, start: int, words: Sequence[str], skip: int, before: frozenset[str] = _GAP
) -> list[int] | None:
    """Match words from `start`; before the first one up to `skip` words of the classes `before`, inside determiners and an adjective."""
    found: list[int] = []
    k, gap = start, skip
    for number, word in enumerate(words):
        allowed = before | {"DET"} if number == 0 else _INSIDE
        budget = gap + 1 if number == 0 else 2
        while True:
            if k >= len(tree):
                return None
            if _is_word(tree, k, word):
                found.append(k)
                k += 1
                break
            determiner = tree.forms[k] in tree.grammar.determiners
            if not determiner:
                budget -= 1
                if budget <= 0 or tree[k].upos not in allowed:
                    return None
            k += 1
    return found


def _is_word(tree: Tree, k: int, word: str) -> bool:
    form = tree.forms[k]
    if form == word or tree.lemmas[k] == word or tree.grammar.preposition(form) == word:
        return True
    return len(form) > 3 and form[-1] in "sx" and form[:-1] == word


# ---------------------------------------------------------------- nouns
def _nouns(tree: Tree, i: int, lexicon: Lexicon) -> Iterable[Candidate]:
    if tree[i].upos not in ("NOUN", "PROPN", "X", "ADJ"):
        if not (tree[i].upos == "VERB" and i > 0 and tree[i - 1].upos == "DET"):
            return
    if i > 0 and tree[i].text[:1].isupper() and not tree[i].text.isupper() and tree[i - 1].upos not in ("PUNCT", "SYM"):
        return  # « rue de la Libération », part of a name
    heads = dict.fromkeys((tree.lemmas[i], tree.forms[i], tree.forms[i].rstrip("sx")))
    for head in heads:
        for entry in lexicon.nouns.get(head, ()):
            rest = _sequence(tree, i + 1, entry.phrase.rest, skip=1, before=_QUALITY) if entry.phrase.rest else []
            if rest is None:
                continue
            yield from _with_support(tree, entry, i, (i, *rest), lexicon)
        if head in lexicon.nouns:
            return


def _with_support(tree: Tree, entry: Entry, i: int, words: tuple[int, ...], lexicon: Lexicon) -> Iterable[Candidate]:
    verbs = list(governing_verbs(tree, i))
    if entry.verbs is not None:
        for verb, relation in verbs:
            if _matches(tree, verb, relation, entry.verbs, lexicon):
                yield Candidate(
                    entry, i, words, verb, "passive" if entry.kind == "support_passive" else "active", own_support=True
                )
        return
    for verb, relation in verbs:
        for table, kind in ((lexicon.passive, "passive"), (lexicon.active, "active"), (lexicon.happening, "happening")):
            if (kind == "happening") == (relation == "subject") and _matches(tree, verb, relation, table, lexicon):
                yield Candidate(entry, i, words, verb, kind)  # type: ignore[arg-type]
                return
    yield Candidate(entry, i, words)


def governing_verbs(tree: Tree, i: int) -> Iterable[tuple[int, str]]:
    """Verbs of which noun `i` is an argument, with its relation: object, subject, agent or a preposition."""
    for k in tree.kids[i]:
        if tree[k].deprel in ("acl", "amod") and (tree.participle(k)):
            yield k, "object"
        elif tree[k].deprel == "acl:relcl":
            if any(tree.forms[m] in ("que", "qu'") for m in tree.kids[k]):
                yield k, "object"
            elif any(tree.forms[m] == "qui" for m in tree.kids[k]):
                yield k, "object" if tree.passive(k) else "subject"
            elif any(tree.forms[m] in ("dont", "laquelle", "lequel") for m in tree.kids[k]):
                yield k, "any"
    head, seen = i, 0
    while tree[head].deprel.startswith(("conj", "flat", "appos")) and tree[head].head != head and seen < 4:
        head, seen = tree[head].head, seen + 1
    verb = tree.attachment(head)
    above = tree[verb].head
    if verb != head and not tree.verbal(verb) and tree[verb].deprel.startswith(("obj", "obl")) and tree.verbal(above):
        # « faire l'objet d'une plainte »: the noun hangs on a fixed word of the light verb.
        yield above, "below"
        return
    if verb == head or not (tree.verbal(verb) or tree.participle(verb) or tree.infinitive(verb)):
        return
    relation = tree[head].deprel
    case = tree.case(head)
    if relation.startswith("nsubj"):
        yield verb, "object" if tree.passive(verb) else "subject"
        for other in tree.children(verb, "conj"):
            # « la plainte a été déposée, puis abandonnée »
            if not tree.children(other, "nsubj"):
                yield other, "object" if tree.passive(other) or (tree.passive(verb) and tree.participle(other)) else "subject"
    elif case in tree.grammar.passive_agents and tree.passive(verb):
        yield verb, "par"
    elif case and not (relation.startswith("obj") or (case == "de" and tree.forms[head - 1] == "des")):
        yield verb, case
    else:
        yield verb, "object"


def _matches(tree: Tree, verb: int, relation: str, table: Mapping[str, tuple[Phrase, ...]], lexicon: Lexicon) -> bool:
    return any(
        _light(tree, verb, relation, phrase, table is lexicon.happening, lexicon)
        for phrase in table.get(tree.lemmas[verb], ())
    ) or any(
        # « a été victime d'une agression »: the noun is the predicate of the copula.
        phrase.copula and relation == phrase.trailing and verb in (_after_verb(tree, copula, phrase.rest, lexicon) or ())
        for copula in _copulas(tree, verb)
        for phrase in table.get(tree.grammar.copula, ())
    )


def _light(tree: Tree, verb: int, relation: str, phrase: Phrase, happening: bool, lexicon: Lexicon) -> bool:
    """Is `verb` this light verb for a noun that stands in `relation` to it?"""
    if not _in_voice(tree, verb, phrase):
        return False
    if phrase.rest and _after_verb(tree, verb, phrase.rest, lexicon) is None:
        return False
    wanted = phrase.trailing or "object"
    if relation in (wanted, "any") or (relation == "subject" and not phrase.trailing and happening):
        return True
    return bool(phrase.rest) and relation == "below"
