"""Common-noun phrases for people and organisations: span, determiner, complement and the name they go with."""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .capitals import demonym
from .drafts import Draft, base, gender_of, number_of
from .gazetteer import Gazetteer, normal
from .joins import Determiner, Phrase, join
from .lexicon import Lexicon, Noun


def find_phrases(text: str, sentence: Sentence, names: list[Draft], gazetteer: Gazetteer) -> list[Phrase]:
    """Phrases of a sentence in reading order."""
    covered = {i: d for d in names for i in range(d.first, d.last + 1)}
    children: dict[int, list[int]] = {}
    for token in sentence.tokens:
        if token.head != token.i:
            children.setdefault(token.head, []).append(token.i)
    found: list[Phrase] = []
    skip = -1
    for token in sentence.tokens:
        if token.text in gazetteer.lexicon.titles and token.i + 1 in covered:
            continue
        if token.i in covered or token.i <= skip or token.upos not in ("NOUN", "ADJ", "PROPN", "VERB", "X"):
            continue
        lemma, noun, last = _look_up(text, sentence, token, gazetteer)
        if noun is None:
            continue
        if token.upos in ("ADJ", "VERB") and not _nominal(sentence, token, gazetteer.lexicon):
            if last == token.i or token.head != last:
                continue
            token = sentence.tokens[last]  # « la jeune pousse »
        if (
            lemma in gazetteer.lexicon.strings("capital_nouns")
            and noun.kind != "place"
            and not token.text[:1].isupper()
        ):
            continue
        if _adverbial(sentence, token, noun, children, gazetteer.lexicon) or _share(sentence, token, lemma, children, gazetteer):
            continue
        phrase = _phrase(text, sentence, token, lemma, noun, last, children, gazetteer)
        _whole_names(sentence, phrase.draft, covered)
        phrase.named, phrase.inside = join(sentence, phrase, children, covered)
        found.append(phrase)
        skip = last
    return found


def _whole_names(sentence: Sentence, draft: Draft, covered: dict[int, Draft]) -> None:
    """A complement is not cut inside a name, nor between names: « un responsable de la Maison Blanche », « les écuries de
    X et Y »."""
    tokens = sentence.tokens
    name = covered.get(draft.last)
    if name is None or name.first <= draft.head:
        return
    draft.last = max(draft.last, name.last)
    while draft.number == "p" and draft.last + 2 < len(tokens) and tokens[draft.last + 1].upos == "CCONJ":
        other = covered.get(draft.last + 2)
        if (
            other is None
            or base(tokens[other.head].deprel) != "conj"
            or not name.first <= tokens[other.head].head <= name.last
        ):
            break
        draft.last = other.last
    draft.end = tokens[draft.last].end


def _look_up(
    text: str, sentence: Sentence, token: Token, gazetteer: Gazetteer
) -> tuple[str, Noun | None, int]:
    lexicon = gazetteer.lexicon
    lower = normal(token.text).lower()
    lemma = normal(token.lemma).lower()
    for word in dict.fromkeys((lower, lemma)):
        for compound in lexicon.compounds.get(word.replace("-", " ").strip().split(" ")[0], ()):
            window = normal(text[token.start : token.start + len(compound) + 1]).lower()
            if window.startswith(compound) and not window[len(compound) :].isalnum():
                last = token.i
                while last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].end <= token.start + len(
                    compound
                ):
                    last += 1
                noun = lexicon.nouns.get(compound) or lexicon.collectives[compound]
                return compound, noun, last
    before = normal(text[max(sentence.start, token.start - 12) : token.end]).lower()
    for compound in lexicon.compounds_by_end.get(lower, ()):
        if before.endswith(compound) and not before[: -len(compound)][-1:].isalnum():
            return compound, lexicon.nouns[compound], token.i  # « la Première ministre »
    plural = number_of(token.feats) == "p" or (lower != lemma and lower.endswith(tuple(lexicon.strings("plural_endings"))))
    if token.text[:1].isupper() and demonym(sentence.tokens, token.i, token.i, gazetteer):
        return lower, Noun("group" if plural else "person", gender_of(token.feats)), token.i
    endings = "".join(lexicon.strings("plural_endings"))
    guess: tuple[str, ...] = (
        (lower.rstrip(endings),) if lemma == lower and len(lower) > 5 else ()
    )  # the lemma was not found
    stem = next(
        (lower[len(p) :] for p in lexicon.words.get("noun_prefixes") or () if lower.startswith(p)), None
    )
    guess += (stem, stem.rstrip(endings)) if stem else ()
    guess += (lower.replace("-", " "),) if "-" in lower else ()  # « secrétaire-général »
    for word in dict.fromkeys((lemma, lower, *guess)):
        if plural and word in lexicon.collectives:
            return word, lexicon.collectives[word], token.i
        if word in lexicon.nouns:
            known = lexicon.nouns[word]
            if plural and known.kind in ("person", "organization"):
                known = Noun("group", known.gender)
            return word, known, token.i
        if word in lexicon.collectives and lexicon.collectives[word].generic:
            return word, lexicon.collectives[word], token.i
    return lemma, None, token.i


def _nominal(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """Is a word tagged as adjective or verb used as a noun (« le milliardaire », « un blessé »)?"""
    before = sentence.tokens[token.i - 1] if token.i else None
    return bool(
        before
        and (before.upos in ("DET", "NUM") or normal(before.text).lower() in lexicon.strings("contracted_articles"))
        and base(token.deprel)
        in ("nsubj", "obj", "obl", "nmod", "iobj", "conj", "appos", "root", "dislocated")
        and not (token.i + 1 < len(sentence.tokens) and sentence.tokens[token.i + 1].upos == "NOUN")
    )


def _adverbial(
    sentence: Sentence, token: Token, noun: Noun, children: dict[int, list[int]], lexicon: Lexicon
) -> bool:
    """« en justice », « de presse », « par avion »: a bare singular behind a preposition names nobody."""
    if number_of(token.feats) == "p" or noun.kind == "group":
        return False
    kids = children.get(token.i, ())
    case = [c for c in kids if base(sentence.tokens[c].deprel) == "case" and c < token.i]
    if not case or any(
        sentence.tokens[c].upos == "DET" or base(sentence.tokens[c].deprel) in ("det", "appos", "flat")
        for c in kids
    ):
        return False
    before = normal(sentence.tokens[case[-1]].text).lower()
    return case[-1] == token.i - 1 and before not in lexicon.strings("prepositions_with_article")


def _share(sentence: Sentence, token: Token, lemma: str, children: dict[int, list[int]], gazetteer: Gazetteer) -> bool:
    """« la majorité du capital »: a noun that counts, before what is no people."""
    lexicon = gazetteer.lexicon
    counted = lemma in lexicon.strings("counting")
    return counted and any(sentence.tokens[c].lemma in lexicon.strings("holdings") for c in children.get(token.i, ()))


def _phrase(
    text: str,
    sentence: Sentence,
    token: Token,
    lemma: str,
    noun: Noun,
    last: int,
    children: dict[int, list[int]],
    gazetteer: Gazetteer,
) -> Phrase:
    tokens, lexicon = sentence.tokens, gazetteer.lexicon
    determiner, possessor, first = _determiner(sentence, token, lexicon)
    complements, adjectives = [], []
    end = last
    # what hangs on the noun, and on the other words of a compound (« cour d'appel de X »)
    dependents = [c for k in range(token.i, last + 1) for c in children.get(k, ()) if not token.i < c <= last]
    for child in sorted(dependents):
        word = tokens[child]
        relation = base(word.deprel)
        if relation == "amod":
            adjectives.append(normal(word.text).lower())
            if child == end + 1 and "VerbForm=Part" not in word.feats:
                end = child
        elif child == end + 1 and word.lemma in lexicon.strings("delegated") and lemma in lexicon.strings("posts"):
            end = _end_of(tokens, child, children, end)  # « le ministre délégué aux Transports »
        elif (
            relation in ("nmod", "obl")
            and child > token.i
            and word.upos in ("NOUN", "PROPN", "PRON", "NUM", "X", "ADJ")
        ):
            case = [
                normal(tokens[c].text).lower()
                for c in children.get(child, ())
                if base(tokens[c].deprel) == "case" or tokens[c].upos == "ADP"
            ]
            if any(c in lexicon.strings("genitive_prepositions") for c in case):
                complements.append(child)
                if child > last:
                    end = max(end, _end_of(tokens, child, children, end))
            elif word.upos == "NOUN" and lemma in lexicon.strings("posts") and any(c in lexicon.strings("field_prepositions") for c in case):
                end = max(end, _end_of(tokens, child, children, end))  # « l'adjoint à la culture »
    end = _further_complement(tokens, token.i, end, children, lexicon)
    if (
        end + 3 < len(tokens)
        and normal(tokens[end + 1].text) in lexicon.strings("age_prepositions")
        and tokens[end + 3].text in lexicon.strings("age_units")
    ):
        end += 3  # « un homme de 34 ans »
    draft = Draft(
        sentence.index,
        first,
        end,
        token.i,
        tokens[first].start,
        tokens[end].end,
        "noun",
        lemma,
        _gender(tokens, token, first, lemma, noun, lexicon),
        "p" if noun.kind == "group" and number_of(token.feats) == "p" else number_of(token.feats),
        noun.kind,
    )
    eponym = lemma in lexicon.strings("eponym_nouns")
    return Phrase(draft, noun, determiner, possessor, complements, adjectives, eponym=eponym)


def _further_complement(
    tokens: tuple[Token, ...], head: int, end: int, children: dict[int, list[int]], lexicon: Lexicon
) -> int:
    """« les ministres des sept puissances et de la Russie »: a second complement with its own preposition belongs to the phrase."""
    if end == head or end + 2 >= len(tokens) or tokens[end + 1].upos != "CCONJ":
        return end
    if normal(tokens[end + 2].text).lower() not in lexicon.strings("genitive_prepositions"):
        return end
    for k in range(end + 3, min(len(tokens), end + 7)):
        if base(tokens[k].deprel) == "conj" and head < tokens[k].head <= end:
            return max(end, _end_of(tokens, k, children, end))
    return end


def _gender(tokens: tuple[Token, ...], token: Token, first: int, lemma: str, noun: Noun, lexicon: Lexicon) -> str:
    """« la quinquagénaire », « l'échevine »: the article tells, then the form of the word, then the lexicon."""
    told = _gender_by_determiner(tokens, first, lexicon) if noun.kind in ("person", "group") else ""
    inflected = noun.kind == "person" and normal(token.text).lower() != lemma.split(" ")[-1]
    return told or (inflected and gender_of(token.feats)) or noun.gender or gender_of(token.feats)


def _gender_by_determiner(tokens: tuple[Token, ...], first: int, lexicon: Lexicon) -> str:
    """« la ministre », « un élève »: the article tells what the noun does not."""
    before = normal(tokens[first - 1].text).lower() if first else ""
    return str(lexicon.words["determiner_genders"].get(before, ""))


def _end_of(tokens: tuple[Token, ...], child: int, children: dict[int, list[int]], end: int) -> int:
    """Last token of a short complement that follows without a break; otherwise the old end."""
    stack, seen = [child], {child}
    while stack:
        node = stack.pop()
        for c in children.get(node, ()):
            if (
                base(tokens[c].deprel) in ("acl", "advcl", "appos", "parataxis", "punct", "cc", "conj")
                and c > child
            ):
                continue
            if c not in seen:
                seen.add(c)
                stack.append(c)
    reach = end
    while reach + 1 in seen and reach - end < 8 and tokens[reach + 1].text != ",":
        reach += 1
    return reach if child <= reach else end


def _determiner(sentence: Sentence, token: Token, lexicon: Lexicon) -> tuple[Determiner, int | None, int]:
    """Kind of determiner, token of a possessive, and first token of the core (articles left out)."""
    tokens = sentence.tokens
    first = token.i
    while (
        first
        and tokens[first - 1].upos in ("ADJ", "NUM")
        and first > token.i - 4
        and _belongs(tokens, first - 1, token.i)
    ):
        first -= 1
    if first == 0:
        return "bare", None, first
    before = normal(tokens[first - 1].text).lower()
    if before in lexicon.strings("definite_determiners"):
        return "definite", None, first
    if before in lexicon.strings("demonstrative_determiners"):
        return "demonstrative", None, first
    if before in lexicon.strings("possessive_determiners"):
        return "possessive", first - 1, first
    if before in lexicon.strings("indefinite_determiners") or (first < token.i and tokens[first].upos == "NUM"):
        if before in lexicon.strings("split_determiners") and tokens[first - 1].upos == "ADP":
            return "definite", None, first
        return "indefinite", None, first
    return "bare", None, first


def _belongs(tokens: tuple[Token, ...], i: int, head: int) -> bool:
    return tokens[i].head == head or (tokens[i].head == i + 1 and i + 1 <= head)
