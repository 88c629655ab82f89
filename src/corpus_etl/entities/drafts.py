"""Working forms of entities and mentions while a document is being resolved; private to the package."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus_etl.language import Sentence, Token

from .model import Kind, Resolution

GRAMMAR_WEIGHT = {
    "nsubj": 1.0,
    "expl": 1.0,
    "root": 0.7,
    "obj": 0.62,
    "iobj": 0.58,
    "obl": 0.5,
    "nmod": 0.42,
    "vocative": 0.5,
    "dislocated": 0.9,
    "parataxis": 0.5,
}


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody the document speaks of. Without `name` it is a participant known by a common noun only."""

    key: str
    name: str | None
    kind: Kind | None
    gender: str = ""  # "m", "f" or "" (unknown)
    number: str = "s"
    gazetteer_key: str | None = None
    wikidata_id: str | None = None
    country: str = ""
    nouns: set[str] = field(default_factory=set)  # common nouns known to fit
    forms: set[str] = field(default_factory=set)  # names used for it
    seen: list[tuple[int, int, float]] = field(default_factory=list)  # sentence, token, grammatical weight
    founder: Draft | None = None
    frequency: float = (
        1.0  # how often its name stands in the document, as a share of the most frequent of its kind
    )
    body: bool = False  # a court, ministry, town hall
    thing: bool = False  # a distractor: neither person nor organisation
    evidence: dict[Kind, float] = field(
        default_factory=dict
    )  # kind -> weight, of names the gazetteer does not know

    def fits(self, kind: Kind | None) -> float:
        """How well the kind fits, 0..1: certain for the gazetteer, a share of the evidence for other names."""
        if self.gazetteer_key is not None or not self.evidence:
            return 1.0 if kind == self.kind else 0.0
        positive = {k: max(w, 0.0) for k, w in self.evidence.items()}
        named = sum(w for k, w in positive.items() if k != "other")
        return ((positive.get(kind, 0.0) if kind else 0.0) + 0.3) / (named + 0.6)


@dataclass(slots=True, eq=False)
class Draft:
    """A mention under construction."""

    sentence: int
    first: int
    last: int
    head: int
    start: int
    end: int
    form: str  # name | noun | pronoun | relative | reflexive | possessive
    lemma: str = ""
    gender: str = ""
    number: str = "s"
    kind: Kind | None = None
    key: str | None = None  # gazetteer key
    referent: Referent | None = None
    several: list[Referent] = field(default_factory=list)
    resolution: Resolution = "none"
    evidence: dict[Kind, float] = field(default_factory=dict)  # kind -> weight, for names
    title: int | None = None  # token of a title or unknown noun before a name

    @property
    def width(self) -> int:
        return self.last - self.first


def draft_of(token: Token, sentence: Sentence, form: str, lemma: str, gender: str, number: str) -> Draft:
    """The draft of a mention of one token."""
    return Draft(sentence.index, token.i, token.i, token.i, token.start, token.end, form, lemma, gender, number)


def feature(feats: str, name: str) -> str:
    """Value of a UD feature, "" where absent."""
    start = feats.find(name + "=")
    if start < 0 or (start and feats[start - 1] != "|"):
        return ""
    return feats[start + len(name) + 1 :].split("|", 1)[0]


def gender_of(feats: str) -> str:
    """ "m", "f" or "" from UD features."""
    return {"Masc": "m", "Fem": "f"}.get(feature(feats, "Gender"), "")


def number_of(feats: str) -> str:
    """ "p" for plural, otherwise "s"."""
    return "p" if feature(feats, "Number") == "Plur" else "s"


def base(deprel: str) -> str:
    """A UD relation without its subtype."""
    return deprel.split(":", 1)[0]


def weight_of(sentence: Sentence, token: int, counting: frozenset[str] = frozenset()) -> float:
    """How prominent the grammatical function of a token makes its referent, 0..1. What a noun of `counting` counts has the
    function of that noun."""
    for _ in range(6):
        word = sentence.tokens[token]
        relation = base(word.deprel)
        if relation == "nsubj" and word.head != token:
            # the subject of a main clause is what a text is about
            return 1.0 if base(sentence.tokens[word.head].deprel) in ("root", "conj", "parataxis") else 0.8
        counted = relation == "nmod" and sentence.tokens[word.head].lemma in counting
        if (counted or relation in ("conj", "appos", "flat", "fixed", "compound", "name")) and word.head != token:
            token = word.head  # « une dizaine de délégués »: as the count
            continue
        return GRAMMAR_WEIGHT.get(relation, 0.4)
    return 0.4
