"""What the words in and around a name tell about its kind and gender: titles, nouns, verbs, first names, its own parts."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_etl.language import AnalysedDocument, Token

from .drafts import Draft, base
from .gazetteer import normal
from .lexicon import Lexicon
from .model import Kind


def weigh(document: AnalysedDocument, draft: Draft, lexicon: Lexicon) -> None:
    """Add to the draft of a name what the words in and around it tell about its kind, and its gender."""
    tokens = document.sentences[draft.sentence].tokens
    parts = [t.text for t in tokens[draft.first : draft.last + 1]]
    if draft.first:
        _weigh_word_before(draft, tokens[draft.first - 1], len(parts), lexicon)
    _weigh_verb(draft, tokens, lexicon)
    _weigh_noun(document, draft, parts, lexicon)
    _weigh_first_name(draft, parts, lexicon)
    _weigh_parts(draft, document.text[draft.start : draft.end], parts, lexicon)


def told_by_title(document: AnalysedDocument, draft: Draft, lexicon: Lexicon) -> frozenset[str]:
    """What a title says that somebody is: « Me X » is a lawyer."""
    before = document.sentences[draft.sentence].tokens[draft.first - 1] if draft.first else None
    nouns = lexicon.words.get("title_nouns") or {}
    return frozenset(nouns.get(before.text, ()) if before is not None else ())


def _add(draft: Draft, kind: Kind, weight: float) -> None:
    draft.evidence[kind] = draft.evidence.get(kind, 0.0) + weight


def _weigh_word_before(draft: Draft, before: Token, length: int, lexicon: Lexicon) -> None:
    """« M. X », « la X », « chez X », « à X »"""
    lower = before.text.lower()
    masculine = before.text in lexicon.strings("titles_masculine")
    if masculine or before.text in lexicon.strings("titles_feminine"):
        _add(draft, "person", 4.0)
        draft.gender = draft.gender or ("m" if masculine else "f")
    elif before.text in lexicon.strings("titles_any"):
        _add(draft, "person", 3.0)
    elif normal(before.text).lower() in lexicon.strings("before_organizations"):
        _add(draft, "person", -0.8)
        _add(draft, "organization", 0.4)
    elif lower in lexicon.strings("house_prepositions"):
        _add(draft, "organization", 1.5)
    elif lower in lexicon.strings("town_prepositions") and length == 1:
        _add(draft, "place", 0.7)


def _weigh_verb(draft: Draft, tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """Who does what only people and organisations do is no place."""
    head = tokens[draft.head]
    if (
        base(head.deprel) == "nsubj"
        and not head.deprel.endswith("pass")
        and tokens[head.head].lemma in lexicon.strings("agentive_verbs")
    ):
        _add(draft, "person", 0.4)
        _add(draft, "organization", 0.5)
        _add(draft, "place", -0.6)


def _weigh_noun(document: AnalysedDocument, draft: Draft, parts: Sequence[str], lexicon: Lexicon) -> None:
    """« la société X », « le patineur néerlandais X »"""
    tokens = document.sentences[draft.sentence].tokens
    noun = _noun_before(document, draft, lexicon)
    if noun in lexicon.strings("eponym_nouns"):
        noun = ""
    known = (lexicon.nouns.get(noun) if noun else None) or lexicon.nouns.get(_noun_above(document, draft))
    behind = tokens[draft.last + 1].text if draft.last + 1 < len(tokens) else ""
    if known and known.kind == "person" and len(parts) == 1 and parts[0].isupper() and lexicon.first_name(behind) is not None:
        _add(draft, "organization", 2.5)  # « le maire PS Jean X »
    elif known and known.kind != "group":
        _add(draft, known.kind, 2.5)
        if known.kind == "person" and known.gender and not draft.gender:
            draft.gender = known.gender


def _weigh_first_name(draft: Draft, parts: Sequence[str], lexicon: Lexicon) -> None:
    given = lexicon.first_name(parts[0])
    if given is None:
        return
    _add(draft, "person", 1.3 if len(parts) == 1 else 2.0 if parts[1].isupper() else 2.5)
    draft.gender = draft.gender or given


def _weigh_parts(draft: Draft, surface: str, parts: Sequence[str], lexicon: Lexicon) -> None:
    """What the parts of a name say: « Université de X », « X-sur-Y », « Lac X », « XYZ »."""
    single = len(parts) == 1
    organizations = lexicon.strings("name_parts_organization")
    if (not single and any(p in organizations for p in parts)) or (single and parts[0] in lexicon.strings("assemblies")):
        _add(draft, "organization", 3.0)
    if any(s in surface for s in lexicon.strings("place_suffixes") if s.startswith("-")) or (
        single and parts[0].startswith(tuple(lexicon.strings("place_prefixes")))
    ):
        _add(draft, "place", 1.2)
    elif not single and parts[0] in lexicon.strings("name_parts_place"):
        _add(draft, "place", 2.0)
    if single and parts[0].isupper() and 2 <= len(parts[0]) <= 6:
        _add(draft, "organization", 1.0)


def _noun_before(document: AnalysedDocument, draft: Draft, lexicon: Lexicon) -> str:
    """Lemma of the common noun that introduces a name (« la société X », « la ville de X », « l'entreprise américaine X »)."""
    tokens = document.sentences[draft.sentence].tokens
    i = draft.first - 1
    if i >= 0 and normal(tokens[i].text).lower() in lexicon.strings("before_town_names") and i > 0:
        lemma = tokens[i - 1].lemma.lower()
        return lemma if lemma in lexicon.strings("places_with_de") else ""
    while i >= 0 and tokens[i].upos == "ADJ" and i > draft.first - 4:
        i -= 1
    return tokens[i].lemma.lower() if i >= 0 and tokens[i].upos in ("NOUN", "ADJ", "PROPN") else ""


def _noun_above(document: AnalysedDocument, draft: Draft) -> str:
    """Lemma of the noun that a name is in apposition to without a comma: « le patineur de vitesse néerlandais X »."""
    tokens = document.sentences[draft.sentence].tokens
    name = tokens[draft.head]
    noun = tokens[name.head]
    if base(name.deprel) != "appos" or noun.upos != "NOUN" or noun.i >= draft.first:
        return ""
    between = tokens[noun.i + 1 : draft.first]
    return "" if any(t.upos in ("PUNCT", "CCONJ", "VERB", "AUX") for t in between) else noun.lemma.lower()
