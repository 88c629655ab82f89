"""Pronouns, relatives and reflexives, and whom they stand for."""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .candidates import Candidates
from .clauses import antecedent_of, clause_subject, explicit_subject, is_impersonal, pronoun_class
from .drafts import Draft, Referent, base, draft_of, feature, gender_of, number_of, weight_of
from .gazetteer import normal
from .lexicon import Lexicon
from .possessives import Possessives
from .salience import agrees, best
from .scene import Scene

_SUBJECT_MARGIN, _SUBJECT_FLOOR = 1.12, 0.12
_MARGIN, _FLOOR = 1.3, 0.25
"""By how much the likeliest referent leads the second, and the least score it has; subjects need less."""
_PROMINENT = 0.42
_PAIRED = 0.58
"""Weights of the least prominent mention that « celui-ci » and « ils » take up."""


class Pronouns:
    """Resolves the pronouns of a scene."""

    def __init__(self, scene: Scene, candidates: Candidates, possessives: Possessives) -> None:
        self.scene = scene
        self.candidates = candidates
        self.possessives = possessives

    def resolve(self, token: Token, sentence: Sentence) -> Draft | None:
        """The draft of a pronoun or possessive, placed in the scene; null where the token is none."""
        lexicon = self.scene.gazetteer.lexicon
        form = pronoun_class(token, sentence, lexicon)
        if form is None:
            return None
        if form == "possessive":
            return self.possessives.resolve(token, sentence)
        lemma = normal(token.text).lower()
        known = lexicon.pronouns.get(lemma, ("near", gender_of(token.feats), number_of(token.feats)))
        draft = draft_of(token, sentence, "pronoun", lemma, known[1], known[2] or "s")
        if form == "near_noun":
            self._near_noun(token, draft, sentence)
        elif form == "relative":
            self._relative(token, draft, sentence)
        elif form in ("reflexive", "intensive") or (
            form in ("oblique", "subject") and _emphatic(token, sentence)
        ):
            draft.form = "reflexive"
            self._take(clause_subject(token.i, sentence), draft, sentence)
        elif token.text.startswith("-") and (subject := explicit_subject(token, sentence)) is not None:
            draft.form = "reflexive"
            self._take(subject, draft, sentence)
        elif form == "subject" and is_impersonal(token, sentence, lexicon):
            draft.form = "impersonal"
        elif form == "near":
            draft.referent = self._near(draft, sentence)
        else:
            self._personal(token, draft, sentence, form)
        self.scene.settle(draft, sentence)
        return draft

    # ------------------------------------------------------------------ relatives
    def _relative(self, token: Token, draft: Draft, sentence: Sentence) -> None:
        draft.form = "relative"
        source = antecedent_of(token, sentence)
        nearer = self._just_before(token, sentence)
        if source is not None and nearer is not None:
            parted = any(t.text in (";", ":") for t in sentence.tokens[source:nearer])
            if parted or self._apposed(source, nearer, token, sentence):
                source = nearer  # « A, qui … ; B, qui … », « le porte-parole du Front, X, qui … »
        self._take(source, draft, sentence)
        if draft.referent is None and not draft.several:
            self._take(nearer, draft, sentence)

    def _take(self, source: int | None, draft: Draft, sentence: Sentence) -> None:
        """Take the referent of another token of the sentence, with those coordinated to it."""
        if source is None:
            return
        found = self.scene.standing(source, sentence)
        if found is None and base(sentence.tokens[source].deprel) == "appos":
            source = sentence.tokens[source].head
            found = self.scene.standing(source, sentence)
        if found is None or found.referent is None:
            return
        draft.referent = found.referent
        if draft.form != "relative" or feature(sentence.tokens[draft.head].feats, "Number") == "Sing":
            return
        others = [
            self.scene.at.get((sentence.index, t.i))
            for t in sentence.tokens
            if t.head == source and base(t.deprel) == "conj"
        ]
        several = [d.referent for d in others if d is not None and d.referent is not None]
        if several:
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

    # ------------------------------------------------------------------ « celui-ci », « ce dernier »
    def _near_noun(self, token: Token, draft: Draft, sentence: Sentence) -> None:
        feminine = tuple(self.scene.gazetteer.lexicon.strings("near_nouns_feminine"))
        draft.gender = gender_of(token.feats) or ("f" if token.text.lower().startswith(feminine) else "m")
        draft.number = number_of(token.feats)
        if token.i:
            draft.first, draft.start = token.i - 1, sentence.tokens[token.i - 1].start
        draft.referent = self._near(draft, sentence)

    def _near(self, draft: Draft, sentence: Sentence) -> Referent | None:
        """The last one mentioned that fits, in this sentence or the one before."""
        found: tuple[tuple[int, int], Referent] | None = None
        for referent in self.scene.referents:
            if not agrees(referent, draft.gender, draft.number) or referent.kind == "place":
                continue
            for s, t, weight in reversed(referent.seen):
                if (s, t) < (sentence.index, draft.first):
                    if s >= sentence.index - 1 and weight >= _PROMINENT and (found is None or (s, t) > found[0]):
                        found = (s, t), referent
                    break
        return found[1] if found else None

    # ------------------------------------------------------------------ personal pronouns
    def _personal(self, token: Token, draft: Draft, sentence: Sentence, form: str) -> None:
        if form == "object" and token.upos != "PRON":
            return
        if form == "object":
            draft.gender, draft.number = _agreement(token, draft, sentence, self.scene.gazetteer.lexicon)
        margin, floor = (_SUBJECT_MARGIN, _SUBJECT_FLOOR) if form == "subject" else (_MARGIN, _FLOOR)
        scores = self.candidates.scores(token, draft, sentence, things=form != "oblique")
        draft.referent = best(scores, margin, floor)
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
                    and weight_of(self.scene.document.sentences[index], left.head) >= _PAIRED
                ):
                    return list(dict.fromkeys(group))
        return []


def _agreement(token: Token, draft: Draft, sentence: Sentence, lexicon: Lexicon) -> tuple[str, str]:
    """Gender and number of an object clitic: « l'ont rencontrée »: the participle behind « avoir » agrees with it."""
    verb = sentence.tokens[token.head]
    auxiliaries = lexicon.strings("agreeing_auxiliaries")
    compound = any(
        t.head == verb.i and t.upos == "AUX" and t.lemma in auxiliaries and token.i < t.i < verb.i
        for t in sentence.tokens
    )
    if base(token.deprel) != "obj" or not compound or draft.gender or "VerbForm=Part" not in verb.feats:
        return draft.gender, draft.number
    feminine = normal(verb.text).lower().endswith(tuple(lexicon.strings("feminine_participle_endings")))
    return ("f" if feminine else "m"), draft.number


def _emphatic(token: Token, sentence: Sentence) -> bool:
    """« X, lui, reste »: a pronoun between commas repeats the subject."""
    tokens = sentence.tokens
    return (
        0 < token.i < len(tokens) - 1 and tokens[token.i - 1].text == "," and tokens[token.i + 1].text == ","
    )
