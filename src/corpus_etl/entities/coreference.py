"""Who is meant: pronouns, possessives and role nouns of a document, in reading order.

A rule system in the tradition of Lappin and Leass (1994) and of the sieves of Lee et al. (2013): exact knowledge first
(offices of the gazetteer, appositions in the text), then attributes, then prominence. Where two candidates are near each
other nothing is decided.
"""

from __future__ import annotations

from datetime import date

from corpus_etl.language import AnalysedDocument, Sentence, Token

from .clauses import antecedent_of, clause_subject, explicit_subject, is_impersonal, pronoun_class
from .drafts import Draft, Referent, base, feature, gender_of, number_of, weight_of
from .gazetteer import Gazetteer, normal
from .phrases import Phrase, find_phrases
from .salience import agrees, best, prominence

_KIND_FIT = {
    "person": 1.0,
    "organization": 0.72,
    "place": 0.5,
    "group": 0.8,
    "product": 0.4,
    "other": 0.55,
    None: 0.5,
}


class Resolver:
    """Resolves the anaphors of one document; `run` once."""

    def __init__(
        self,
        document: AnalysedDocument,
        gazetteer: Gazetteer,
        names: list[Draft],
        referents: list[Referent],
        on: date | None,
    ) -> None:
        self.document = document
        self.gazetteer = gazetteer
        self.names: dict[int, list[Draft]] = {}
        for draft in names:
            self.names.setdefault(draft.sentence, []).append(draft)
        self.referents = list(referents)
        self.by_key = {r.gazetteer_key: r for r in referents if r.gazetteer_key}
        self.on = on
        self.drafts: list[Draft] = []
        self.at: dict[tuple[int, int], Draft] = {}
        self.waiting: dict[int, Phrase] = {}  # phrases of the sentence that are not resolved yet, by head
        self.things: dict[str, Referent] = {}

    def run(self) -> list[Draft]:
        """All drafts: names, noun phrases and pronouns."""
        self._offices()
        for sentence in self.document.sentences:
            if sentence.tokens:
                self._sentence(sentence)
        return self.drafts

    def _offices(self) -> None:
        """Give referents the common nouns of the offices they hold."""
        for referent in self.referents:
            for role in self.gazetteer.roles_of(referent.gazetteer_key or ""):
                if self.on is None or role.held(self.on):
                    referent.nouns.update(role.nouns)

    def _sentence(self, sentence: Sentence) -> None:
        names = self.names.get(sentence.index, [])
        phrases = {p.draft.head: p for p in find_phrases(self.document.text, sentence, names, self.gazetteer)}
        self.waiting = dict(phrases)
        heads = {d.head: d for d in names}
        inside = {i for d in names for i in range(d.first, d.last + 1)}
        later: list[tuple[Token, Draft]] = []
        for draft in names:
            self._place(draft)
        for phrase in phrases.values():
            if phrase.named is not None:
                self._joined(phrase)
        for token in sentence.tokens:
            if token.i in heads:
                self._see(heads[token.i], sentence)
            elif token.i in phrases:
                self._phrase(phrases[token.i], sentence)
            elif token.i not in inside and token.upos in ("PRON", "DET", "ADJ", "NOUN", "ADV"):
                draft = self._pronoun(token, sentence)
                if draft is None and token.upos == "NOUN":
                    self._thing(token, sentence)
                if draft and draft.referent is None and not draft.several and draft.form == "pronoun":
                    later.append((token, draft))
        for token, draft in later:
            self._forward(token, draft, sentence)

    # ------------------------------------------------------------------ registering
    def _place(self, draft: Draft) -> None:
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

    def _see(self, draft: Draft, sentence: Sentence) -> None:
        if draft.referent is not None:
            draft.referent.seen.append((draft.sentence, draft.head, weight_of(sentence, draft.head)))

    def _new(self, draft: Draft, thing: bool = False) -> Referent:
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

    def _abroad(self) -> bool:
        """Is the text about another country than the one its bare offices (« le chef de l'État ») belong to?"""
        home = self.gazetteer.lexicon.words["home_country"]
        countries = {
            r.country for r in self.referents if r.kind == "place" and "pays" in r.nouns and r.country
        }
        return bool(countries) and home not in countries

    # ------------------------------------------------------------------ noun phrases
    def _joined(self, phrase: Phrase) -> None:
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

    def _phrase(self, phrase: Phrase, sentence: Sentence) -> None:
        draft = phrase.draft
        if self.waiting.pop(draft.head, None) is None:
            return
        if phrase.named is not None and phrase.named.referent is not None and phrase.noun.kind != "group":
            draft.referent, draft.resolution = phrase.named.referent, "role_noun"
            if phrase.inside:
                # « le président X »: one mention, named by its name
                draft.last = max(draft.head, phrase.named.first - 1)
                draft.end = sentence.tokens[draft.last].end
        else:
            draft.referent = self._who(phrase, sentence)
            if (
                draft.referent is not None
                and draft.referent.name
                and draft.referent.gazetteer_key is None
                and phrase.noun.kind in ("person", "organization")
                and draft.lemma not in self.gazetteer.lexicon.strings("metonyms")
            ):
                draft.referent.nouns.add(draft.lemma)
                draft.referent.evidence[phrase.noun.kind] = (
                    draft.referent.evidence.get(phrase.noun.kind, 0.0) + 1.5
                )
                draft.referent.kind = max(draft.referent.evidence, key=lambda k: draft.referent.evidence[k])  # type: ignore[union-attr,assignment]
            draft.resolution = "role_noun" if draft.referent is not None and draft.referent.name else "none"
        if draft.referent is None:
            draft.referent = self._new(draft)
        for i in range(draft.first, draft.last + 1):
            self.at.setdefault((draft.sentence, i), draft)
        self.drafts.append(draft)
        self._see(draft, sentence)

    def _who(self, phrase: Phrase, sentence: Sentence) -> Referent | None:
        return (
            self._metonym(phrase, sentence)
            or self._office(phrase, sentence)
            or self._described(phrase, sentence)
        )

    def _owner(self, phrase: Phrase, sentence: Sentence) -> Referent | None:
        """The referent of the complement or possessive of a noun phrase."""
        for child in phrase.complements:
            if child in self.waiting:
                self._phrase(self.waiting[child], sentence)
            draft = self.at.get((sentence.index, child))
            if draft is not None and draft.referent is not None:
                return draft.referent
        if phrase.possessor is not None:
            draft = self._possessive(sentence.tokens[phrase.possessor], sentence)
            return draft.referent if draft else None
        return None

    def _metonym(self, phrase: Phrase, sentence: Sentence) -> Referent | None:
        """« la direction de X » stands for X."""
        lexicon = self.gazetteer.lexicon
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
        text = self.document.text
        start = sentence.tokens[phrase.draft.head].start
        keys = []
        for end, key, role in self.gazetteer.phrase(text, start):
            if role is not None and key not in self.by_key and (not role.of or self._abroad()):
                continue
            if role is None or role.held(self.on) or (self.on is None and key in self.by_key):
                phrase.draft.end = max(phrase.draft.end, end)
                while (
                    phrase.draft.last + 1 < len(sentence.tokens)
                    and sentence.tokens[phrase.draft.last + 1].end <= end
                ):
                    phrase.draft.last += 1
                keys.append(key)
        if not keys and phrase.noun.kind == "person":
            places = [
                self.gazetteer.adjectives[a] for a in phrase.adjectives if a in self.gazetteer.adjectives
            ]
            owner = self._owner(phrase, sentence)
            if owner is not None and owner.gazetteer_key:
                places.append(owner.gazetteer_key)
            for place in places:
                keys += self.gazetteer.holders(phrase.draft.lemma, place, self.on)
        keys = list(dict.fromkeys(keys))
        present = [k for k in keys if k in self.by_key]
        if len(present) == 1:
            return self.by_key[present[0]]
        if len(keys) == 1 and not present:
            return self._add(keys[0])
        if present:
            fitting = [self.by_key[k] for k in present]
            return best(
                ((prominence(r, sentence.index, phrase.draft.head, 12), r) for r in fitting), 1.1, 0.01
            )
        return None

    def _add(self, key: str) -> Referent:
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

    def _described(self, phrase: Phrase, sentence: Sentence) -> Referent | None:
        """A definite noun phrase that takes up somebody mentioned before."""
        draft, noun = phrase.draft, phrase.noun
        if phrase.determiner in ("indefinite", "bare", "possessive"):
            return None
        owner = self._owner(phrase, sentence)
        by_attribute, by_kind, by_noun = [], [], []
        for referent in self.referents:
            if (
                referent.thing
                or referent.number != draft.number
                or owner is referent
                or not self._nationality(phrase, referent)
            ):
                continue
            if noun.kind == "person" and referent.gender and draft.gender and referent.gender != draft.gender:
                continue
            near = prominence(
                referent,
                sentence.index,
                draft.head,
                40 if referent.name or referent.kind == "organization" else 8,
            )
            if near <= 0:
                continue
            told = self._told(draft.lemma, referent)
            if told:
                (by_attribute if referent.name else by_noun).append((near * told, referent))
            elif referent.name and not noun.relational and referent.fits(noun.kind) > 0.2:
                reach = prominence(
                    referent, sentence.index, draft.head, 6 if noun.generic else 2
                ) * referent.fits(noun.kind)
                by_kind.append(
                    (reach * (0.2 if referent.gazetteer_key and referent.nouns else 1.0), referent)
                )
        if by_attribute and not noun.relational and (owner is None or noun.kind == "organization"):
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
        if restricted:
            return None
        if phrase.determiner == "demonstrative":
            return best(by_kind, 1.15, 0.1)
        if draft.lemma in self.gazetteer.lexicon.strings("party_nouns"):
            return self._party(draft)
        if (
            noun.relational
            or noun.kind == "group"
            or len([r for r in self.referents if r.name and r.kind == noun.kind]) > 1
        ):
            return None
        return best([p for p in by_kind if not self._contradicted(p[1])], 1.0, 0.3)

    def _told(self, lemma: str, referent: Referent) -> float:
        """1 where the text or the gazetteer uses this noun of somebody, less for another name of the same office."""
        if any(n == lemma or n.startswith(lemma + " ") for n in referent.nouns):
            return 1.0
        if referent.name and any(lemma in c and referent.nouns & c for c in self.gazetteer.lexicon.offices):
            return 0.6
        return 0.0

    def _party(self, draft: Draft) -> Referent | None:
        """« l'accusé », « le suspect »: the one person of the text of whom no trade is told."""
        people = [
            r
            for r in self.referents
            if r.name
            and r.kind == "person"
            and r.seen
            and not r.nouns
            and agrees(r, draft.gender, draft.number)
        ]
        return people[0] if len(people) == 1 else None

    def _contradicted(self, referent: Referent) -> bool:
        """A person whose trades are known is not somebody of another trade."""
        return bool(referent.nouns)

    def _nationality(self, phrase: Phrase, referent: Referent) -> bool:
        places = [self.gazetteer.adjectives[a] for a in phrase.adjectives if a in self.gazetteer.adjectives]
        return (
            not places
            or not referent.country
            or any(self.gazetteer.entries[p].country == referent.country for p in places)
        )

    def _restricted(self, phrase: Phrase, sentence: Sentence) -> bool:
        """Does a complement single out another one (« l'entreprise de voitures autonomes »)?"""
        return (
            bool(phrase.complements)
            and not all(
                (d := self.at.get((sentence.index, c))) is not None
                and d.referent is not None
                and d.referent.kind == "place"
                for c in phrase.complements
            )
            and not self._topical(phrase, sentence)
        )

    def _topical(self, phrase: Phrase, sentence: Sentence) -> bool:
        """« la société d'IA »: the complement is a trade that only repeats what is known."""
        words = " ".join(n for r in self.referents for n in r.nouns if " " in n)
        return all(normal(sentence.tokens[c].text).lower() in words for c in phrase.complements)

    def _thing(self, token: Token, sentence: Sentence) -> None:
        """Remember a noun that is nobody: it competes with people for pronouns."""
        weight = weight_of(sentence, token.i)
        if weight < 0.55 or base(token.deprel) not in ("nsubj", "obj", "root", "conj"):
            return
        lemma = normal(token.lemma).lower()
        referent = self.things.get(lemma)
        if referent is None:
            referent = Referent(lemma, None, None, gender_of(token.feats), number_of(token.feats), thing=True)
            self.things[lemma] = referent
            self.referents.append(referent)
        referent.seen.append((sentence.index, token.i, weight))

    # ------------------------------------------------------------------ pronouns
    def _pronoun(self, token: Token, sentence: Sentence) -> Draft | None:
        lexicon = self.gazetteer.lexicon
        form = pronoun_class(token, sentence, lexicon)
        if form is None:
            return None
        if form == "possessive":
            return self._possessive(token, sentence)
        known = lexicon.pronouns.get(
            normal(token.text).lower(), ("near", gender_of(token.feats), number_of(token.feats))
        )
        gender, number = known[1], known[2]
        draft = Draft(
            sentence.index,
            token.i,
            token.i,
            token.i,
            token.start,
            token.end,
            "pronoun",
            normal(token.text).lower(),
            gender,
            number or "s",
        )
        if form == "near_noun":
            draft.gender, draft.number = (
                gender_of(token.feats) or ("f" if token.text.lower().startswith("dernière") else "m"),
                number_of(token.feats),
            )
            if token.i:
                draft.first, draft.start = token.i - 1, sentence.tokens[token.i - 1].start
            draft.referent = self._near(draft, sentence)
        elif form == "relative":
            draft.form = "relative"
            self._from(antecedent_of(token, sentence), draft, sentence)
            if draft.referent is None and not draft.several:
                self._from(self._just_before(token, sentence), draft, sentence)
        elif form in ("reflexive", "intensive"):
            draft.form = "reflexive"
            self._from(clause_subject(token.i, sentence), draft, sentence)
        elif token.text.startswith("-") and (subject := explicit_subject(token, sentence)) is not None:
            draft.form = "reflexive"
            self._from(subject, draft, sentence)
        elif form == "subject" and is_impersonal(token, sentence, lexicon):
            draft.form = "impersonal"
            self.drafts.append(draft)
            self.at[(sentence.index, token.i)] = draft
            return draft
        elif form == "near":
            draft.referent = self._near(draft, sentence)
        else:
            self._personal(token, draft, sentence, form)
        self._settle(draft, sentence)
        return draft

    def _settle(self, draft: Draft, sentence: Sentence) -> None:
        if draft.referent is not None:
            draft.kind = draft.referent.kind
            draft.resolution = "pronoun" if draft.referent.name else "none"
            if draft.form != "reflexive":
                self._see(draft, sentence)
        self.drafts.append(draft)
        for i in range(draft.first, draft.last + 1):
            self.at[(draft.sentence, i)] = draft

    def _from(self, source: int | None, draft: Draft, sentence: Sentence) -> None:
        """Take the referent of another token of the sentence, with those coordinated to it."""
        if source is None:
            return
        found = self.at.get((sentence.index, source)) or self._pending(source, sentence)
        if found is None and base(sentence.tokens[source].deprel) == "appos":
            source = sentence.tokens[source].head
            found = self.at.get((sentence.index, source)) or self._pending(source, sentence)
        if found is not None and found.referent is not None:
            draft.referent = found.referent
            others = [
                self.at.get((sentence.index, t.i))
                for t in sentence.tokens
                if t.head == source and base(t.deprel) == "conj"
            ]
            several = [d.referent for d in others if d is not None and d.referent is not None]
            if (
                several
                and feature(sentence.tokens[draft.head].feats, "Number") != "Sing"
                and draft.form == "relative"
            ):
                draft.several = [found.referent, *several]

    def _just_before(self, token: Token, sentence: Sentence) -> int | None:
        """The mention that a relative pronoun follows, at once or behind a comma."""
        i = token.i - 1
        if i >= 0 and sentence.tokens[i].text == ",":
            i -= 1
        found = self.at.get((sentence.index, i)) if i >= 0 else None
        return i if found is not None and found.form in ("name", "noun") else None

    def _pending(self, source: int, sentence: Sentence) -> Draft | None:
        """A name that is in the sentence but behind the pronoun."""
        return next((d for d in self.names.get(sentence.index, []) if d.first <= source <= d.last), None)

    def _possessive(self, token: Token, sentence: Sentence) -> Draft | None:
        done = self.at.get((sentence.index, token.i))
        if done is not None and done.form == "possessive":
            return done
        number = self.gazetteer.lexicon.words["possessives"].get(normal(token.text).lower())
        if number is None:
            return None
        draft = Draft(
            sentence.index,
            token.i,
            token.i,
            token.i,
            token.start,
            token.end,
            "possessive",
            normal(token.text).lower(),
            "",
            number,
        )
        subject = clause_subject(token.i, sentence)
        owner = self.at.get((sentence.index, subject)) if subject is not None else None
        if (
            owner is not None
            and owner.referent is not None
            and subject is not None
            and subject < token.i
            and (owner.referent.number == number)
        ):
            draft.referent = owner.referent
        elif (
            owner is None
            or owner.form == "impersonal"
            or owner.referent is None
            or owner.referent.number != number
        ):
            scored = self._scores(token, draft, sentence, things=False)
            draft.referent = best(scored, 1.25, 0.15)
        self._settle(draft, sentence)
        return draft

    def _near(self, draft: Draft, sentence: Sentence) -> Referent | None:
        """« celui-ci », « ce dernier »: the last one mentioned that fits."""
        found: tuple[tuple[int, int], Referent] | None = None
        for referent in self.referents:
            if not agrees(referent, draft.gender, draft.number) or referent.kind in ("place",):
                continue
            for s, t, weight in reversed(referent.seen):
                if (s, t) < (sentence.index, draft.first):
                    if s >= sentence.index - 1 and weight >= 0.42 and (found is None or (s, t) > found[0]):
                        found = (s, t), referent
                    break
        return found[1] if found else None

    def _personal(self, token: Token, draft: Draft, sentence: Sentence, form: str) -> None:
        if form == "object" and token.upos != "PRON":
            return
        margin, floor = (1.12, 0.12) if form == "subject" else (1.3, 0.25)
        draft.referent = best(self._scores(token, draft, sentence, things=form != "oblique"), margin, floor)
        if draft.number == "p" and (draft.referent is None or draft.referent.number != "p"):
            pair = self._pair(token, sentence)
            if pair:
                draft.several, draft.referent = pair, None

    def _pair(self, token: Token, sentence: Sentence) -> list[Referent]:
        """The last two coordinated names: « X et Y … ils »."""
        for index in (sentence.index, sentence.index - 1):
            if index < 0:
                continue
            names = [d for d in self.names.get(index, []) if index < sentence.index or d.last < token.i]
            tokens = self.document.sentences[index].tokens
            for left in reversed(names):
                linked = [
                    d
                    for d in names
                    if d is not left
                    and base(tokens[d.head].deprel) == "conj"
                    and left.first <= tokens[d.head].head <= left.last
                ]
                group = [
                    d.referent
                    for d in (left, *linked)
                    if d.referent is not None and d.referent.kind == "person"
                ]
                if len(group) > 1 and weight_of(self.document.sentences[index], left.head) >= 0.58:
                    return list(dict.fromkeys(group))
        return []

    def _scores(
        self, token: Token, draft: Draft, sentence: Sentence, *, things: bool
    ) -> list[tuple[float, Referent]]:
        lexicon = self.gazetteer.lexicon
        verb = sentence.tokens[token.head]
        agentive = base(token.deprel) == "nsubj" and verb.lemma in lexicon.strings("agentive_verbs")
        personal = base(token.deprel) == "nsubj" and verb.lemma in lexicon.strings("personal_verbs")
        rivals = self._same_clause(token, sentence) if draft.form == "pronoun" else set()
        scored = []
        for referent in self.referents:
            if id(referent) in rivals or not agrees(referent, draft.gender, draft.number):
                continue
            if (referent.thing and (agentive or not things)) or (
                personal and referent.kind not in ("person", "other", None)
            ):
                continue
            score = prominence(referent, sentence.index, token.i)
            if score <= 0:
                continue
            score *= 0.5 if referent.thing else _KIND_FIT.get(referent.kind, 0.5)
            if not referent.gender and draft.gender:
                score *= 0.8 if referent.kind == "person" else 1.0 if draft.gender == "f" else 0.85
            scored.append((score, referent))
        return scored

    def _same_clause(self, token: Token, sentence: Sentence) -> set[int]:
        """Other arguments of the same verb cannot be the one a plain pronoun stands for."""
        verb = token.head
        found = set()
        for other in sentence.tokens:
            if (
                other.i > token.i
                and base(token.deprel) in ("nsubj", "expl")
                and (named := self._pending(other.i, sentence)) is not None
                and self._governs(verb, other.i, sentence)
            ):
                # « Il rappelle que X … »: X is another
                if named.referent is not None:
                    found.add(id(named.referent))
            if (
                other.head == verb
                and other.i != token.i
                and base(other.deprel) in ("nsubj", "obj", "iobj", "obl")
            ):
                draft = self.at.get((sentence.index, other.i)) or self._pending(other.i, sentence)
                if draft is not None and draft.referent is not None:
                    found.add(id(draft.referent))
        return found

    def _governs(self, verb: int, i: int, sentence: Sentence) -> bool:
        tokens = sentence.tokens
        for _ in range(12):
            if i == verb:
                return True
            if tokens[i].head == i:
                return False
            i = tokens[i].head
        return False

    def _forward(self, token: Token, draft: Draft, sentence: Sentence) -> None:
        """« Quand elle est fondée, X … »: the pronoun of a fronted clause may announce the subject."""
        clause = sentence.tokens[token.head]
        if base(token.deprel) != "nsubj" or base(clause.deprel) != "advcl" or clause.head <= token.i:
            return
        for other in sentence.tokens[clause.i :]:
            if other.head == clause.head and base(other.deprel) == "nsubj":
                found = self.at.get((sentence.index, other.i))
                if (
                    found is not None
                    and found.referent is not None
                    and found.referent.name
                    and agrees(found.referent, draft.gender, draft.number)
                ):
                    draft.referent, draft.resolution, draft.kind = (
                        found.referent,
                        "pronoun",
                        found.referent.kind,
                    )
                return
