"""A sentence with all that finding arguments in it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus_etl.entities import EntityIndex
from corpus_etl.language import Sentence

from .lexicon import Lexicon
from .syntax import Tree


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
    source: str = ""
    """The text of the document, which offsets are into."""

    @property
    def number(self) -> int:
        """Index of the sentence in its document."""
        return self.tree.sentence.index
