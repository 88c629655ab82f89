"""Triggers in a sentence: every lexicon entry whose words stand there, with its light verb where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from .lexicon import Entry, Lexicon
from .matching import after_verb, copulas, in_voice, match_verb, predicate_of, sequence
from .phrases import ANY_SPEECH, Phrase
from .subjects import after_quotation
from .syntax import Tree

SupportKind = Literal["", "active", "passive", "happening"]
_QUALITY = frozenset({"ADJ"})


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
        """« être jugé », « se faire agresser »: the subject that the phrase has is who undergoes."""
        if self.entry.kind != "verb" or not tree.passive(self.head):
            return False
        phrase = self.entry.phrase
        return phrase.participle or (phrase.reflexive and tree.undergone(self.head))

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
    for end in range(len(tree)):
        for compound in tree.compounds_ending_at(end):
            inside.update(range(end + 2 - len(compound), end + 1))
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
            yield Candidate(entry, predicate_of(tree, i, entry.phrase), words)


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


# ---------------------------------------------------------------- nouns
def _nouns(tree: Tree, i: int, lexicon: Lexicon) -> Iterable[Candidate]:
    if tree[i].upos not in ("NOUN", "PROPN", "X", "ADJ"):
        if not (tree[i].upos == "VERB" and i > 0 and tree[i - 1].upos == "DET"):
            return
    if (
        i > 0
        and tree[i].text[:1].isupper()
        and not tree[i].text.isupper()
        and tree[i - 1].upos not in ("PUNCT", "SYM")
    ):
        return  # « rue de la Libération », part of a name
    heads = dict.fromkeys((tree.lemmas[i], tree.forms[i], tree.forms[i].rstrip("sx")))
    for head in heads:
        for entry in lexicon.nouns.get(head, ()):
            if not tree.vocabulary.issuperset(entry.phrase.rest):
                continue
            rest = (
                sequence(tree, i + 1, entry.phrase.rest, skip=1, before=_QUALITY) if entry.phrase.rest else []
            )
            if rest is None:
                continue
            yield from _with_support(tree, entry, i, (i, *rest), lexicon)
        if head in lexicon.nouns:
            return


def _with_support(
    tree: Tree, entry: Entry, i: int, words: tuple[int, ...], lexicon: Lexicon
) -> Iterable[Candidate]:
    verbs = list(governing_verbs(tree, i))
    if entry.verbs is not None:
        for verb, relation in verbs:
            if _matches(tree, verb, relation, entry.verbs, lexicon):
                yield Candidate(
                    entry,
                    i,
                    words,
                    verb,
                    "passive" if entry.kind == "support_passive" else "active",
                    own_support=True,
                )
        return
    for verb, relation in verbs:
        for table, kind in (
            (lexicon.passive, "passive"),
            (lexicon.active, "active"),
            (lexicon.happening, "happening"),
        ):
            if (kind == "happening") == (relation == "subject") and _matches(
                tree, verb, relation, table, lexicon
            ):
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
    if (
        verb != head
        and not tree.verbal(verb)
        and tree[verb].deprel.startswith(("obj", "obl"))
        and tree.verbal(above)
    ):
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
                yield (
                    other,
                    "object"
                    if tree.passive(other) or (tree.passive(verb) and tree.participle(other))
                    else "subject",
                )
    elif case in tree.grammar.passive_agents and tree.passive(verb):
        yield verb, "par"
    elif case and not (relation.startswith("obj") or (case == "de" and tree.forms[head - 1] == "des")):
        yield verb, case
    else:
        yield verb, "object"


def _matches(
    tree: Tree, verb: int, relation: str, table: Mapping[str, tuple[Phrase, ...]], lexicon: Lexicon
) -> bool:
    return any(
        _light(tree, verb, relation, phrase, table is lexicon.happening, lexicon)
        for phrase in table.get(tree.lemmas[verb], ())
    ) or any(
        # « a été victime d'une agression »: the noun is the predicate of the copula.
        phrase.copula
        and relation == phrase.trailing
        and verb in (after_verb(tree, copula, phrase.rest, lexicon) or ())
        for copula in copulas(tree, verb)
        for phrase in table.get(tree.grammar.copula, ())
    )


def _light(tree: Tree, verb: int, relation: str, phrase: Phrase, happening: bool, lexicon: Lexicon) -> bool:
    """Is `verb` this light verb for a noun that stands in `relation` to it?"""
    if not in_voice(tree, verb, phrase):
        return False
    if phrase.rest and after_verb(tree, verb, phrase.rest, lexicon) is None:
        return False
    wanted = phrase.trailing or "object"
    if relation in (wanted, "any") or (relation == "subject" and not phrase.trailing and happening):
        return True
    return bool(phrase.rest) and relation == "below"
