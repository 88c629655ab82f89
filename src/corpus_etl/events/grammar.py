"""The words of a language that the search for triggers and arguments needs, read from the frames of its pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Grammar:
    """Words of the language that the tree needs, all folded."""

    contractions: Mapping[str, str]
    determiners: frozenset[str]
    passive_agents: frozenset[str]
    verb_classes: Mapping[str, frozenset[str]]
    prepositions: tuple[tuple[str, ...], ...] = ()
    """Compound prepositions as word sequences, longest first."""
    verb_forms: Mapping[str, str] = field(default_factory=dict)
    """Inflected form to lemma, for the verbs of the lexicon."""
    known_verbs: frozenset[str] = frozenset()
    copula: str = ""
    auxiliaries: frozenset[str] = frozenset()
    light_auxiliaries: frozenset[str] = frozenset()
    """Of these, the ones that also take a bare noun: « font grève »."""
    tense_auxiliary: str = ""
    passive_participle: str = ""
    """The participle of the passive auxiliary: « a été condamné »."""
    dative_relatives: frozenset[str] = frozenset()
    genitive_relatives: frozenset[str] = frozenset()
    feminine_participles: tuple[str, ...] = ()
    """Endings that no tense of a regular verb has, and the ending of its infinitive."""
    first_conjugation: str = ""
    fates: frozenset[str] = frozenset()
    """Participles that are nouns, too: « X, parti en janvier »."""
    aimed: frozenset[str] = frozenset()
    """Prepositions before whom an act is aimed at: « les charges retenues contre lui »."""
    numerals: frozenset[str] = frozenset()
    counting: frozenset[str] = frozenset()
    bounds: frozenset[str] = frozenset()
    among: tuple[str, ...] = ()
    """« d'entre »: joins a number to the pronoun of those counted."""
    code: str = ""
    """Of the language."""
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Further lists of `_grammar.yaml`, by name."""

    @cached_property
    def compounds_by_end(self) -> Mapping[str, list[tuple[str, ...]]]:
        """The compound prepositions by their last word, longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for compound in self.prepositions:
            found.setdefault(compound[-1], []).append(compound)
        return found

    def preposition(self, word: str) -> str:
        """A folded preposition without contraction: du -> de."""
        return self.contractions.get(word, word)
