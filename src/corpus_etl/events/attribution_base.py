"""Sources of statements: what they are, and whom a subject, owner or agent in a sentence stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus_etl.entities import Entity, EntityIndex, EntityMention
from corpus_etl.language import AnalysedDocument, Sentence, Token

from .attribution_cues import AttributionCues
from .tokens import base, word_of
from .verb_forms import told_apart, verb_lemma


@dataclass(frozen=True, slots=True)
class Attribution:
    """The source of a statement: entity (null where it has no name) and the words of the text that give it."""

    entity: Entity | None
    start: int
    end: int
    text: str


@dataclass
class Attributions:
    """The sources of all tokens of a document."""

    scopes: dict[tuple[int, int], tuple[int, Attribution]] = field(default_factory=dict)

    def of(self, sentence: int, token: int) -> Attribution | None:
        """Who asserts what a token says; null for the narrator."""
        found = self.scopes.get((sentence, token))
        return found[1] if found else None

    def add(self, sentence: int, tokens: Iterable[int], source: Attribution) -> None:
        """Open a scope; smaller ones win."""
        inside = list(tokens)
        for i in inside:
            known = self.scopes.get((sentence, i))
            if known is None or len(inside) < known[0]:
                self.scopes[(sentence, i)] = (len(inside), source)


def is_infinitive(tokens: tuple[Token, ...], kids: dict[int, list[int]], i: int) -> bool:
    """« trahir », « avoir trahi », « être jugé »"""
    return "VerbForm=Inf" in tokens[i].feats or any(
        base(tokens[c]) in ("aux", "cop") and "VerbForm=Inf" in tokens[c].feats for c in kids.get(i, ())
    )


class Sources:
    """What all readers of sources share: the tree of the sentence, who a token is, the subject of a verb."""

    def __init__(self, document: AnalysedDocument, entities: EntityIndex, cues: AttributionCues) -> None:
        self.document = document
        self.entities = entities
        self.cues = cues
        self.result = Attributions()
        self.kids: dict[int, dict[int, list[int]]] = {}
        self.speakers: dict[int, Attribution] = {}  # sentence -> source of its main reporting verb
        self.asides: dict[int, Attribution] = {}  # sentence -> source put behind a comma

    def lemma(self, token: Token) -> str:
        return verb_lemma(token, self.cues.quoting)

    def subtree(self, sentence: Sentence, i: int, without: frozenset[int] = frozenset()) -> set[int]:
        kids, stack, inside = self.kids[sentence.index], [i], {i}
        while stack:
            for child in kids.get(stack.pop(), ()):
                if child not in without and child not in inside:
                    inside.add(child)
                    stack.append(child)
        return inside

    def reported(self, sentence: Sentence, i: int) -> set[int]:
        """Tokens of a reported clause, without nouns that take up what the text said before (« cette évolution »)."""
        kids, tokens = self.kids[sentence.index], sentence.tokens
        colon = next((t.i for t in tokens[i:] if t.text == ":"), len(tokens))
        adjuncts = frozenset(
            t.i
            for t in tokens
            if base(t) in ("obl", "nmod")
            and t.upos == "NOUN"
            and any(word_of(tokens[c]) in self.cues.temporal and c < t.i for c in kids.get(t.i, ()))
        )
        if tokens[i].upos == "NOUN":
            # « X propose une prime, jugée insuffisante par Y »: the narrator's
            adjuncts |= frozenset(c for c in kids.get(i, ()) if told_apart(tokens, c))
        return {
            t
            for t in self.subtree(sentence, i, adjuncts)
            if t < colon
            and (
                tokens[t].upos != "NOUN"
                or not any(word_of(tokens[c]) in self.cues.demonstratives for c in kids.get(t, ()))
            )
        }

    def source(self, sentence: Sentence, i: int) -> tuple[Entity | None, int, int] | None:
        """Who a noun, name or pronoun token is: entity and the offsets of the words that say so."""
        mention = self.entities.at(sentence.index, i)
        token = sentence.tokens[i]
        if (
            mention is not None
            and mention.entity is None
            and mention.kind in ("person", "organization", "group")
        ):
            if (
                "PronType" in token.feats
                and mention.sentence == sentence.index
                and mention.first == i == mention.last
                and token.upos == "PRON"
            ):
                return None
            return (self._unnamed(mention), *self._words(sentence, i, mention))
        if mention is not None and mention.entity is not None:
            if (
                mention.entity is not None
                and mention.entity.kind in ("product", "other")
                and token.upos == "NOUN"
            ):
                return self._owned(sentence, i)
            return (mention.entity, *self._words(sentence, i, mention))
        if token.upos in ("NOUN", "PROPN", "ADJ"):
            owned = self._owned(sentence, i)
            if owned is not None:
                return owned
            if token.lemma in self.cues.carriers:
                return None, token.start, token.end
        return None

    def _unnamed(self, mention: EntityMention) -> Entity:
        """A source without a name (« l'intersyndicale ») is an entity of the document, so that claims can be counted by source."""
        return Entity(f"{self.document.doc_id}:{mention.start}", mention.text, mention.kind or "other")

    def _words(self, sentence: Sentence, i: int, mention: EntityMention) -> tuple[int, int]:
        if mention.sentence == sentence.index and mention.first <= i <= mention.last:
            return mention.start, mention.end
        return sentence.tokens[i].start, sentence.tokens[i].end

    def _owned(self, sentence: Sentence, i: int) -> tuple[Entity | None, int, int] | None:
        """The owner of a document that speaks: « sa plainte », « le rapport de X »."""
        token = sentence.tokens[i]
        if token.lemma not in self.cues.carriers and token.lemma not in self.cues.nouns:
            return None
        for child in self.kids[sentence.index].get(i, ()):
            word = sentence.tokens[child]
            relation = base(word)
            if relation in ("det", "nmod", "obl", "acl"):
                mention = self.entities.at(sentence.index, child)
                unnamed = mention is not None and mention.entity is None and relation == "nmod"
                if unnamed and mention is not None and mention.kind in ("person", "organization", "group"):
                    return self._unnamed(mention), token.start, max(word.end, token.end)
                if (
                    mention is not None
                    and mention.entity is not None
                    and (relation != "det" or mention.resolution == "pronoun")
                ):
                    start, end = min(word.start, token.start), max(word.end, token.end)
                    return mention.entity, start, end if end - start < 80 else token.end
        return None

    def attribution(self, found: tuple[Entity | None, int, int], verb: Token | None = None) -> Attribution:
        entity, start, end = found
        if verb is not None:
            low, high = min(start, verb.start), max(end, verb.end)
            if high - low <= 60:
                start, end = low, high
        return Attribution(entity, start, end, self.document.text[start:end])

    def subject(self, sentence: Sentence, verb: int) -> int | None:
        """Subject of a verb, borrowed from its governor for participles and infinitives; the agent of a passive."""
        tokens, kids = sentence.tokens, self.kids[sentence.index]
        i = verb
        for _ in range(6):
            here = [
                c
                for c in kids.get(i, ())
                if (base(tokens[c]) == "nsubj" or tokens[c].deprel == "expl:subj")
                and word_of(tokens[c]) not in self.cues.euphonic
            ]
            agents = [
                c
                for c in kids.get(i, ())
                if tokens[c].deprel == "obl:agent"
                or (base(tokens[c]) == "obl" and any(word_of(tokens[k]) in self.cues.agent_prepositions for k in kids.get(c, ())))
            ]
            if self._passive(sentence, i):
                return agents[0] if agents else None
            if not here and i == verb:
                here = [c for c in kids.get(i, ()) if c < i and self._bare_phrase(sentence, c)]
            if here:
                inserted = self._inserted_subject(sentence, i)
                if inserted is not None:
                    return inserted
                names = [c for c in here if tokens[c].upos != "PRON"] or here
                telling = [c for c in names if self.source(sentence, c) is not None] or names
                return min(telling, key=lambda c: abs(c - i))
            relation = base(tokens[i])
            if (
                relation == "acl"
                and i != tokens[i].head
                and tokens[i].upos == "VERB"
                and tokens[tokens[i].head].upos != "VERB"
            ):
                outer = tokens[tokens[i].head]
                participle = "Tense=Pres" in tokens[i].feats and "VerbForm=Part" in tokens[i].feats
                mention = self.entities.at(sentence.index, outer.i)
                if participle and (
                    mention is None
                    or mention.kind not in ("person", "organization", "group")
                    or self._gerund(sentence, i)
                ):
                    i = outer.i
                    continue
                # « accuser X de … »: an infinitive beside an object, whose controller it is
                return outer.i
            if (
                relation in ("xcomp", "obl", "advcl")
                and is_infinitive(tokens, kids, i)
                and self.lemma(tokens[tokens[i].head]) in self.cues.object_control
            ):
                controllers = [
                    c for c in kids.get(tokens[i].head, ()) if base(tokens[c]) in ("obj", "iobj") and c < i
                ]
                if controllers:
                    return controllers[0]
            if tokens[i].head == i or relation not in (
                "conj",
                "xcomp",
                "advcl",
                "obl",
                "parataxis",
                "ccomp",
                "acl",
            ):
                return None
            i = tokens[i].head
        return None

    def _gerund(self, sentence: Sentence, i: int) -> bool:
        """« en rappelant »: its subject is that of the clause."""
        return i > 0 and word_of(sentence.tokens[i - 1]) in self.cues.gerund_marks

    def _bare_phrase(self, sentence: Sentence, i: int) -> bool:
        """A person or body before its verb without a preposition: a subject that the parser called an adverbial."""
        tokens = sentence.tokens
        if base(tokens[i]) not in ("obl", "dislocated", "nmod") or any(
            base(tokens[c]) == "case" for c in self.kids[sentence.index].get(i, ())
        ):
            return False
        mention = self.entities.at(sentence.index, i)
        return (
            mention is not None
            and mention.kind in ("person", "organization", "group")
            and tokens[i].upos != "PRON"
        )

    def _inserted_subject(self, sentence: Sentence, verb: int) -> int | None:
        """« OpenAI est, affirme la plainte, … »: the subject right behind a verb that stands between commas."""
        tokens = sentence.tokens
        if tokens[verb - 1].text not in (",", "»"):
            return None
        for c in self.kids[sentence.index].get(verb, ()):
            if verb < c <= verb + 2 and tokens[c].upos == "NOUN" and base(tokens[c]) in ("nsubj", "obj"):
                return c if c + 1 == len(tokens) or tokens[c + 1].text in (",", ".", "»") else None
        return None

    def _passive(self, sentence: Sentence, i: int) -> bool:
        tokens, kids = sentence.tokens, self.kids[sentence.index].get(i, ())
        if any(tokens[c].deprel in ("aux:pass", "nsubj:pass") for c in kids):
            return True
        bare = (
            "VerbForm=Part" in tokens[i].feats
            and "Tense=Pres" not in tokens[i].feats
            and not any(base(tokens[c]) == "aux" for c in kids)
        )
        if not bare or tokens[i].upos != "VERB":
            return False
        if base(tokens[i]) == "conj" and tokens[i].head != i:
            return self._passive(sentence, tokens[i].head)
        return True
