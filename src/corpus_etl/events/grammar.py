"""The words of a language that the search for triggers and arguments needs, read from the frames of its pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    code: str = ""
    """Of the language."""

    def preposition(self, word: str) -> str:
        """A folded preposition without contraction: du -> de."""
        return self.contractions.get(word, word)
