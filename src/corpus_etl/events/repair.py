"""Corrections of frequent errors of the tagger that triggers depend on; everything else stays as parsed."""

from __future__ import annotations

from dataclasses import replace

from corpus_etl.language import Sentence, Token

from .grammar import Grammar
from .repair_coordination import head_of_name, repair_coordination
from .repair_verbs import repair_predicates
from .tokens import base
from .words import fold

_DATELINE = 12
"""Words in which a dateline ends."""


def repair(sentence: Sentence, grammar: Grammar) -> Sentence:
    """The sentence with names in mixed case as PROPN, known infinitives and fronted participles as verbs."""
    tokens = list(sentence.tokens)
    for i, token in enumerate(tokens):
        if token.upos not in ("VERB", "AUX", "PROPN", "PUNCT", "NUM", "SYM") and _mixed_case(token.text):
            tokens[i] = replace(token, upos="PROPN", feats="")
        elif token.upos == "VERB" and _never_finite(token, grammar):
            tokens[i] = replace(token, feats="Tense=Past|VerbForm=Part|Voice=Pass")
        elif token.upos in ("NOUN", "ADJ", "ADV", "X") and _infinitive(tokens, i, grammar):
            relation = "xcomp" if tokens[token.head].upos == "VERB" else token.deprel
            tokens[i] = replace(token, upos="VERB", feats="VerbForm=Inf", lemma=fold(token.text), deprel=relation)
        elif token.upos in ("NOUN", "ADJ", "X") and _speaks(tokens, i, grammar):
            tokens = _introduce_speaker(tokens, i, grammar)
        elif token.upos in ("PROPN", "NOUN", "X") and _fronted_participle(tokens, i, grammar):
            tokens = _attach_participle(tokens, i, grammar)
        elif token.upos in ("NOUN", "ADJ") and _fate(tokens, i, grammar):
            tokens[i] = replace(token, upos="VERB", lemma=grammar.verb_forms[fold(token.text)], feats="Tense=Past|VerbForm=Part", deprel="acl")
        elif token.upos == "ADJ" and token.deprel == "advcl" and _known_participle(token, grammar):
            lemma = grammar.verb_forms[fold(token.text)]
            tokens[i] = replace(token, upos="VERB", lemma=lemma, feats=token.feats + "|Tense=Past|VerbForm=Part")
        elif token.deprel == "amod" and token.upos in ("NOUN", "ADJ") and _set_off(tokens, i, grammar):
            tokens[i] = replace(token, upos="VERB", lemma=grammar.verb_forms[fold(token.text)], feats="Tense=Past|VerbForm=Part", deprel="acl")
        elif token.upos == "PROPN" and token.deprel == "nmod":
            tokens[i] = _behind_time(tokens, token)
    tokens = repair_predicates(tokens, grammar)
    tokens = _participles(tokens, grammar)
    tokens = _dateline(tokens)
    tokens = _appended(tokens)
    tokens = _relatives(tokens)
    tokens = _causatives(tokens)
    tokens = _agreeing(tokens)
    tokens = repair_coordination(tokens, grammar)
    tokens = _lost_verb(tokens, grammar)
    tokens = _inserted(tokens, grammar)
    return sentence if tokens == list(sentence.tokens) else replace(sentence, tokens=tuple(tokens))


def _never_finite(token: Token, grammar: Grammar) -> bool:
    """« une plainte déposée contre X »: an ending that only participles have, tagged as a tense; « crée » is of « créer »."""
    form = fold(token.text)
    ending = next((e for e in grammar.feminine_participles if form.endswith(e)), None)
    if "VerbForm=Fin" not in token.feats or ending is None:
        return False
    return grammar.verb_forms.get(form, "").endswith(grammar.first_conjugation) and form[: -len(ending)] + grammar.first_conjugation == grammar.verb_forms[form]


def _ends(form: str, grammar: Grammar, *endings: str) -> bool:
    """Has a form one of the endings of these lists?"""
    return any(form.endswith(ending) for name in endings for ending in grammar.words[name])


def _mixed_case(text: str) -> bool:
    """OpenAI, xAI, iPhone: a capital after a small letter or two capitals."""
    return len(text) > 2 and text.isalpha() and any(c.isupper() for c in text[1:]) and not text.isupper()


def _infinitive(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    form = fold(tokens[i].text)
    if i == 0 or form not in grammar.known_verbs or not _ends(form, grammar, "infinitive_endings"):
        return False
    return fold(tokens[i - 1].text) in grammar.words["before_infinitive"] and not any(t.head == i and t.upos == "DET" for t in tokens)


def _speaks(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """« …», analyse Luc Petit »: a verb form without article between a closed quotation and a name or an article."""
    form = fold(tokens[i].text)
    if i < 2 or i + 1 >= len(tokens) or form not in grammar.verb_forms or _ends(form, grammar, "regular_participles"):
        return False
    before = tokens[i - 2] if tokens[i - 1].text == "," else tokens[i - 1]
    return before.text in ("»", "”") and (tokens[i + 1].upos == "DET" or tokens[i + 1].text[:1].isupper())


def _introduce_speaker(tokens: list[Token], i: int, grammar: Grammar) -> list[Token]:
    """Make token `i` a verb that reports the quotation, and what hangs on it behind it its subject."""
    changed = list(tokens)
    token = tokens[i]
    root = next((t.i for t in tokens if t.head == t.i), i)
    changed[i] = replace(
        token,
        upos="VERB",
        lemma=grammar.verb_forms[fold(token.text)],
        feats="Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
        head=root,
        deprel="root" if root == i else "parataxis",
    )
    speaker = next((t for t in tokens[i + 1 :] if t.head == i and t.upos in ("NOUN", "PROPN", "PRON")), None)
    if speaker is not None:
        changed[speaker.i] = replace(speaker, deprel="nsubj")
    return changed


def _fate(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """« Paul X, parti en janvier »: a participle that is a noun, too, between a comma and a preposition, behind a name."""
    if i < 2 or i + 1 >= len(tokens) or fold(tokens[i].text) not in grammar.fates or tokens[i - 1].text != ",":
        return False
    return tokens[i - 2].upos == "PROPN" and tokens[i].deprel == "appos" and (tokens[i + 1].upos in ("ADP", "ADV"))


def _known_participle(token: Token, grammar: Grammar) -> bool:
    return fold(token.text) in grammar.verb_forms and _ends(fold(token.text), grammar, "regular_participles")


def _set_off(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """« Le conducteur, légèrement blessé, a été … »: a participle with its adverb between two commas."""
    if i < 3 or i + 1 >= len(tokens) or not _known_participle(tokens[i], grammar):
        return False
    return tokens[i - 2].text == "," and tokens[i + 1].text == "," and _ends(tokens[i - 1].text, grammar, "adverb_endings")


def _behind_time(tokens: list[Token], token: Token) -> Token:
    """« accuse une nouvelle fois Alger »: a name without preposition behind a phrase of time is the object of the verb."""
    noun = tokens[token.head]
    verb = tokens[noun.head]
    if noun.i >= token.i or noun.upos != "NOUN" or noun.deprel != "obl:mod" or verb.upos != "VERB" or verb.i > noun.i:
        return token
    below = [t for t in tokens if t.head == noun.i]
    if any(t.deprel == "case" for t in below) or not any("Definite=Ind" in t.feats for t in below):
        return token
    taken = any(t.deprel == "case" and t.head == token.i for t in tokens) or any(t.deprel == "obj" and t.head == verb.i for t in tokens)
    return token if taken or tokens[token.i - 1].upos == "PUNCT" else replace(token, head=verb.i, deprel="obj")


def _fronted_participle(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    form = fold(tokens[i].text)
    if form not in grammar.verb_forms or not _ends(form, grammar, "regular_participles") or i + 1 >= len(tokens):
        return False
    first = i == 0 or tokens[i - 1].upos == "PUNCT"
    return first and tokens[i + 1].upos in ("ADP", "ADV", "NUM", "NOUN") and tokens[i].text[:1].isupper() == (i == 0)


def _attach_participle(tokens: list[Token], i: int, grammar: Grammar) -> list[Token]:
    """Make the participle a clause under the first finite verb after it."""
    verb = next((t.i for t in tokens[i + 1 :] if t.upos == "VERB" and "VerbForm=Inf" not in t.feats), None)
    changed = list(tokens)
    changed[i] = replace(
        tokens[i],
        upos="VERB",
        lemma=grammar.verb_forms[fold(tokens[i].text)],
        feats="Tense=Past|VerbForm=Part",
        head=verb if verb is not None else tokens[i].head,
        deprel="advcl" if verb is not None else tokens[i].deprel,
    )
    if verb is not None and tokens[verb].head == i:
        changed[verb] = replace(tokens[verb], head=verb, deprel="root")
    return changed


def _participles(tokens: list[Token], grammar: Grammar) -> list[Token]:
    """« ont été légèrement blessés »: a participle after an auxiliary, tagged as an adjective, or below its adverb."""
    for i, token in enumerate(tokens):
        if token.upos not in ("ADJ", "NOUN", "VERB") or fold(token.text) not in grammar.verb_forms:
            continue
        k = i - 1
        while k >= 0 and (tokens[k].upos == "ADV" or _ends(tokens[k].text, grammar, "adverb_endings")):
            k -= 1
        if k < 0 or tokens[k].upos != "AUX" or not _ends(fold(token.text), grammar, "regular_participles"):
            continue
        head = tokens[token.head]
        if token.upos == "VERB" and not (k < head.i < i):
            continue
        lemma = grammar.verb_forms[fold(token.text)]
        moved = replace(token, upos="VERB", lemma=lemma, feats="Tense=Past|VerbForm=Part")
        if k < head.i < i:
            # The adverb between took the place of the participle.
            moved = replace(moved, head=i if head.head == head.i else head.head, deprel=head.deprel)
            tokens = [replace(t, head=i) if t.head == head.i and t.i != i else t for t in tokens]
            tokens[head.i] = replace(tokens[head.i], upos="ADV", head=i, deprel="advmod")
        tokens[i] = moved
    return tokens


def _dateline(tokens: list[Token]) -> list[Token]:
    """« WASHINGTON - La République du Congo et le Rwanda ont signé »: the city before the dash is no part of the sentence."""
    dash = next((k for k in range(1, min(len(tokens), _DATELINE)) if tokens[k].text in ("-", "–", "—")), None)
    city = tokens[0]
    if dash is None or not (city.text.isupper() and len(city.text) > 2) or city.head <= dash or dash + 1 == len(tokens):
        return tokens
    aside = any(t.text == tokens[dash].text for t in tokens[dash + 1 : city.head])  # « EDF - le groupe français - a signé »
    if aside or any(t.upos in ("VERB", "AUX", "NOUN") for t in tokens[1:dash]):
        return tokens
    joined = [t for t in tokens[dash + 1 :] if t.head == 0 and t.deprel in ("appos", "conj", "nmod", "flat", "dep")]
    if not city.deprel.startswith("nsubj") or not joined:
        return tokens
    subject = joined[0].i
    changed = {t.i: replace(t, head=subject) for t in joined[1:]}
    changed[subject] = replace(joined[0], head=city.head, deprel=city.deprel)
    changed[0] = replace(city, head=subject, deprel="dislocated")
    return [changed.get(t.i, t) for t in tokens]


def _appended(tokens: list[Token]) -> list[Token]:
    """« a remplacé Franck Poulain, limogé après sept défaites »: a participle behind a named object belongs to it."""
    for i, token in enumerate(tokens):
        if i < 3 or token.upos != "VERB" or token.deprel != "advcl" or tokens[i - 1].text != "," or token.head >= i:
            continue
        if "VerbForm=Part" not in token.feats or "Tense=Pres" in token.feats or any(t.head == i and t.upos == "AUX" for t in tokens):
            continue
        name = head_of_name(tokens, i - 2)
        if name.upos == "PROPN" and name.deprel.startswith(("obj", "obl:agent")) and name.head == token.head:
            tokens = [*tokens[:i], replace(token, head=name.i, deprel="acl"), *tokens[i + 1 :]]
    return tokens


def _relatives(tokens: list[Token]) -> list[Token]:
    """« Dans une plainte que le milliardaire a déposée, il explique »: « que » right behind a noun is its relative, though
    the verb was hung on the one that follows."""
    for que in tokens:
        verb = tokens[que.head]
        if que.upos != "PRON" or que.deprel != "obj" or que.i == 0 or not que.i < verb.i < verb.head or verb.deprel != "ccomp":
            continue
        noun = tokens[que.i - 1]
        if noun.upos in ("NOUN", "PROPN"):
            tokens = [*tokens[: verb.i], replace(verb, head=noun.i, deprel="acl:relcl"), *tokens[verb.i + 1 :]]
    return tokens


def _agreeing(tokens: list[Token]) -> list[Token]:
    """« un groupe d'investisseurs emmené par elle »: a participle in the singular belongs to the noun in the singular above
    the plural that it was hung on."""
    for token in tokens:
        noun = tokens[token.head]
        above = tokens[noun.head]
        if token.upos != "VERB" or token.deprel != "acl" or "VerbForm=Part" not in token.feats or not above.i < noun.i < token.i:
            continue
        if "Number=Sing" in token.feats and "Number=Plur" in noun.feats and noun.deprel == "nmod":
            if above.upos == "NOUN" and "Number=Sing" in above.feats:
                tokens = [*tokens[: token.i], replace(token, head=above.i), *tokens[token.i + 1 :]]
    return tokens


def _causatives(tokens: list[Token]) -> list[Token]:
    """« faisant grimper sa valorisation »: a form of a causative before its infinitive is no conjunction."""
    return [
        replace(t, deprel="aux:caus")
        if t.upos in ("AUX", "VERB") and t.deprel == "mark" and t.head > t.i and "VerbForm=Inf" in tokens[t.head].feats
        else t
        for t in tokens
    ]


def _lost_verb(tokens: list[Token], grammar: Grammar) -> list[Token]:
    """A sentence without any verb: a known verb form after the first noun, tagged as an adjective, is its predicate. So is a root
    tagged as a noun that has a subject (« l'agresseur, déjà condamné, écope de deux ans »)."""
    root = next((t for t in tokens if t.head == t.i), None)
    if root is not None and root.upos in ("NOUN", "ADJ", "X") and _predicates(tokens, root, grammar):
        changed = list(tokens)
        changed[root.i] = replace(
            root, upos="VERB", lemma=grammar.verb_forms[fold(root.text)], feats="Mood=Ind|Tense=Pres|VerbForm=Fin"
        )
        return changed
    if any(t.upos in ("VERB", "AUX") for t in tokens):
        return tokens
    for i, token in enumerate(tokens[1:], start=1):
        form = fold(token.text)
        if token.upos not in ("ADJ", "NOUN", "X", "PROPN") or form not in grammar.verb_forms or token.text[:1].isupper():
            continue
        before = tokens[i - 1]
        if _ends(form, grammar, "regular_participles", "gerund_endings") or before.upos not in ("PROPN", "NOUN", "ADJ", "PRON", "ADV"):
            continue
        if any(t.head == i and t.upos == "DET" for t in tokens):
            continue
        head = root.i if root is not None else i
        changed = [
            replace(t, head=i, deprel="obj") if t.i > i and t.head < i and t.upos in ("NOUN", "PROPN") else t for t in tokens
        ]
        changed[i] = replace(
            token,
            upos="VERB",
            lemma=grammar.verb_forms[form],
            feats="Mood=Ind|Tense=Pres|VerbForm=Fin",
            head=i,
            deprel="root",
        )
        if head < i:
            changed[head] = replace(changed[head], head=i, deprel="nsubj")
        return changed
    return tokens


def _predicates(tokens: list[Token], root: Token, grammar: Grammar) -> bool:
    form = fold(root.text)
    if form not in grammar.verb_forms or _ends(form, grammar, "regular_participles", "gerund_endings") or root.text[:1].isupper():
        return False
    below = [t for t in tokens if t.head == root.i and t.i != root.i]
    subject = any(t.deprel.startswith("nsubj") and t.i < root.i for t in below)
    return subject and not any(t.upos == "DET" or t.deprel.startswith(("cop", "aux")) for t in below)


def _inserted(tokens: list[Token], grammar: Grammar) -> list[Token]:
    """« X est, affirme la plainte, une filiale de Y », « X, affirme la police, a tué Z »: what is told goes on behind the aside,
    of which the parser made the main clause."""
    for verb in tokens:
        if verb.head != verb.i or "VerbForm=Fin" not in verb.feats or verb.i == 0 or tokens[verb.i - 1].text != ",":
            continue
        if verb.lemma not in grammar.verb_classes.get("reporting", ()):
            continue
        speaker = next((t for t in tokens[verb.i + 1 : verb.i + 4] if t.head == verb.i and t.upos in ("NOUN", "PROPN")), None)
        closing = next((t.i for t in tokens[speaker.i :] if t.text == ","), None) if speaker is not None else None
        before = [t for t in tokens[: verb.i - 1] if t.head == verb.i and base(t) in ("nsubj", "cop")]
        if speaker is None or closing is None or not before or any(t.text == "," for t in tokens[before[0].i : verb.i - 1]):
            continue
        copula = any(t.deprel == "cop" for t in before)
        said = next((t for t in tokens[closing:] if _told(tokens, t, verb, speaker, copula)), None)
        if said is None:
            continue
        changed = [replace(t, head=said.i) if t.head == verb.i and t.i < verb.i - 1 else t for t in tokens]
        changed[said.i] = replace(said, head=said.i, deprel=verb.deprel)
        changed[verb.i] = replace(verb, head=said.i, deprel="parataxis")
        changed[speaker.i] = replace(speaker, deprel="nsubj")
        return changed
    return tokens


def _told(tokens: list[Token], token: Token, verb: Token, speaker: Token, copula: bool) -> bool:
    """Is `token` the predicate that an aside parted from its subject?"""
    if copula:
        return token.upos in ("NOUN", "ADJ") and token.head in (verb.i, speaker.i)
    kids = [t for t in tokens if t.head == token.i]
    finite = any("VerbForm=Fin" in t.feats for t in (token, *kids) if t.upos in ("VERB", "AUX"))
    led = any(base(t) in ("nsubj", "mark", "cc") and t.i < token.i for t in kids)
    return token.upos == "VERB" and token.head == verb.i and finite and not led and token.deprel.startswith(("parataxis", "conj", "ccomp"))
