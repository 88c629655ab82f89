"""What coreference knows while it reads a document: names, referents, who stands at which token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus_etl.language import AnalysedDocument, Sentence

from .drafts import Draft, Referent, weight_of
from .gazetteer import Gazetteer
from .joins import Phrase
from .ranking import Anaphor, Trace, describe


class Scene:
    """State of the resolution of one document."""

    def __init__(
        self,
        document: AnalysedDocument,
        gazetteer: Gazetteer,
        names: list[Draft],
        referents: list[Referent],
        on: date | None,
        trace: Trace | None = None,
    ) -> None:
        self.document = document
        self.gazetteer = gazetteer
        self.names: dict[int, list[Draft]] = {}
        for draft in names:
            self.names.setdefault(draft.sentence, []).append(draft)
        self.referents = list(referents)
        self.by_key = {r.gazetteer_key: r for r in referents if r.gazetteer_key}
        self.on = on
        self.trace = trace
        self.drafts: list[Draft] = []
        self.at: dict[tuple[int, int], Draft] = {}
        self.things: dict[str, Referent] = {}
        self.waiting: dict[int, Phrase] = {}  # phrases of the sentence that are not resolved yet, by head

    def place(self, draft: Draft) -> None:
        """Enter the draft of a name."""
        self.drafts.append(draft)
        for i in range(draft.first, draft.last + 1):
            self.at[(draft.sentence, i)] = draft
        before = draft.first - 1
        if (
            before >= 0
            and self.document.sentences[draft.sentence].tokens[before].text in self.gazetteer.lexicon.titles
        ):
            self.at[(draft.sentence, before)] = draft  # « Me X »: the title is where parsers hang the name
            draft.title = before

    def settle(self, draft: Draft, sentence: Sentence) -> None:
        """Enter the draft of a pronoun with the referent that was found for it."""
        if draft.referent is not None:
            draft.kind = draft.referent.kind
            draft.resolution = "pronoun" if draft.referent.name else "none"
            if draft.form != "reflexive":
                self.see(draft, sentence)
        self.drafts.append(draft)
        for i in range(draft.first, draft.last + 1):
            self.at[(draft.sentence, i)] = draft

    def see(self, draft: Draft, sentence: Sentence) -> None:
        if draft.referent is not None:
            # a name behind a title (« Me X ») has the function of the title
            place = (
                draft.title
                if draft.title is not None and sentence.tokens[draft.head].head == draft.title
                else draft.head
            )
            draft.referent.seen.append((draft.sentence, draft.head, weight_of(sentence, place, self.gazetteer.lexicon.strings("counting"))))

    def rank(self, anaphor: Anaphor, candidates: Sequence[Referent]) -> Referent | None:
        """The candidate that an anaphor most probably takes up; null where nobody is likelier or it is not sure enough."""
        features, nobody = describe(anaphor, candidates)
        if self.trace is not None:
            self.trace(anaphor, candidates, features, nobody)
        return self.gazetteer.coreference.choose(anaphor.form, candidates, features, nobody)

    def new(self, draft: Draft, thing: bool = False) -> Referent:
        referent = Referent(
            f"{self.document.doc_id}:{draft.start}",
            None,
            draft.kind,
            draft.gender,
            draft.number,
            founder=draft,
            thing=thing,
        )
        referent.nouns.add(draft.lemma)
        self.referents.append(referent)
        return referent

    def abroad(self) -> bool:
        """Is the text about another country than the one its bare offices (« le chef de l'État ») belong to?"""
        home = self.gazetteer.lexicon.words["home_country"]
        nouns = self.gazetteer.lexicon.strings("country_nouns")
        countries = {r.country for r in self.referents if r.kind == "place" and nouns & r.nouns and r.country}
        return bool(countries) and home not in countries

    def standing(self, i: int, sentence: Sentence) -> Draft | None:
        """Who stands at a token, seen already or to come."""
        return self.at.get((sentence.index, i)) or self.pending(i, sentence)

    def pending(self, source: int, sentence: Sentence) -> Draft | None:
        """A name that is in the sentence but behind the pronoun."""
        return next((d for d in self.names.get(sentence.index, []) if d.first <= source <= d.last), None)

    def add(self, key: str) -> Referent:
        entry = self.gazetteer.entries[key]
        referent = Referent(
            key,
            entry.name,
            entry.kind,
            entry.gender[:1],
            "p" if entry.gender.endswith("p") else "s",
            key,
            entry.wikidata_id,
            entry.country,
            set(entry.nouns),
        )
        self.referents.append(referent)
        self.by_key[key] = referent
        return referent

    def offices(self) -> None:
        """Give referents the common nouns of the offices they hold."""
        for referent in self.referents:
            for role in self.gazetteer.roles_of(referent.gazetteer_key or ""):
                if self.on is None or role.held(self.on):
                    referent.nouns.update(role.nouns)
