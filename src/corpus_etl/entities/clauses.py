"""Syntax that coreference needs: classes of pronouns, antecedents of relatives, subjects of clauses, « il » without referent."""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .drafts import base, feature
from .gazetteer import normal
from .lexicon import Lexicon


def pronoun_class(token: Token, sentence: Sentence, lexicon: Lexicon) -> str | None:
    """possessive | subject | object | oblique | intensive | near | near_noun | relative | reflexive, or null."""
    lower = normal(token.text).lower()
    if token.upos == "DET":
        return "possessive" if lower in lexicon.words["possessives"] else None
    if lower in lexicon.strings("near_nouns") or token.lemma in lexicon.strings("near_nouns"):
        before = normal(sentence.tokens[token.i - 1].text).lower() if token.i else ""
        after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
        head_is_next = after is not None and token.head == after.i and base(token.deprel) == "amod"
        return "near_noun" if before in lexicon.strings("near_determiners") and not head_is_next else None
    after = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    if (
        after is not None
        and after.start == token.end
        and after.text.lower().endswith(lexicon.words["near_ending"])
        and lower in lexicon.strings("near_pronouns")
    ):
        lower += "-" + lexicon.words["near_ending"]
    known = lexicon.pronouns.get(lower)
    if known is None or (token.upos != "PRON" and known[0] != "near" and not lower.startswith("-")):
        return None
    kind = known[0]
    if kind == "relative":
        if feature(token.feats, "PronType") == "Int" or token.i == 0:
            return None
        return (
            kind
            if lower in lexicon.strings("sure_relatives")
            or _is_relative(token, sentence)
            else None
        )
    return kind


def _is_relative(token: Token, sentence: Sentence) -> bool:
    if feature(token.feats, "PronType") == "Int":
        return False
    return _relative_clause(token, sentence) is not None


def _relative_clause(token: Token, sentence: Sentence) -> int | None:
    """Head token of the relative clause that a token is in."""
    i = token.i
    for _ in range(8):
        word = sentence.tokens[i]
        if base(word.deprel) == "acl" and word.i != token.i:
            return i
        if word.head == i or base(word.deprel) in ("root", "ccomp", "advcl"):
            return None
        i = word.head
    return None


def antecedent_of(token: Token, sentence: Sentence) -> int | None:
    """Token that a relative pronoun stands for: the head of its clause."""
    clause = _relative_clause(token, sentence)
    if clause is None:
        return None
    head = sentence.tokens[clause].head
    return head if head < token.i else None


def explicit_subject(token: Token, sentence: Sentence) -> int | None:
    """« X a-t-il … »: the noun that an inverted pronoun repeats; none across quotation marks."""
    quoted = max((t.i for t in sentence.tokens[: token.i] if t.text in ("»", "”", '"')), default=-1)
    for t in sentence.tokens[quoted + 1 : token.i]:
        if t.head == token.head and base(t.deprel) == "nsubj" and t.upos in ("NOUN", "PROPN"):
            return t.i
    return None


def clause_head(i: int, sentence: Sentence) -> int:
    """The predicate of the innermost clause that a token is in."""
    tokens = sentence.tokens
    for _ in range(30):
        word = tokens[i]
        if (
            word.head == i
            or word.upos == "VERB"
            or any(base(t.deprel) in ("nsubj", "cop") and t.head == i for t in tokens)
        ):
            return i
        i = word.head
    return i


def clause_subject(i: int, sentence: Sentence) -> int | None:
    """The subject of the innermost clause around a token; those without one (infinitives, participles) borrow it."""
    tokens = sentence.tokens
    verb = clause_head(i, sentence)
    for _ in range(6):
        found = [
            t
            for t in tokens
            if t.head == verb and t.i != i and (base(t.deprel) == "nsubj" or t.deprel == "expl:subj")
        ]
        found = [t for t in found if base(t.deprel) == "nsubj"] or [t for t in found if t.i < verb]
        if found:
            return found[0].i
        word = tokens[verb]
        if word.deprel == "parataxis:insert":
            # « « … », a commenté X, à son arrivée »: the speaker behind the verb, taken for its object
            speakers = [t.i for t in tokens[verb + 1 : verb + 4] if t.head == verb and t.upos in ("PROPN", "NOUN")]
            if speakers and base(tokens[speakers[0]].deprel) == "obj":
                return speakers[0]
        if word.head == verb:
            return None
        if base(word.deprel) == "acl" and word.upos == "VERB" and word.head < verb and word.head != i:
            return word.head
        if base(word.deprel) not in (
            "conj",
            "xcomp",
            "advcl",
            "ccomp",
            "acl",
            "obl",
            "nmod",
            "obj",
            "parataxis",
        ):
            return None
        verb = clause_head(word.head, sentence)
    return None


def is_impersonal(token: Token, sentence: Sentence, lexicon: Lexicon) -> bool:
    """« il faut », « il y a », « il s'agit de », « il est possible que », « il a été décidé »: refers to nobody."""
    if normal(token.text).lower() not in lexicon.strings("impersonal_pronouns"):
        return False
    expletive = "expl" in token.deprel
    tokens = sentence.tokens
    verb = tokens[token.head]
    if verb.i == token.i:
        return True
    near = tokens[token.i + 1 : token.i + 7]
    words = [normal(t.text).lower() for t in near]
    if verb.lemma in lexicon.strings("impersonal_verbs") or any(
        t.lemma in lexicon.strings("impersonal_beside") for t in near[:2]
    ):
        return True
    existential = not lexicon.strings("existential_clitics").isdisjoint(words[:2])
    if existential and any(t.lemma in lexicon.strings("existential_auxiliaries") for t in near[:4]):
        return True
    if not lexicon.strings("reflexive_clitics").isdisjoint(words[:1]) and any(
        t.lemma in lexicon.strings("impersonal_reflexive") for t in near[1:3]
    ):
        clausal = any(t.head == verb.i and base(t.deprel) in ("ccomp", "csubj") for t in tokens)
        return any(t.lemma in lexicon.strings("concerning_verbs") for t in near[1:4]) or clausal
    has_clause = any(
        t.head == verb.i and base(t.deprel) in ("ccomp", "csubj", "xcomp") and t.i > verb.i for t in tokens
    )
    if any(base(t.deprel) == "cop" and t.head == verb.i for t in tokens) or verb.lemma in lexicon.strings("copulas"):
        adjective = verb.lemma in lexicon.strings("impersonal_adjectives") or any(
            t.lemma in lexicon.strings("impersonal_adjectives") for t in near[1:3]
        )
        marked = not lexicon.strings("impersonal_complement_marks").isdisjoint(words[2:])
        return adjective and (has_clause or marked)
    behind = tokens[verb.i + 1] if verb.i + 1 < len(tokens) else None
    presents = behind is not None and (
        behind.upos == "NUM" or normal(behind.text).lower() in lexicon.strings("presenting_determiners")
    )
    if expletive and verb.lemma in lexicon.strings("presenting_verbs"):
        return True
    if presents and verb.lemma in lexicon.strings("existing_verbs"):
        return True
    passive = any(t.head == verb.i and t.deprel.startswith("aux:pass") for t in tokens)
    return passive and verb.lemma in lexicon.strings("impersonal_passive")
