"""What the analysis of a text consists of."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A token; offsets are code points into the source text of its document, end exclusive.

    Attributes:
        i: index in its sentence.
        upos: universal part of speech (Universal Dependencies).
        feats: morphological features, `Mood=Ind|Tense=Pres`, or empty.
        head: index of the syntactic head in the sentence; its own index for a root.
        deprel: relation to the head (UD 2, with subtypes).
        entity: person, organization, place, other, or empty.
        entity_iob: B, I or O.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    entity: str
    entity_iob: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; without tokens where the prefilter left it unparsed."""

    index: int
    start: int
    end: int
    tokens: tuple[Token, ...]

    @property
    def parsed(self) -> bool:
        """True where the sentence has tokens."""
        return bool(self.tokens)

    def children(self, i: int) -> Iterator[Token]:
        """Tokens whose head is token `i`, in order."""
        return (t for t in self.tokens if t.head == i and t.i != i)

    def subtree(self, i: int) -> list[Token]:
        """Token `i` and all that depend on it, in order."""
        children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
        inside, queue = {i}, [i]
        while queue:
            fresh = [c for c in children[queue.pop()] if c not in inside]
            inside.update(fresh)
            queue += fresh
        return [self.tokens[k] for k in sorted(inside)]

    def text_of(self, text: str) -> str:
        """The words of the sentence in the source text."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class AnalysedDocument:
    """A document, its source text and its sentences in order."""

    doc_id: str
    text: str
    sentences: tuple[Sentence, ...]
