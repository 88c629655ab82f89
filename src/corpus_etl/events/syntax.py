"""A sentence as a tree with the questions that argument finding asks of it: deep subject, deep object, complements.

Everything here is Universal Dependencies; what depends on the language (contractions, verb classes) is passed in as
`Grammar`, which is read from the pack.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from corpus_etl.language import Sentence, Token

from .grammar import Grammar
from .repair import repair
from .words import fold

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:caus", "nsubj:outer")
_COMPLEMENTS = ("obl", "nmod", "iobj", "dep", "acl", "advcl", "xcomp", "appos", "obj")
_CLAUSES = frozenset({"root", "ccomp", "advcl", "acl:relcl", "parataxis", "csubj", "csubj:pass", "advcl:cleft", "acl"})


@dataclass
class Tree:
    """One parsed sentence. All indices are token indices."""

    sentence: Sentence
    grammar: Grammar
    temporal: frozenset[int] = frozenset()
    """Tokens inside dates: they are neither subject nor object."""
    kids: list[list[int]] = field(init=False)
    forms: list[str] = field(init=False)
    lemmas: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.sentence = repair(self.sentence, self.grammar)
        tokens = self.sentence.tokens
        self.kids = [[] for _ in tokens]
        for token in tokens:
            if token.head != token.i:
                self.kids[token.head].append(token.i)
        self._answers = [_answers(t.deprel) for t in tokens]
        self.forms = [fold(t.text) for t in tokens]
        self.lemmas = [self._lemma(t) for t in tokens]

    def _lemma(self, token: Token) -> str:
        lemma = fold(token.lemma)
        if token.upos in ("VERB", "AUX") and lemma not in self.grammar.known_verbs:
            return self.grammar.verb_forms.get(fold(token.text), lemma)
        return lemma

    @cached_property
    def readings(self) -> list[frozenset[str]]:
        """For each token the words that it may be in a phrase: form, lemma, form without contraction or plural ending."""
        return [
            frozenset({form, lemma, plain, form[:-1] if len(form) > 3 and form[-1] in "sx" else form})
            for form, lemma, plain in zip(self.forms, self.lemmas, self._plain, strict=True)
        ]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All readings of all tokens: a phrase with another word does not stand here."""
        return frozenset().union(*self.readings)

    def __getitem__(self, i: int) -> Token:
        return self.sentence.tokens[i]

    def __len__(self) -> int:
        return len(self.sentence.tokens)

    # ------------------------------------------------------------ neighbours
    def children(self, i: int, *relations: str) -> list[int]:
        """Children with one of these relations (subtypes included: `obl` finds `obl:arg`)."""
        return [k for k in self.kids[i] if not self._answers[k].isdisjoint(relations)]

    def ancestors(self, i: int) -> Iterable[int]:
        """Heads from the next one up to the root."""
        seen = {i}
        while self[i].head not in seen:
            i = self[i].head
            seen.add(i)
            yield i

    def subtree(self, i: int) -> set[int]:
        """Token `i` and all below it."""
        found, todo = {i}, [i]
        while todo:
            for kid in self.kids[todo.pop()]:
                if kid not in found:
                    found.add(kid)
                    todo.append(kid)
        return found

    def governor(self, i: int) -> int | None:
        """The nearest verb above (through nominals), or null."""
        return next((a for a in self.ancestors(i) if self.verbal(a)), None)

    def verbal(self, i: int) -> bool:
        """A verb, or a participle tagged adjective, or a predicate with copula or auxiliary."""
        return self[i].upos in ("VERB", "AUX") or bool(self.children(i, "cop", "aux"))

    def clause(self, i: int) -> int:
        """Head of the smallest finite or relative clause around `i`."""
        for a in (i, *self.ancestors(i)):
            if self[a].deprel in _CLAUSES and (a == i or self.verbal(a)):
                return a
            if self[a].deprel == "conj" and self.verbal(a) and self.finite(a):
                return a
        return i

    def conjuncts(self, i: int) -> list[int]:
        """`i` and the nominals coordinated with it."""
        kids = [k for k in self.children(i, "conj") if k not in self.temporal]
        return [i, *(k for k in kids if not (self.verbal(k) and self.finite(k)) and self[k].upos != "ADJ")]

    # ------------------------------------------------------------ forms
    def feature(self, i: int, name: str) -> str:
        """Value of a morphological feature, or empty."""
        return _features(self[i].feats).get(name, "")

    def is_plural(self, i: int) -> bool:
        """A noun in the plural."""
        return self.feature(i, "Number") == "Plur"

    def infinitive(self, i: int) -> bool:
        """An infinitive, without auxiliary in a finite form."""
        if self.feature(i, "VerbForm") == "Inf":
            if self.children(i, "aux:caus") and self.finite(i):
                return False  # « a fait exploser »: one predicate
            return not any(self.feature(k, "VerbForm") == "Fin" for k in self.children(i, "cop"))  # « n'est pas à vendre »
        aux = self.children(i, "aux")
        return bool(aux) and all(self.feature(a, "VerbForm") == "Inf" for a in aux if self[a].deprel != "aux:pass") and not self.finite(i)

    def participle(self, i: int) -> bool:
        """A past participle without auxiliary."""
        token = self[i]
        return (
            token.upos in ("VERB", "ADJ")
            and self.feature(i, "VerbForm") == "Part"
            and self.feature(i, "Tense") != "Pres"
            and not self.children(i, "aux", "cop")
        )

    def gerund(self, i: int) -> bool:
        """A present participle, or the infinitive of a causative that is one (« faisant grimper »)."""
        if any(self.forms[k].endswith("ant") for k in self.children(i, "aux:caus")):
            return True
        return self.feature(i, "VerbForm") in ("Part", "Ger") and self.forms[i].endswith("ant") and not self.children(i, "cop")

    def finite(self, i: int) -> bool:
        """The verb or one of its auxiliaries is finite."""
        return any(self.feature(k, "VerbForm") == "Fin" for k in (i, *self.children(i, "aux", "cop")))

    def tense(self, i: int) -> str:
        """`past` for compound tenses, simple past, imperfect and past participles; else `other`."""
        if self.feature(i, "Tense") in ("Past", "Imp"):
            return "past"
        return "past" if any(self.feature(a, "Tense") in ("Past", "Imp") for a in self.children(i, "aux", "cop")) else "other"

    def undergone(self, i: int) -> bool:
        """« s'est fait condamner »: the subject of a reflexive causative without other object undergoes what the infinitive says."""
        if not self.children(i, "aux:caus") or not self.reflexive(i):
            return False
        return all(self.forms[k] in ("se", "s'") or k in self.temporal for k in self.children(i, "obj"))

    def beheld(self, i: int) -> int | None:
        """« s'est vu infliger une amende »: the verb of seeing whose subject undergoes what infinitive `i` says, or null."""
        if self.feature(i, "VerbForm") != "Inf":
            return None
        seeing = self.grammar.verb_classes.get("beholding", ())
        above = [self[i].head] if self[i].deprel.startswith("xcomp") else []
        for k in (*self.children(i, "aux:caus"), *above):
            first = min([k, *(a for v in (k, i) for a in self.children(v, "aux:tense") if a < k)])
            if self.lemmas[k] in seeing and k < i and first > 0 and self.forms[first - 1] in ("se", "s'"):
                return k
        return None

    def passive(self, i: int) -> bool:
        """Passive voice: auxiliary, passive subject, or a bare participle of a verb that has a passive."""
        if self.undergone(i) or self.beheld(i) is not None:
            return True
        if self.children(i, "aux:pass", "nsubj:pass"):
            if not self.reflexive(i) and self.lemmas[i] not in self.grammar.verb_classes.get("active_participle", ()):
                return True
        if self[i].deprel.startswith("conj") and self.children(self[i].head, "aux:tense", "aux") and not self.passive(self[i].head):
            return False  # « qu'il a dirigé et soutenu »: the auxiliary is shared
        active = self.lemmas[i] in self.grammar.verb_classes.get("active_participle", ())
        return self.participle(i) and not active and not self.children(i, "nsubj", "obj") and self[i].deprel not in ("root_",)

    def reflexive(self, i: int) -> bool:
        """With a reflexive clitic (se, s')."""
        if self.beheld(i) is not None:
            return False  # the clitic belongs to the verb of seeing
        return any(self.forms[k] in ("se", "s'") for k in self.kids[i]) or (
            i > 0 and self.forms[i - 1] in ("se", "s'") and self[i].upos == "VERB"
        ) or any(self.forms[a - 1] in ("se", "s'") for a in self.children(i, "aux") if a > 0)

    def determiner(self, i: int) -> int | None:
        """The determiner of a noun, or null."""
        own = next((k for k in self.kids[i] if self[k].upos == "DET" or self[k].deprel.startswith("det")), None)
        if own is not None:
            return own
        k = i - 1
        while k >= 0 and self[k].upos in ("ADJ", "NUM") and k > i - 4:
            k -= 1
        return k if k >= 0 and self[k].upos == "DET" and self[k].head >= k else None

    def antecedent(self, i: int, relatives: frozenset[str]) -> int | None:
        """The noun before the relative clause of verb `i` where one of the relatives opens it (« auxquelles », « à qui »)."""
        clause = next((a for a in (i, *self.ancestors(i)) if self[a].deprel == "acl:relcl"), None)
        if clause is None or self[clause].head > i:
            return None
        noun = self[clause].head
        for k in range(noun + 1, min(i, noun + 8)):
            if self.forms[k] in relatives or f"{self.forms[k]} {self.forms[k + 1]}" in relatives:
                return noun
        return None

    # ------------------------------------------------------------ prepositions
    def case(self, i: int) -> str:
        """The preposition of a nominal without contraction (« de », « à l'encontre de »), or empty."""
        return self._cases[i]

    @cached_property
    def _cases(self) -> list[str]:
        return [self._preposition_of(i) for i in range(len(self))]

    def _preposition_of(self, i: int) -> str:
        cases = [k for k in self.kids[i] if (self[k].deprel.startswith("case") or self[k].deprel == "mark") and k < i]
        if cases:
            end = max([cases[-1], *(f for c in cases for f in self.kids[c] if self[f].deprel == "fixed" and f < i)])
        else:
            dets = [k for k in self.kids[i] if k < i]
            end = (min(dets) if dets else i) - 1
            if end < 0 or self[end].upos != "ADP":
                return ""
        longest = next(self.compounds_ending_at(end), None)
        return self._plain[end] if longest is None else " ".join(longest).replace("' ", "'")

    @cached_property
    def _plain(self) -> list[str]:
        """The forms without contraction: « du » is « de »."""
        return [self.grammar.preposition(f) for f in self.forms]

    def compounds_ending_at(self, end: int) -> Iterator[tuple[str, ...]]:
        """The compound prepositions whose last word is token `end`, longest first."""
        for compound in self.grammar.compounds_by_end.get(self._plain[end], ()):
            if tuple(self._plain[max(0, end + 1 - len(compound)) : end + 1]) == compound:
                yield compound

    def attachment(self, i: int) -> int:
        """Head of a complement, past the noun inside a compound preposition (« à l'encontre de X »)."""
        head = self[i].head
        preposition = self.case(i)
        if " " in preposition and self.forms[head] in preposition.replace("'", " ").split():
            return self[head].head
        return head

    @cached_property
    def attached(self) -> Mapping[int, list[int]]:
        """Nominals that are complements, by their `attachment`; dates do not count."""
        found: dict[int, list[int]] = defaultdict(list)
        for k, token in enumerate(self.sentence.tokens):
            if token.head != k and k not in self.temporal and token.upos in NOMINAL and token.deprel.startswith(_COMPLEMENTS):
                found[self.attachment(k)].append(k)
        return {i: [k for k in kids if k != i] for i, kids in found.items()}


@lru_cache(maxsize=1024)
def _answers(relation: str) -> frozenset[str]:
    """The relations that `relation` is one of: `obl:arg` is itself and an `obl`."""
    return frozenset({relation, *(relation[:k] for k, c in enumerate(relation) if c == ":")})


@lru_cache(maxsize=4096)
def _features(feats: str) -> Mapping[str, str]:
    """Values of morphological features by name; the first one where a name stands twice."""
    pairs = (pair.partition("=") for pair in reversed(feats.split("|")))
    return {name: value for name, _, value in pairs}


def agree(first: Token, second: Token) -> bool:
    """Gender and number are the same, where both tell them."""
    ours, theirs = (dict(pair.split("=", 1) for pair in t.feats.split("|") if "=" in pair) for t in (first, second))
    return all(ours.get(f, theirs.get(f)) == theirs.get(f, ours.get(f)) for f in ("Gender", "Number"))
