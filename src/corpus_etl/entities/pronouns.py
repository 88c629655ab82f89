"""Pronouns, relatives, reflexives and possessives, and whom they stand for."""

from __future__ import annotations

from functools import cached_property

from corpus_etl.language import Sentence, Token
from corpus_etl.language.quotations import Quotation, find_quotations

from .clauses import antecedent_of, clause_subject, explicit_subject, is_impersonal, pronoun_class
from .drafts import Draft, Referent, base, feature, gender_of, number_of, weight_of
from .gazetteer import normal
from .quotations import quotation_opening
from .salience import agrees, best, prominence
from .scene import Scene

_KIND_FIT = {
    "person": 1.0,
    "organization": 0.72,
    "place": 0.5,
    "group": 0.8,
    "product": 0.4,
    "other": 0.55,
    None: 0.5,
}


class Pronouns:
    """Resolves the pronouns of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def quotations(self) -> list[Quotation]:
        """Quotations of the document in order."""
        return find_quotations(self.scene.document.text)

    def resolve(self, token: Token, sentence: Sentence) -> Draft | None:
        lexicon = self.scene.gazetteer.lexicon
        form = pronoun_class(token, sentence, lexicon)
        if form is None:
            return None
        if form == "possessive":
            return self.possessive(token, sentence)
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
            source = antecedent_of(token, sentence)
            nearer = self._just_before(token, sentence)
            if (
                source is not None
                and nearer is not None
                and any(t.text in (";", ":") for t in sentence.tokens[source:nearer])
            ):
                source = nearer  # « A, qui … ; B, qui … »
            elif source is not None and nearer is not None and self._apposed(source, nearer, token, sentence):
                source = nearer  # « le porte-parole du Front, X, qui … »
            self._from(source, draft, sentence)
            if draft.referent is None and not draft.several:
                self._from(self._just_before(token, sentence), draft, sentence)
        elif form in ("reflexive", "intensive") or (
            form in ("oblique", "subject") and _emphatic(token, sentence)
        ):
            draft.form = "reflexive"
            self._from(clause_subject(token.i, sentence), draft, sentence)
        elif token.text.startswith("-") and (subject := explicit_subject(token, sentence)) is not None:
            draft.form = "reflexive"
            self._from(subject, draft, sentence)
        elif form == "subject" and is_impersonal(token, sentence, lexicon):
            draft.form = "impersonal"
            self.scene.drafts.append(draft)
            self.scene.at[(sentence.index, token.i)] = draft
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
                self.scene.see(draft, sentence)
        self.scene.drafts.append(draft)
        for i in range(draft.first, draft.last + 1):
            self.scene.at[(draft.sentence, i)] = draft

    def _from(self, source: int | None, draft: Draft, sentence: Sentence) -> None:
        """Take the referent of another token of the sentence, with those coordinated to it."""
        if source is None:
            return
        found = self.scene.at.get((sentence.index, source)) or self.scene.pending(source, sentence)
        if found is None and base(sentence.tokens[source].deprel) == "appos":
            source = sentence.tokens[source].head
            found = self.scene.at.get((sentence.index, source)) or self.scene.pending(source, sentence)
        if found is not None and found.referent is not None:
            draft.referent = found.referent
            others = [
                self.scene.at.get((sentence.index, t.i))
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
        found = self.scene.at.get((sentence.index, i)) if i >= 0 else None
        return i if found is not None and found.form in ("name", "noun") else None

    def _apposed(self, source: int, nearer: int, token: Token, sentence: Sentence) -> bool:
        """A person named between commas before the relative, behind the noun phrase that the parser gave it to."""
        name = self.scene.at.get((sentence.index, nearer))
        if name is None or name.form != "name" or name.kind != "person" or source >= name.first or not name.first:
            return False
        return sentence.tokens[name.first - 1].text == "," and sentence.tokens[token.i - 1].text == ","

    def possessive(self, token: Token, sentence: Sentence) -> Draft | None:
        done = self.scene.at.get((sentence.index, token.i))
        if done is not None and done.form == "possessive":
            return done
        number = self.scene.gazetteer.lexicon.words["possessives"].get(normal(token.text).lower())
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
        subject = self._agent(token, sentence)
        if subject is None:
            subject = clause_subject(token.i, sentence)
        predicate = any(t.head == token.head and base(t.deprel) == "cop" for t in sentence.tokens)
        owner = self.scene.at.get((sentence.index, subject)) if subject is not None else None
        if subject is not None and subject > token.i and base(noun_of(token, sentence).deprel) == "obl":
            # « Depuis son départ, X … »: announced by the possessive.
            coming = owner or self.scene.pending(subject, sentence)
            referent = coming.referent if coming is not None else None
            if referent is not None and referent.number == number and referent.name:
                draft.referent = referent
                self._settle(draft, sentence)
                return draft
        governor = sentence.tokens[noun_of(token, sentence).head]
        elsewhere = base(noun_of(token, sentence).deprel) == "obj" and governor.lemma in self.scene.gazetteer.lexicon.strings(
            "blaming_verbs"
        )
        if (predicate or elsewhere) and owner is not None:
            # « Ce dernier était son adjoint », « X dénonce sa dérive »: somebody else's
            scored = [
                (s, r)
                for s, r in self._scores(token, draft, sentence, things=False)
                if r is not owner.referent
            ]
            draft.referent = best(scored, 1.25, 0.15)
            self._settle(draft, sentence)
            return draft
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

    def _agent(self, token: Token, sentence: Sentence) -> int | None:
        """« l'annonce par X de son départ »: the agent of the noun that governs the possessive."""
        tokens = sentence.tokens
        noun = tokens[token.head]
        above = tokens[noun.head]
        if base(noun.deprel) == "nmod" and any(t.head == above.i and normal(t.text).lower() == "par" for t in tokens[: above.i]):
            return above.i  # the parser hung the noun on the agent
        for other in tokens[: token.i]:
            if (
                other.head == noun.head
                and noun.head != noun.i
                and base(other.deprel) in ("nmod", "obl")
                and tokens[noun.head].upos == "NOUN"
            ) and any(t.head == other.i and normal(t.text).lower() == "par" for t in tokens[: other.i]):
                return other.i
        return None

    def _near(self, draft: Draft, sentence: Sentence) -> Referent | None:
        """« celui-ci », « ce dernier »: the last one mentioned that fits."""
        found: tuple[tuple[int, int], Referent] | None = None
        for referent in self.scene.referents:
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
        if form == "object":
            draft.gender, draft.number = _agreement(token, draft, sentence)
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
            names = [d for d in self.scene.names.get(index, []) if index < sentence.index or d.last < token.i]
            tokens = self.scene.document.sentences[index].tokens
            for left in reversed(names):
                linked = [
                    d
                    for d in names
                    if d is not left
                    and base(tokens[d.head].deprel) == "conj"
                    and left.first <= tokens[d.head].head <= left.last
                ]
                group = [d.referent for d in (left, *linked) if d.referent is not None]
                kinds = {r.kind for r in group}
                if (
                    len(group) > 1
                    and kinds in ({"person"}, {"organization"}, {"place"})
                    and weight_of(self.scene.document.sentences[index], left.head) >= 0.58
                ):
                    return list(dict.fromkeys(group))
        return []

    def _scores(
        self, token: Token, draft: Draft, sentence: Sentence, *, things: bool
    ) -> list[tuple[float, Referent]]:
        lexicon = self.scene.gazetteer.lexicon
        verb = sentence.tokens[token.head]
        opening = quotation_opening(self.scene.document, self.quotations, token, sentence)
        agentive = opening is not None or (
            base(token.deprel) in ("nsubj", "expl") and verb.lemma in lexicon.strings("agentive_verbs")
        )
        personal = base(token.deprel) == "nsubj" and verb.lemma in lexicon.strings("personal_verbs")
        rivals = self._same_clause(token, sentence) if draft.form == "pronoun" else set()
        # « « X est prêt », dit-il »: the speaker is not among those he speaks of, and was named before he spoke
        index, before = opening or (sentence.index, token.i)
        above = self._governing_subject(token, sentence)
        parallel = self._parallel_object(token, sentence)
        scored = []
        for referent in self.scene.referents:
            if id(referent) in rivals or not agrees(referent, draft.gender, draft.number):
                continue
            if (referent.thing and (agentive or not things)) or (
                personal and referent.kind not in ("person", "other", None)
            ):
                continue
            score = prominence(referent, index, before)
            if score <= 0:
                continue
            if referent is above:
                score *= 1.6  # « X est parti lorsqu'il … »
            if referent is parallel:
                score *= 2.0
            score *= 0.5 if referent.thing else _KIND_FIT.get(referent.kind, 0.5)
            if referent.gender and draft.gender and referent.gender != draft.gender:
                score *= 0.7  # « Apple … il »
            elif not referent.gender and draft.gender:
                score *= 0.8 if referent.kind == "person" else 1.0 if draft.gender == "f" else 0.85
            scored.append((score, referent))
        return scored

    def _governing_subject(self, token: Token, sentence: Sentence) -> Referent | None:
        """Subject of the clause that governs the one whose subject a pronoun is."""
        verb = sentence.tokens[token.head]
        if base(token.deprel) not in ("nsubj", "expl") or base(verb.deprel) not in (
            "advcl",
            "ccomp",
            "csubj",
            "acl",
        ):
            return None
        subject = clause_subject(verb.head, sentence)
        found = self.scene.at.get((sentence.index, subject)) if subject is not None else None
        return found.referent if found is not None else None

    def _parallel_object(self, token: Token, sentence: Sentence) -> Referent | None:
        """« vendre X et l'intégrer à Y », « il a menacé X, l'accusant de … »: the object of the verb before."""
        verb = sentence.tokens[token.head]
        if base(token.deprel) not in ("obj", "iobj") or base(verb.deprel) not in ("conj", "advcl"):
            return None
        if verb.head >= token.i:
            return None
        for other in sentence.tokens[verb.head : token.i]:
            if other.head == verb.head and base(other.deprel) == "obj" and other.upos != "PRON":
                found = self.scene.at.get((sentence.index, other.i))
                return found.referent if found is not None else None
        return None

    def _same_clause(self, token: Token, sentence: Sentence) -> set[int]:
        """Other arguments of the same verb cannot be the one a plain pronoun stands for."""
        verb = token.head
        subject = base(token.deprel) in ("nsubj", "expl")
        found = set()
        head = sentence.tokens[verb]
        relatives = [
            t
            for t in sentence.tokens
            if t.head == verb
            and self.scene.gazetteer.lexicon.pronouns.get(normal(t.text).lower(), ("",))[0] == "relative"
        ]
        if base(head.deprel) == "acl" and relatives:
            antecedent = self.scene.at.get((sentence.index, head.head)) or self.scene.pending(
                head.head, sentence
            )
            if antecedent is not None:
                # « X qu'il a fondé », « X et Y, qui l'ont vu »
                found |= {id(r) for r in (antecedent.referent, *antecedent.several) if r is not None}
        if not subject and feature(head.feats, "VerbForm") != "Fin":
            # « X a menacé Y, l'accusant de … »: the one who accuses is not the one accused.
            understood = clause_subject(token.i, sentence)
            agent = self.scene.at.get((sentence.index, understood)) if understood is not None else None
            if agent is not None and agent.referent is not None:
                found.add(id(agent.referent))
        for other in sentence.tokens:
            draft = None
            if (
                other.head == verb
                and other.i != token.i
                and base(other.deprel) in ("nsubj", "obj", "iobj", "obl")
            ):
                draft = self.scene.at.get((sentence.index, other.i)) or self.scene.pending(other.i, sentence)
            elif subject and other.i > token.i and self._governs(verb, other.i, sentence):
                draft = self.scene.pending(other.i, sentence)  # « Il rappelle que X … »: X is another
            if draft is not None and draft.referent is not None:
                found.add(id(draft.referent))
            if not subject and other.head == verb and base(other.deprel) == "nsubj":
                # « La famille Garnier lui cède ses parts »: nor a name that the subject bears
                bare = [t for t in sentence.tokens if t.head == other.i and base(t.deprel) in ("nmod", "appos", "flat") and t.upos == "PROPN"]
                bare = [t for t in bare if not any(c.head == t.i and base(c.deprel) == "case" for c in sentence.tokens)]
                borne = [self.scene.at.get((sentence.index, t.i)) for t in bare]
                found |= {id(d.referent) for d in borne if d is not None and d.referent is not None}
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

    def forward(self, token: Token, draft: Draft, sentence: Sentence) -> None:
        """« Quand elle est fondée, X … »: the pronoun of a fronted clause may announce the subject."""
        clause = sentence.tokens[token.head]
        if base(token.deprel) != "nsubj" or base(clause.deprel) != "advcl" or clause.head <= token.i:
            return
        for other in sentence.tokens[clause.i :]:
            if other.head == clause.head and base(other.deprel) == "nsubj":
                found = self.scene.at.get((sentence.index, other.i))
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

    def announced(self, draft: Draft, sentence: Sentence) -> None:
        """« Il avait quitté la ville en mars. X est revenu »: a text that opens with a pronoun names in its next sentence
        whom it means: its subject."""
        for token in sentence.tokens:
            found = self.scene.at.get((sentence.index, token.i))
            if base(token.deprel) != "nsubj" or found is None or found.form not in ("name", "noun"):
                continue
            referent = found.referent
            fits = referent is not None and referent.name and referent.kind == "person" and referent.number == "s"
            if fits and referent is not None and agrees(referent, draft.gender, draft.number):
                draft.referent, draft.resolution, draft.kind = referent, "pronoun", referent.kind
            return


def noun_of(token: Token, sentence: Sentence) -> Token:
    """The noun that a determiner belongs to."""
    return sentence.tokens[token.head]


def _agreement(token: Token, draft: Draft, sentence: Sentence) -> tuple[str, str]:
    """Gender and number of an object clitic: « l'ont rencontrée »: the participle behind « avoir » agrees with it."""
    verb = sentence.tokens[token.head]
    form = normal(verb.text).lower()
    compound = any(
        t.head == verb.i and t.upos == "AUX" and t.lemma == "avoir" and token.i < t.i < verb.i for t in sentence.tokens
    )
    if base(token.deprel) != "obj" or not compound or draft.gender or "VerbForm=Part" not in verb.feats:
        return draft.gender, draft.number
    return ("f" if form.endswith(("e", "es")) else "m"), draft.number


def _emphatic(token: Token, sentence: Sentence) -> bool:
    """« X, lui, reste »: a pronoun between commas repeats the subject."""
    tokens = sentence.tokens
    return (
        0 < token.i < len(tokens) - 1 and tokens[token.i - 1].text == "," and tokens[token.i + 1].text == ","
    )
