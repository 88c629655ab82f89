"""Phrases of the lexicon: what is written in the frame files, as the words that the matcher looks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_etl.language import lemmas

from .grammar import Grammar
from .words import fold, fold_all, split_words

ANY_SPEECH = "*"
"""Stands in a group for any verb right behind a quotation."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb or noun with further words: folded, without determiners and contractions.

    `trailing` is a preposition at the end that must introduce a complement (« mettre la main sur »).
    """

    text: str
    head: str
    rest: tuple[str, ...] = ()
    reflexive: bool = False
    clitic: str = ""
    trailing: str = ""
    participle: bool = False
    """« être visé par »: only the past participle of `head`, bare or with the copula; its subject is the one of the copula."""
    before: tuple[str, ...] = ()
    """Words right before the participle: « être grièvement blessé »."""
    copula: bool = False
    """« être en grève »: `head` is the copula, the predicate stands in `rest`."""
    negation: tuple[str, ...] = ()
    """« ne pas survivre »: the words that deny the verb."""


class Compiler:
    """Turns lexicon phrases into `Phrase` and collects those that can never match in `errors`."""

    def __init__(self, data: Mapping[str, Any], grammar: Grammar) -> None:
        self.grammar = grammar
        self.prepositions = fold_all(data["simple_prepositions"])
        self.reflexives = fold_all(data["reflexives"])
        self.clitics = fold_all(data["clitics"])
        self.particles = fold_all(data["negation_particles"])
        self.negators = fold_all(data["negators"])
        self.participles = tuple(data["participle_endings"])
        self.infinitives = tuple(data["infinitive_endings"])
        self.adverbs = tuple(data["adverb_endings"])
        self.rule = ""
        """The group whose phrases are being compiled, for `errors`."""
        self.errors: list[str] = []

    def verb(self, text: str) -> Phrase:
        """A phrase that begins with an infinitive."""
        words = split_words(text, self.grammar.code)
        size = self._negation(words)
        negation, words = tuple(words[:size]), words[size:]
        reflexive = words[0] in self.reflexives and len(words) > 1
        words = words[1:] if reflexive else words
        clitic = words[0] if words[0] in self.clitics and len(words) > 1 else ""
        words = words[1:] if clitic else words
        head, rest = words[0], self._content(words[1:])
        if not head.endswith(self.infinitives) and head != ANY_SPEECH:
            self._never(text, f"{head!r} is no infinitive")
        before: list[str] = []
        verb = None
        if head == self.grammar.copula:
            while len(rest) > len(before) + 1 and rest[len(before)].endswith(self.adverbs):
                before.append(rest[len(before)])
            verb = self._participle(rest[len(before)]) if rest else None
        copula = head == self.grammar.copula and verb is None
        if verb is not None:
            head, rest = verb, rest[len(before) + 1 :]
        trailing = ""
        if rest and rest[-1] in self.prepositions:
            rest, trailing = rest[:-1], rest[-1]
        if copula and not rest and not trailing:
            self._never(text, "the copula needs a predicate")
        return Phrase(
            text,
            head,
            tuple(rest),
            reflexive,
            clitic,
            trailing,
            participle=verb is not None,
            before=tuple(before) if verb is not None else (),
            copula=copula,
            negation=negation,
        )

    def noun(self, text: str) -> Phrase:
        """A phrase that begins with a noun."""
        words = split_words(text, self.grammar.code)
        if words[0] in self.grammar.determiners:
            self._never(text, f"it begins with {words[0]!r}")
        return Phrase(text, words[0], tuple(self._content(words[1:])))

    def by_head(self, phrases: Iterable[str]) -> dict[str, tuple[Phrase, ...]]:
        """Verb phrases by their head word."""
        found: dict[str, list[Phrase]] = defaultdict(list)
        for text in phrases:
            phrase = self.verb(text)
            found[phrase.head].append(phrase)
        return {head: tuple(items) for head, items in found.items()}

    def _negation(self, words: Sequence[str]) -> int:
        """How many words at the front deny the verb: « ne pas »."""
        if words[0] not in self.particles or len(words) < 2:
            return 0
        return 2 if words[1] in self.negators else 1

    def _never(self, text: str, why: str) -> None:
        self.errors.append(f"{self.rule}: {text!r} never matches: {why}")

    def _participle(self, word: str) -> str | None:
        """The infinitive of a past participle in the masculine singular, or null."""
        if not word.endswith(self.participles):
            return None
        found = (fold(lemma) for lemma in lemmas(self.grammar.code, word, "VERB"))
        return next((lemma for lemma in found if lemma.endswith(self.infinitives) and lemma != word), None)

    def _content(self, words: Iterable[str]) -> list[str]:
        plain = [self.grammar.preposition(w) for w in words]
        return [w for w in plain if w not in self.grammar.determiners]
