"""Whom a definite description takes up: « le milliardaire », « l'entreprise », « la quinquagénaire ».

Rules first: a noun that the text or the gazetteer uses of somebody, then the most prominent of a kind for generic nouns. Where
none decides, the fitted model of `ranking` does.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus_etl.language import Sentence

from .drafts import Draft, Referent
from .gazetteer import normal
from .joins import Phrase
from .ranking import Anaphor, Features
from .salience import DECAY, agrees, best, prominence
from .scene import Scene


class Antecedents:
    """Finds the antecedents of the descriptions of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def of(self, phrase: Phrase, sentence: Sentence, owner: Referent | None) -> Referent | None:
        """The referent that a definite or demonstrative phrase takes up, null where that is not sure; `owner` is whose it is."""
        candidates = [
            (r, near)
            for r in self.scene.referents
            if r is not owner and self._agrees(phrase, r) and (near := _near(r, phrase, sentence)) > 0
        ]
        found = self._by_rule(phrase, sentence, candidates, owner)
        if found is not None or (phrase.noun.kind == "place" and phrase.noun.generic):
            return found
        return self._likeliest(phrase, sentence, [r for r, _ in candidates], owner)

    def _by_rule(
        self,
        phrase: Phrase,
        sentence: Sentence,
        candidates: Sequence[tuple[Referent, float]],
        owner: Referent | None,
    ) -> Referent | None:
        """Somebody called so, or the most prominent one of its kind; null where neither is clear."""
        draft, noun = phrase.draft, phrase.noun
        by_attribute: list[tuple[float, Referent]] = []
        by_kind: list[tuple[float, Referent]] = []
        by_noun: list[tuple[float, Referent]] = []
        for referent, near in candidates:
            told = self._told(draft.lemma, referent)
            if noun.kind == "place" and noun.generic:
                # « la ville » is the place in question, not the one the gazetteer calls so
                if referent.name and referent.kind == "place":
                    fits = told > 0 or referent.gazetteer_key is None
                    by_kind.append(
                        (
                            prominence(referent, sentence.index, draft.head, 10, 0.8)
                            * (1.0 if fits else 0.1),
                            referent,
                        )
                    )
                continue
            if told:
                (by_attribute if referent.name else by_noun).append((near * told, referent))
            elif referent.body and draft.lemma not in self.scene.gazetteer.lexicon.strings("body_nouns"):
                continue  # a court is no « société »
            elif referent.name and (not noun.relational or phrase.determiner == "demonstrative") and referent.fits(noun.kind) > 0.2:
                window, decay = (10, 0.8) if noun.generic else (2, DECAY)
                reach = prominence(referent, sentence.index, draft.head, window, decay)
                reach *= referent.fits(noun.kind) * (0.4 + 0.6 * referent.frequency)
                # somebody the gazetteer describes in other words is an unlikely one
                by_kind.append(
                    (reach * (0.2 if referent.gazetteer_key and referent.nouns else 1.0), referent)
                )
        if by_attribute and (owner is None or noun.kind == "organization"):
            found = best(by_attribute, 1.05, 0.0)
            if found is not None:
                return found
        restricted = owner is not None or self._restricted(phrase, sentence)
        if noun.generic and not restricted and by_kind:
            found = best(by_kind, 1.15, 0.05)
            rival = max((p[0] for p in by_noun), default=0.0)
            if found is not None and max(p[0] for p in by_kind) > 0.5 * rival:
                return found
        if by_noun and not phrase.complements:
            return best(by_noun, 1.05, 0.0)
        if phrase.determiner == "demonstrative" and (not restricted or noun.kind == "person"):
            return best(by_kind, 1.15, 0.1)  # « ce membre du réseau » was just spoken of
        if restricted:
            return None
        if draft.lemma in self.scene.gazetteer.lexicon.strings("party_nouns"):
            return self._party(draft)
        return None

    def _agrees(self, phrase: Phrase, referent: Referent) -> bool:
        draft = phrase.draft
        if referent.thing or referent.number != draft.number or not self._nationality(phrase, referent):
            return False
        known = phrase.noun.kind == "person" and referent.gender and draft.gender
        return not known or referent.gender == draft.gender

    def _likeliest(
        self, phrase: Phrase, sentence: Sentence, candidates: Sequence[Referent], owner: Referent | None
    ) -> Referent | None:
        """The referent that the fitted model holds likeliest; null where it is not sure."""
        noun, draft = phrase.noun, phrase.draft
        lexicon = self.scene.gazetteer.lexicon
        bodies = draft.lemma in lexicon.strings("body_nouns")
        fitting = [
            r
            for r in candidates
            if self._told(draft.lemma, r) or (r.name and r.fits(noun.kind) > 0.2 and (not r.body or bodies))
        ]
        if draft.lemma in lexicon.strings("officers"):
            # « Le procureur a requis »: not the person on trial, unless he was called so
            fitting = [r for r in fitting if self._told(draft.lemma, r)]
        named = [r for r in fitting if r.name]
        party = draft.lemma in lexicon.strings("party_nouns")

        def extra(referent: Referent) -> Features:
            told = self._told(draft.lemma, referent)
            found: Features = {"fits": referent.fits(noun.kind)}
            if told:
                found["told" if referent.name else "same noun"] = told
            elif referent.nouns:
                found["called otherwise"] = 1.0
                if not noun.generic:
                    found["another trade"] = 1.0
                if referent.gazetteer_key:
                    found["known for something else"] = 1.0
            if len(named) == 1 and referent.name:
                found["only one"] = 1.0
            if noun.generic:
                found["generic"] = 1.0
            elif party:
                found["party"] = 1.0
            elif noun.relational:
                found["relational"] = 1.0
            return found

        nobody = {
            f"nobody {phrase.determiner}": 1.0,
            f"nobody {noun.kind}": 1.0,
            "nobody owned": float(owner is not None),
            "nobody restricted": float(owner is None and self._restricted(phrase, sentence)),
            "nobody qualified": float(bool(phrase.adjectives)),
            "nobody relational": float(noun.relational and not party),
        }
        anaphor = Anaphor(draft, phrase.determiner, sentence.index, draft.head, extra, nobody)
        return self.scene.rank(anaphor, fitting)

    def _told(self, lemma: str, referent: Referent) -> float:
        """1 where the text or the gazetteer uses this noun of somebody, less for another name of the same office."""
        if any(n == lemma or n.startswith(lemma + " ") for n in referent.nouns):
            return 1.0
        if " " in lemma and lemma.split(" ")[0] in referent.nouns:
            return 0.6
        home = self.scene.gazetteer.adjectives.get(lemma)
        if home is not None and referent.name and referent.kind == "person" and referent.country:
            # « le Serbe »
            return 1.0 if self.scene.gazetteer.entries[home].country == referent.country else 0.0
        lexicon = self.scene.gazetteer.lexicon
        loose = lemma in lexicon.strings("loose_offices")
        if referent.name and loose and any(lemma in c and referent.nouns & c for c in lexicon.offices):
            return 0.6
        return 0.0

    def _party(self, draft: Draft) -> Referent | None:
        """« l'accusé », « le suspect »: the one person of the text of whom no trade is told."""
        people = [
            r
            for r in self.scene.referents
            if r.name
            and r.kind == "person"
            and r.seen
            and not r.nouns
            and agrees(r, draft.gender, draft.number)
        ]
        return people[0] if len(people) == 1 else None

    def _nationality(self, phrase: Phrase, referent: Referent) -> bool:
        places = [
            self.scene.gazetteer.adjectives[a]
            for a in phrase.adjectives
            if a in self.scene.gazetteer.adjectives
        ]
        return (
            not places
            or not referent.country
            or any(self.scene.gazetteer.entries[p].country == referent.country for p in places)
        )

    def _restricted(self, phrase: Phrase, sentence: Sentence) -> bool:
        """Does a complement single out another one (« l'entreprise de voitures autonomes »)?"""
        return (
            bool(phrase.complements)
            and not all(
                (d := self.scene.at.get((sentence.index, c))) is not None
                and d.referent is not None
                and d.referent.kind == "place"
                for c in phrase.complements
            )
            and not self._topical(phrase, sentence)
        )

    def _topical(self, phrase: Phrase, sentence: Sentence) -> bool:
        """« la société d'IA »: the complement is a trade that only repeats what is known."""
        words = " ".join(n for r in self.scene.referents for n in r.nouns if " " in n)
        return all(normal(sentence.tokens[c].text).lower() in words for c in phrase.complements)


def _near(referent: Referent, phrase: Phrase, sentence: Sentence) -> float:
    lasting = referent.name or referent.kind == "organization"
    return prominence(referent, sentence.index, phrase.draft.head, 40 if lasting else 8)
