"""Who is meant: pronouns, possessives and role nouns of a document, in reading order.

A rule system in the tradition of Lappin and Leass (1994) and of the sieves of Lee et al. (2013): exact knowledge first
(offices of the gazetteer, appositions in the text), then attributes, then prominence. Where two candidates are near each
other nothing is decided.
"""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .candidates import Candidates
from .cataphora import resolve_fronted, resolve_opening
from .descriptions import Descriptions
from .drafts import Draft, Referent, base, gender_of, number_of, weight_of
from .gazetteer import normal
from .joins import Phrase
from .phrases import find_phrases
from .possessives import Possessives
from .pronouns import Pronouns
from .scene import Scene


class Resolver:
    """Resolves the anaphors of one document; `run` once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        candidates = Candidates(scene)
        possessives = Possessives(scene, candidates)
        self.pronouns = Pronouns(scene, candidates, possessives)
        self.descriptions = Descriptions(scene, possessives)

    def run(self) -> list[Draft]:
        """All drafts: names, noun phrases and pronouns."""
        self.scene.offices()
        sentences = [s for s in self.scene.document.sentences if s.tokens]
        found = [self._phrases(sentence) for sentence in sentences]
        self.descriptions.announce([p for phrases in found for p in phrases])
        for number, (sentence, phrases) in enumerate(zip(sentences, found, strict=True)):
            self._sentence(sentence, {p.draft.head: p for p in phrases})
            if number == 1:
                self._opening(sentences[0], sentence)
        return self.scene.drafts

    def _opening(self, first: Sentence, second: Sentence) -> None:
        """Pronouns of a first sentence that names nobody."""
        opening = [d for d in self.scene.drafts if d.sentence == first.index]
        if any(d.referent is not None and d.referent.name and d.referent.kind == "person" for d in opening):
            return
        for draft in opening:
            if draft.form == "pronoun" and draft.number == "s" and draft.referent is None and not draft.several:
                resolve_opening(self.scene, draft, second)

    def _phrases(self, sentence: Sentence) -> list[Phrase]:
        names = self.scene.names.get(sentence.index, [])
        return find_phrases(self.scene.document.text, sentence, names, self.scene.gazetteer)

    def _sentence(self, sentence: Sentence, phrases: dict[int, Phrase]) -> None:
        names = self.scene.names.get(sentence.index, [])
        self.scene.waiting = dict(phrases)
        heads = {d.head: d for d in names}
        inside = {i for d in names for i in range(d.first, d.last + 1)}
        later: list[tuple[Token, Draft]] = []
        for draft in names:
            self.scene.place(draft)
        for phrase in phrases.values():
            if phrase.named is not None:
                self.descriptions.learn(phrase)
        for token in sentence.tokens:
            if token.i in heads:
                self.scene.see(heads[token.i], sentence)
            elif token.i in phrases:
                self.descriptions.resolve(phrases[token.i], sentence)
            elif token.i not in inside and token.upos in ("PRON", "DET", "ADJ", "NOUN", "ADV"):
                pronoun = self.pronouns.resolve(token, sentence)
                if pronoun is None and token.upos == "NOUN":
                    self._thing(token, sentence)
                if pronoun and pronoun.referent is None and not pronoun.several and pronoun.form == "pronoun":
                    later.append((token, pronoun))
        for token, pronoun in later:
            resolve_fronted(self.scene, token, pronoun, sentence)

    def _thing(self, token: Token, sentence: Sentence) -> None:
        """Remember a noun that is nobody: it competes with people for pronouns."""
        if self._introduces(token, sentence):
            return
        weight = weight_of(sentence, token.i)
        if weight < 0.55 or base(token.deprel) not in ("nsubj", "obj", "root", "conj"):
            return
        lemma = normal(token.lemma).lower()
        referent = self.scene.things.get(lemma)
        if referent is None:
            referent = Referent(lemma, None, None, gender_of(token.feats), number_of(token.feats), thing=True)
            self.scene.things[lemma] = referent
            self.scene.referents.append(referent)
        referent.seen.append((sentence.index, token.i, weight))

    def _introduces(self, token: Token, sentence: Sentence) -> bool:
        """A noun that the lexicon does not know right before a person (« l'ancien juré X ») is that person."""
        names = self.scene.names.get(sentence.index, [])
        name = next(
            (d for d in names if d.first == token.i + 1 and d.kind == "person" and d.title is None), None
        )
        if (
            name is None
            or sentence.tokens[name.head].head != token.i
            or base(sentence.tokens[name.head].deprel) not in ("appos", "flat", "nmod")
        ):
            return False
        name.title = token.i
        self.scene.at[(sentence.index, token.i)] = name
        return True
