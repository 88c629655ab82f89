"""Common-noun phrases and whom they mean: « la direction de X », « le patron de Tesla », « l'entreprise », « l'accusé »."""

from __future__ import annotations

from collections.abc import Iterable

from corpus_etl.language import Sentence

from .antecedents import Antecedents
from .clusters import fold
from .drafts import Referent
from .gazetteer import normal
from .joins import Phrase
from .plurals import stand_for_two, take_in_names
from .possessives import Possessives
from .salience import best, prominence
from .scene import Scene


class Descriptions:
    """Resolves the noun phrases of a scene."""

    def __init__(self, scene: Scene, possessives: Possessives) -> None:
        self.scene = scene
        self.possessives = possessives
        self.antecedents = Antecedents(scene)
        self.titles: dict[str, Referent | None] = {}
        """Offices in the words of the document, and who is named with them anywhere in it; null where several are."""

    def announce(self, phrases: Iterable[Phrase]) -> None:
        """Note the offices that stand with a name: « le président yougoslave Slobodan X » names him before, too."""
        for phrase in phrases:
            title = self._title(phrase)
            referent = phrase.named.referent if phrase.named is not None else None
            if title is not None and referent is not None and referent.kind == "person":
                self.titles[title] = referent if self.titles.get(title, referent) is referent else None

    def _title(self, phrase: Phrase) -> str | None:
        """« président yougoslave », « patron de X »: a definite singular for a person with what tells it from others."""
        draft = phrase.draft
        if phrase.noun.kind != "person" or phrase.determiner != "definite" or draft.number != "s" or phrase.noun.generic:
            return None
        tokens = self.scene.document.sentences[draft.sentence].tokens
        name = phrase.named
        last = name.first - 1 if name is not None and draft.head < name.first <= draft.last else draft.last
        words = [normal(t.text).lower() for t in tokens[draft.head : last + 1]]
        return " ".join(words) if len(words) > 1 else None

    def learn(self, phrase: Phrase) -> None:
        """A noun that stands with a name tells something about its referent."""
        name = phrase.named
        if name is None or name.referent is None:
            return
        referent = name.referent
        if phrase.noun.kind in ("person", "organization", "product", "place") and referent.kind in (
            phrase.noun.kind,
            "other",
            None,
        ):
            referent.nouns.add(phrase.draft.lemma)
            referent.evidence[phrase.noun.kind] = referent.evidence.get(phrase.noun.kind, 0.0) + 2.0
            if referent.kind in ("other", None):
                referent.kind = phrase.noun.kind
            if not referent.gender and referent.kind == "person":
                referent.gender = phrase.draft.gender

    def resolve(self, phrase: Phrase, sentence: Sentence) -> None:
        draft = phrase.draft
        if self.scene.waiting.pop(draft.head, None) is None:
            return
        if phrase.named is not None and phrase.named.referent is not None and phrase.noun.kind != "group":
            draft.referent, draft.resolution = phrase.named.referent, "role_noun"
            if phrase.inside:
                # « le président X »: one mention, named by its name
                draft.last = max(draft.head, phrase.named.first - 1)
                draft.end = sentence.tokens[draft.last].end
        else:
            draft.referent = self._who(phrase, sentence)
            if draft.referent is not None and draft.lemma not in self.scene.gazetteer.lexicon.strings(
                "metonyms"
            ):
                _confirm(draft.referent, phrase)
            draft.resolution = "role_noun" if draft.referent is not None and draft.referent.name else "none"
        if draft.referent is None:
            draft.referent = self.scene.new(draft)
            if self._local_body(phrase, sentence):
                # « le tribunal correctionnel de Belfort » is the name of a body
                draft.referent.name = " ".join(
                    normal(self.scene.document.text[draft.start : draft.end]).split()
                )
                draft.referent.body = True
                draft.resolution = "name"
            elif (owned := self._owned_name(phrase, sentence)) is not None:
                # « ses investisseurs » of a known company: « investisseurs d'OpenAI »
                draft.referent.name = owned
                draft.resolution = "role_noun"
        take_in_names(self.scene, phrase, sentence)
        stand_for_two(self.scene, phrase, sentence)
        for i in range(draft.first, draft.last + 1):
            self.scene.at.setdefault((draft.sentence, i), draft)
        self.scene.drafts.append(draft)
        self.scene.see(draft, sentence)

    def _local_body(self, phrase: Phrase, sentence: Sentence) -> bool:
        """An institution with the place it is in: one of its kind, though spelt as a common noun."""
        if (
            not phrase.noun.body
            or phrase.determiner not in ("definite", "bare")
            or phrase.draft.number == "p"
        ):
            return False
        places = [self.scene.at.get((sentence.index, c)) for c in phrase.complements]
        inside = [
            p
            for p in places
            if p is not None and p.form == "name" and p.kind == "place" and p.last <= phrase.draft.last
        ]
        return bool(inside) and len(phrase.complements) == 1

    def _owned_name(self, phrase: Phrase, sentence: Sentence) -> str | None:
        """Name of somebody known by whose he is: the noun and the name of its owner; null where that is not known."""
        owner = self._owner(phrase, sentence)
        draft = phrase.draft
        if (
            owner is None
            or not owner.name
            or owner.kind not in ("person", "organization")
            or phrase.named is not None
        ):
            return None
        if phrase.noun.kind not in ("person", "organization", "group") or draft.referent is owner:
            return None
        tokens, text = sentence.tokens, self.scene.document.text
        inside = [
            c
            for c in phrase.complements
            if (d := self.scene.at.get((sentence.index, c))) is not None and d.form == "name"
        ]
        if inside:
            return " ".join(normal(text[draft.start : draft.end]).split())
        start, end = draft.first, draft.last
        while start < draft.head and normal(
            tokens[start].text
        ).lower() in self.scene.gazetteer.lexicon.strings("own"):
            start += 1  # « sa propre entreprise »
        if phrase.possessor is None:
            end = draft.head
            while end < draft.last and tokens[end].end - tokens[draft.head].start < len(draft.lemma):
                end += 1  # « chambre d'accusation »
            while end < draft.last and tokens[end + 1].upos == "ADJ":
                end += 1
        core = " ".join(normal(text[tokens[start].start : tokens[min(end, draft.last)].end]).split())
        link = self.scene.gazetteer.lexicon.words["genitive"]
        joint = link["vowel"] if fold(owner.name)[:1] in link["vowels"] else link["other"]
        return f"{core}{joint}{owner.name}"

    def _who(self, phrase: Phrase, sentence: Sentence) -> Referent | None:
        return (
            self._metonym(phrase, sentence)
            or self._office(phrase, sentence)
            or self._titled(phrase)
            or self._taken_up(phrase, sentence)
        )

    def _titled(self, phrase: Phrase) -> Referent | None:
        title = self._title(phrase)
        return self.titles.get(title) if title is not None else None

    def _taken_up(self, phrase: Phrase, sentence: Sentence) -> Referent | None:
        if phrase.determiner not in ("definite", "demonstrative"):
            return None
        return self.antecedents.of(phrase, sentence, self._owner(phrase, sentence))

    def _owner(self, phrase: Phrase, sentence: Sentence) -> Referent | None:
        """The referent of the complement or possessive of a noun phrase."""
        for child in phrase.complements:
            if child in self.scene.waiting:
                self.resolve(self.scene.waiting[child], sentence)
            draft = self.scene.at.get((sentence.index, child))
            if draft is not None and draft.form == "noun" and draft.head != child:
                continue  # the phrase itself, or one around it
            if draft is not None and draft.referent is not None:
                return draft.referent
        if phrase.possessor is not None:
            draft = self.possessives.resolve(sentence.tokens[phrase.possessor], sentence)
            return draft.referent if draft else None
        return None

    def _metonym(self, phrase: Phrase, sentence: Sentence) -> Referent | None:
        """« la direction de X » stands for X."""
        lexicon = self.scene.gazetteer.lexicon
        lemma = phrase.draft.lemma
        if lemma not in lexicon.strings("metonyms") or phrase.determiner == "indefinite":
            return None
        if lemma in lexicon.strings("metonyms_only_plural") and phrase.draft.number != "p":
            return None
        owner = self._owner(phrase, sentence)
        return owner if owner is not None and owner.kind == "organization" and owner.name else None

    def _office(self, phrase: Phrase, sentence: Sentence) -> Referent | None:
        """« le patron de Tesla », « le président américain », « la firme de Cupertino » by the gazetteer."""
        if phrase.determiner == "indefinite":
            return None
        text = self.scene.document.text
        start = sentence.tokens[phrase.draft.head].start
        keys = []
        for end, key, role in self.scene.gazetteer.phrase(text, start):
            if (
                role is not None
                and key not in self.scene.by_key
                and (not role.of or self.scene.abroad() or self.scene.on is None)
            ):
                continue
            if role is None and phrase.determiner == "possessive":
                continue  # « sa propre entreprise d'IA » is not the well-known one
            if (
                role is None
                or role.held(self.scene.on)
                or (self.scene.on is None and key in self.scene.by_key)
            ):
                phrase.draft.end = max(phrase.draft.end, end)
                while (
                    phrase.draft.last + 1 < len(sentence.tokens)
                    and sentence.tokens[phrase.draft.last + 1].end <= end
                ):
                    phrase.draft.last += 1
                keys.append(key)
        if not keys and phrase.noun.kind == "person":
            places = [
                self.scene.gazetteer.adjectives[a]
                for a in phrase.adjectives
                if a in self.scene.gazetteer.adjectives
            ]
            owner = self._owner(phrase, sentence)
            if owner is not None and owner.gazetteer_key:
                places.append(owner.gazetteer_key)
            for place in places:
                keys += self.scene.gazetteer.holders(phrase.draft.lemma, place, self.scene.on)
        keys = list(dict.fromkeys(keys))
        present = [k for k in keys if k in self.scene.by_key]
        if len(present) == 1:
            return self.scene.by_key[present[0]]
        if len(keys) == 1 and not present and self.scene.on is not None:
            return self.scene.add(keys[0])
        if present:
            fitting = [self.scene.by_key[k] for k in present]
            return best(
                ((prominence(r, sentence.index, phrase.draft.head, 12), r) for r in fitting), 1.1, 0.01
            )
        return None


def _confirm(referent: Referent, phrase: Phrase) -> None:
    """What a text calls somebody tells its kind where the gazetteer does not."""
    kind = phrase.noun.kind
    if referent.name is None or referent.gazetteer_key is not None or kind not in ("person", "organization"):
        return
    referent.nouns.add(phrase.draft.lemma)
    referent.evidence[kind] = referent.evidence.get(kind, 0.0) + 1.5
    referent.kind = max(referent.evidence.items(), key=lambda item: item[1])[0]
