"""Which mentions of people and organisations a token stands for: itself, an apposition, who is counted, who leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus_etl.entities import EntityMention, Kind

from .complements import Filler, complements
from .scene import Scene
from .subjects import agents_of


def mentions_of(scene: Scene, token: int) -> list[EntityMention]:
    """The mentions of somebody that a token stands for, itself or by what hangs on it; empty where it is nobody known."""
    number, tree = scene.number, scene.tree
    own = scene.entities.at(number, token)
    unlisted = _unlisted(scene, token) if own is None or tree[token].upos in ("NUM", "PRON", "NOUN") else []
    if unlisted and (own is None or own.entity is None or tree[token].upos != "PRON" or tuple(tree.forms[token - 2 : token]) == tree.grammar.among):
        return unlisted
    if tree[token].upos in ("NUM", "ADV") and scene.entities.at(number, token) is None:
        # « 37 Palestiniens », where the parser made the number the head.
        token = next((k for k in tree.children(token, "nmod", "obl", "appos") if k > token), token)
    found = list(scene.entities.all_at(number, token))
    person = [m for k in tree.children(token, "flat") for m in scene.entities.all_at(number, k) if m.kind == "person" and m.first == k]
    if person and found and found[0].kind == "organization" and person[0].first == found[0].last + 1:
        return person[:1]  # « le délégué CGT X »
    if any(m.entity for m in found):
        return found
    # « l'ancien scientifique d'OpenAI, Ilya Sutskever », « deux cofondateurs, X et Y »: the apposition has the names.
    for k in tree.children(token, "appos", "flat"):
        named = [
            m
            for c in tree.conjuncts(k)
            for m in scene.entities.all_at(number, c)
            if m.entity and (m.kind == "person" or (c == k and tree[k].upos == "PROPN" and tree.is_plural(token)))
        ]
        if named:
            return named
    leader = _leader(scene, token)
    if leader:
        return leader
    behind = _name_behind(scene, token)
    if behind is not None:
        return [behind]
    if not found and is_quantity(scene, token):
        # « une quarantaine de parents », « 71 % des agents »: who is counted hangs below.
        for k in tree.children(token, "nmod", "obl", "obl:arg"):
            counted = list(scene.entities.all_at(number, k))
            if counted and k > token:
                return counted
    if tree.lemmas[token] in scene.lexicon.words["part_nouns"] and not any(m.entity for m in found):
        # « la direction d'OpenAI » acts for OpenAI.
        for filler in complements(tree, token, "de"):
            whole = [m for m in scene.entities.all_at(number, filler.token) if m.entity and m.kind == "organization"]
            if whole:
                return [replace(m, resolution="role_noun") for m in whole]
    return found


def further_names(scene: Scene, tokens: Sequence[int], filler: Filler) -> list[int]:
    """Names that go with a filler though the parser has not joined them: « contre X et Y », « des groupes tels que X, Y et Z »."""
    if not tokens or filler.how == "between":
        return []
    tree, number = scene.tree, scene.number
    last = scene.entities.at(number, tokens[-1])
    if last is None or last.sentence != number:
        return []
    if tree.feature(last.head, "Number") == "Plur" and last.resolution != "name":
        return _listed(scene, last.last + 1)
    k = last.last + 1
    if last.resolution == "name" and k + 1 < len(tree) and tree[k].upos == "CCONJ" and filler.how not in ("subject", "relative"):
        following = scene.entities.at(number, k + 1)
        if following is not None and following.entity is not None and following.resolution in ("name", "alias"):
            verb = tree[following.head].head
            if not (tree[following.head].deprel.startswith("nsubj") and tree.finite(verb)):
                return [k + 1]
    return []


def _listed(scene: Scene, start: int) -> list[int]:
    """Names after « tels que », « comme », « dont » or « notamment »."""
    tree, number = scene.tree, scene.number
    openers = scene.lexicon.notes.get("listing") or ()
    k = start
    while k < min(len(tree), start + 2) and tree.forms[k] in (",", "("):
        k += 1
    words = " ".join(tree.forms[k : k + 2]).replace("' ", "'")
    opener = next((o for o in openers if words == o or words.startswith(o + " ")), None)
    if opener is None:
        return []
    k += len(opener.split())
    found = []
    while k < len(tree):
        mention = scene.entities.at(number, k)
        if mention is not None and mention.entity is not None and mention.sentence == number:
            found.append(k)
            k = mention.last + 1
        elif tree.forms[k] == "," or tree.forms[k] in scene.lexicon.words["list_joints"]:
            k += 1
        else:
            break
    return found


def _leader(scene: Scene, token: int) -> list[EntityMention]:
    """« un groupe d'investisseurs emmené par X » acts as X."""
    tree = scene.tree
    led = (k for k in tree.children(token, "acl") if tree.lemmas[k] in scene.lexicon.cues["leading"] and tree.participle(k))
    agent = next((a for k in led for a in agents_of(tree, k)), None)
    if agent is None:
        return []
    return [m for c in tree.conjuncts(agent) for m in scene.entities.all_at(scene.number, c) if m.entity]


def _name_behind(scene: Scene, token: int) -> EntityMention | None:
    """« un des passagers de X, Philippe Céric, 30 ans », « la secrétaire à l'Intérieur, Gale Norton »: the person named between
    commas right after the phrase, which the parser joined to a word inside it."""
    tree, number = scene.tree, scene.number
    singled = tree.forms[token] in scene.lexicon.words["one_of"] and tree[token].upos in ("PRON", "NUM", "DET")
    own = scene.entities.at(number, token)
    person = own is not None and own.entity is None and own.kind == "person" and own.sentence == number and own.head == token
    if (not singled and not person) or tree.is_plural(token):
        return None
    for k in sorted(tree.subtree(token)):
        mention = scene.entities.at(number, k)
        if k <= token + 1 or mention is None or mention.first != k or mention.kind != "person" or mention.resolution != "name":
            continue
        closing = tree.forms[mention.last + 1] if mention.last + 1 < len(tree) else "."
        if tree.forms[k - 1] == "," and closing in (",", ".", "(", ":") and tree[mention.head].deprel.startswith(("appos", "conj")):
            return mention if mention.entity else None
    return None


def is_participant(scene: Scene, mention: EntityMention) -> bool:
    """Keep entities, and unnamed participants that are a noun phrase of known kind."""
    if mention.entity is not None:
        return True
    head = scene.tree.sentence.tokens[mention.head] if mention.sentence == scene.number else None
    if head is not None and head.upos == "PRON":
        return False
    return mention.kind is not None


def is_quantity(scene: Scene, token: int) -> bool:
    """« 20 % du capital, la moitié des salariés, 3 000 postes »: the noun that counts hangs below."""
    names = scene.lexicon.cues["quantities"]
    tree = scene.tree
    return tree[token].upos in ("NUM", "SYM") or tree.lemmas[token] in names or tree.forms[token] == "%"


def _unlisted(scene: Scene, token: int) -> list[EntityMention]:
    """« vingt-deux autres », « une dizaine d'entre eux », « une enquête de gendarmerie »: people without a noun for them, a
    service without an article."""
    tree, cues = scene.tree, scene.lexicon.cues
    forms = tree.forms
    numbers = [k for k in tree.kids[token] if k < token and tree[k].upos == "NUM"]
    if tree[token].upos == "PRON" and tuple(forms[max(0, token - 2) : token]) == tree.grammar.among and numbers:
        return [_mention(scene, numbers[0], token, numbers[0], "group")]
    if tree[token].upos == "NUM" and token + 1 < len(tree) and forms[token + 1] in scene.lexicon.words["of_the"]:
        below = [m for k in tree.children(token, "nmod", "obl") for m in scene.entities.all_at(scene.number, k) if m.kind == "group" and m.entity is None]
        if below and below[0].sentence == scene.number:
            return [_mention(scene, token, below[0].last, token, "group")]  # « deux des cinq accusés »
    if forms[token] in cues["others"] and token > 0 and tree[token - 1].upos == "NUM":
        return [_mention(scene, token - 1, token, token - 1, "group")]
    if tree.lemmas[token] in tree.grammar.counting:
        inside = [k for k in sorted(tree.subtree(token)) if token < k <= token + 3]
        rest = [k for k in inside if forms[k] in cues["others"] or (tree[k].upos == "PRON" and tuple(forms[k - 2 : k]) == tree.grammar.among)]
        return [_mention(scene, token, rest[0], token, "group")] if rest else []
    if forms[token] in cues["services"] and tree.case(token) in scene.lexicon.words["genitive"] and tree.determiner(token) is None:
        return [_mention(scene, token, token, token, "organization")]
    return []


def _mention(scene: Scene, first: int, last: int, head: int, kind: Kind) -> EntityMention:
    tokens = scene.tree.sentence.tokens
    start, end = tokens[first].start, tokens[last].end
    return EntityMention(scene.number, first, last, head, start, end, scene.source[start:end], None, "none", kind)
