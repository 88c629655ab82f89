"""Pronouns that come before the name of whom they stand for: « Quand elle est fondée, X … »."""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .drafts import Draft, Referent, base
from .salience import agrees
from .scene import Scene


def resolve_fronted(scene: Scene, token: Token, draft: Draft, sentence: Sentence) -> None:
    """« Quand elle est fondée, X … »: the pronoun of a fronted clause may announce the subject."""
    clause = sentence.tokens[token.head]
    if base(token.deprel) != "nsubj" or base(clause.deprel) != "advcl" or clause.head <= token.i:
        return
    for other in sentence.tokens[clause.i :]:
        if other.head == clause.head and base(other.deprel) == "nsubj":
            found = scene.at.get((sentence.index, other.i))
            referent = found.referent if found is not None else None
            if referent is not None and referent.name and agrees(referent, draft.gender, draft.number):
                _stand_for(draft, referent)
            return


def resolve_opening(scene: Scene, draft: Draft, following: Sentence) -> None:
    """« Il avait quitté la ville en mars. X est revenu »: a text that opens with a pronoun names in the sentence `following`
    whom it means: its subject."""
    for token in following.tokens:
        found = scene.at.get((following.index, token.i))
        if base(token.deprel) != "nsubj" or found is None or found.form not in ("name", "noun"):
            continue
        referent = found.referent
        fits = referent is not None and referent.name and referent.kind == "person" and referent.number == "s"
        if fits and referent is not None and agrees(referent, draft.gender, draft.number):
            _stand_for(draft, referent)
        return


def _stand_for(draft: Draft, referent: Referent) -> None:
    draft.referent, draft.resolution, draft.kind = referent, "pronoun", referent.kind
