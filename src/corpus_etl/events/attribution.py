"""Who says so: the source that a text gives for an event, with the words that name it.

Sources are the subjects of reporting verbs (over their clauses, parentheses and quotations), « selon X », the owners of
documents that speak (« sa plainte affirme que ») and the agents of passives (« accusé de … par X »). Each opens a scope of
tokens; a token belongs to the smallest scope around it. The verb of a speech event is the narrator's, its content the
speaker's. The words are data: `packs/<language>/discourse/attribution.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus_etl.entities import Entity, EntityIndex, EntityMention
from corpus_etl.language import AnalysedDocument, Sentence, Token

from .attribution_cues import AttributionCues
from .quotations import Quotation, find_quotations
from .verb_forms import verb_lemma

__all__ = ["Attribution", "AttributionCues", "Attributions", "attribute"]


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


def attribute(
    document: AnalysedDocument, entities: EntityIndex, cues: AttributionCues | None = None
) -> Attributions:
    """Sources of everything said in a document."""
    return _Reader(document, entities, cues or AttributionCues.load()).run()


def _base(token: Token) -> str:
    return token.deprel.split(":", 1)[0]


def _word(token: Token) -> str:
    return token.text.lower().replace("’", "'").replace("‘", "'")


def _infinitive(tokens: tuple[Token, ...], kids: dict[int, list[int]], i: int) -> bool:
    """« trahir », « avoir trahi », « être jugé »"""
    return "VerbForm=Inf" in tokens[i].feats or any(
        _base(tokens[c]) in ("aux", "cop") and "VerbForm=Inf" in tokens[c].feats for c in kids.get(i, ())
    )


class _Reader:
    def __init__(self, document: AnalysedDocument, entities: EntityIndex, cues: AttributionCues) -> None:
        self.document = document
        self.entities = entities
        self.cues = cues
        self.result = Attributions()
        self.kids: dict[int, dict[int, list[int]]] = {}
        self.speakers: dict[int, Attribution] = {}  # sentence -> source of its main reporting verb
        self.asides: dict[int, Attribution] = {}  # sentence -> source put behind a comma

    def run(self) -> Attributions:
        for sentence in self.document.sentences:
            if not sentence.tokens:
                continue
            kids: dict[int, list[int]] = {}
            for token in sentence.tokens:
                if token.head != token.i:
                    kids.setdefault(token.head, []).append(token.i)
            self.kids[sentence.index] = kids
            self._markers(sentence)
            self._as_told(sentence)
            for token in sentence.tokens:
                if token.upos in ("VERB", "AUX") and (
                    self.lemma(token) in self.cues.quoting or self._inserted(sentence, token)
                ):
                    self._verb(sentence, token)
                    self._aside(sentence, token)
                elif token.upos in ("ADJ", "NOUN", "PROPN", "X") and token.text.islower():
                    self._aside(sentence, token)
                if token.upos == "NOUN" and token.lemma in self.cues.nouns:
                    self._noun(sentence, token)
        self._quotations()
        return self.result

    # ------------------------------------------------------------------ helpers
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
            if _base(t) in ("obl", "nmod")
            and t.upos == "NOUN"
            and any(_word(tokens[c]) in self.cues.temporal and c < t.i for c in kids.get(t.i, ()))
        )
        return {
            t
            for t in self.subtree(sentence, i, adjuncts)
            if t < colon
            and (
                tokens[t].upos != "NOUN"
                or not any(_word(tokens[c]) in ("ce", "cet", "cette", "ces") for c in kids.get(t, ()))
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
            relation = _base(word)
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
                if (_base(tokens[c]) == "nsubj" or tokens[c].deprel == "expl:subj")
                and _word(tokens[c]) not in ("-t", "t")
            ]
            agents = [
                c
                for c in kids.get(i, ())
                if tokens[c].deprel == "obl:agent"
                or (_base(tokens[c]) == "obl" and any(_word(tokens[k]) in ("par",) for k in kids.get(c, ())))
            ]
            if self._passive(sentence, i):
                return agents[0] if agents else None
            if not here and i == verb:
                here = [c for c in kids.get(i, ()) if c < i and self._bare_phrase(sentence, c)]
            if here:
                names = [c for c in here if tokens[c].upos != "PRON"] or here
                telling = [c for c in names if self.source(sentence, c) is not None] or names
                return min(telling, key=lambda c: abs(c - i))
            relation = _base(tokens[i])
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
                and _infinitive(tokens, kids, i)
                and self.lemma(tokens[tokens[i].head]) in self.cues.object_control
            ):
                controllers = [
                    c for c in kids.get(tokens[i].head, ()) if _base(tokens[c]) in ("obj", "iobj") and c < i
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
        return i > 0 and _word(sentence.tokens[i - 1]) == "en"

    def _bare_phrase(self, sentence: Sentence, i: int) -> bool:
        """A person or body before its verb without a preposition: a subject that the parser called an adverbial."""
        tokens = sentence.tokens
        if _base(tokens[i]) not in ("obl", "dislocated", "nmod") or any(
            _base(tokens[c]) == "case" for c in self.kids[sentence.index].get(i, ())
        ):
            return False
        mention = self.entities.at(sentence.index, i)
        return (
            mention is not None
            and mention.kind in ("person", "organization", "group")
            and tokens[i].upos != "PRON"
        )

    def _passive(self, sentence: Sentence, i: int) -> bool:
        tokens, kids = sentence.tokens, self.kids[sentence.index].get(i, ())
        if any(tokens[c].deprel in ("aux:pass", "nsubj:pass") for c in kids):
            return True
        bare = (
            "VerbForm=Part" in tokens[i].feats
            and "Tense=Pres" not in tokens[i].feats
            and not any(_base(tokens[c]) == "aux" for c in kids)
        )
        if not bare or tokens[i].upos != "VERB":
            return False
        if _base(tokens[i]) == "conj" and tokens[i].head != i:
            return self._passive(sentence, tokens[i].head)
        return True

    # ------------------------------------------------------------------ verbs and nouns
    def _verb(self, sentence: Sentence, verb: Token) -> None:
        tokens, kids = sentence.tokens, self.kids[sentence.index]
        subject = self.subject(sentence, verb.i)
        found = self.source(sentence, subject) if subject is not None else None
        if "Tense=Pres" in verb.feats and "VerbForm=Part" in verb.feats:
            # « « … », dit X, suggérant … »: the participle is the speaker's, wherever it hangs
            between = tokens[min(verb.head, verb.i) : verb.i]
            speaker = self.speakers.get(sentence.index)
            if speaker is not None and any(t.text in ("»", "”", "«") for t in between):
                found = speaker.entity, speaker.start, speaker.end
        if found is None:
            return
        source = self.attribution(found, verb)
        head = tokens[verb.head]
        if self._comparison(sentence, verb):
            inside = self.subtree(sentence, head.i, frozenset({verb.i}))
            self.result.add(sentence.index, inside, source)
            return
        if self._incise(sentence, verb):
            first = min(self.subtree(sentence, verb.i))
            if not self._only_quoted(sentence, first):
                inside = self.subtree(sentence, head.i, frozenset({verb.i}))
                self.result.add(sentence.index, inside - {verb.i}, source)
            self.speakers[sentence.index] = source
        if self.lemma(verb) not in self.cues.reporting:
            self.speakers.setdefault(sentence.index, source)
            return
        self.speakers.setdefault(sentence.index, source)
        for child in kids.get(verb.i, ()):
            if self._content(sentence, verb, tokens[child]):
                self.result.add(sentence.index, self.reported(sentence, child), source)
            elif _base(tokens[child]) in ("obj", "iobj", "obl", "xcomp") and (
                self.lemma(verb) in self.cues.accusing or self.lemma(verb) in self.cues.commissive
            ):
                # « accuser X d'avoir … » with the infinitive hung on X
                for inner in sorted(self.subtree(sentence, child)):
                    if inner > child and _base(tokens[inner]) == "acl" and _infinitive(tokens, kids, inner):
                        self.result.add(sentence.index, self.reported(sentence, inner), source)
        content = [c for c in kids.get(verb.i, ()) if self._content(sentence, verb, tokens[c])]
        for child in kids.get(verb.i, ()):
            # « Il rappelle que X est parti lorsque … »: a finite clause behind the reported one belongs to it
            finite = any("Mood=" in tokens[k].feats for k in (child, *kids.get(child, ())))
            if (
                content
                and child > content[-1]
                and _base(tokens[child]) == "advcl"
                and _base(tokens[content[-1]]) == "ccomp"
                and finite
            ):
                self.result.add(sentence.index, self.reported(sentence, child), source)
        if not content:
            self._behind_that(sentence, verb, source)
        self._after_colon(sentence, verb, source)

    def _behind_that(self, sentence: Sentence, verb: Token, source: Attribution) -> None:
        """« X indique que … » where the parser hung the clause elsewhere: what follows « que » up to the next break."""
        tokens = sentence.tokens
        if self.lemma(verb) not in self.cues.statement:
            return
        at = verb.i + 1
        while (
            at < len(tokens)
            and at <= verb.i + 4
            and tokens[at].upos in ("ADV", "ADJ", "PRON")
            and _word(tokens[at]) not in self.cues.that
        ):
            at += 1
        if at >= len(tokens) or _word(tokens[at]) not in self.cues.that:
            return
        end = next((t.i for t in tokens[at:] if t.text in (";", "»", "”", ":")), len(tokens))
        self.result.add(sentence.index, range(at + 1, end), source)

    def _aside(self, sentence: Sentence, verb: Token) -> None:
        """« …, précise le club. »: a verb of speech between a comma or quotation and its subject, however it was parsed."""
        tokens = sentence.tokens
        first = verb.i - 1
        while first > 0 and (tokens[first].upos == "AUX" or _word(tokens[first]) in ("s'", "se")):
            first -= 1
        closed = first > 0 and tokens[first].text in (",", "»", "”", '"')
        participle = "Tense=Pres" in verb.feats and "VerbForm=Part" in verb.feats
        if not closed or participle or self.lemma(verb) not in self.cues.quoting:
            return
        at = verb.i + 1
        while (
            at < len(tokens)
            and at <= verb.i + 4
            and tokens[at].upos in ("DET", "ADV", "ADJ", "ADP")
            and self.entities.at(sentence.index, at) is None
        ):
            at += 1
        found = self.source(sentence, at) if at < len(tokens) else None
        mention = self.entities.at(sentence.index, at) if found else None
        if found is None or mention is None or mention.sentence != sentence.index:
            return
        behind = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
        if behind is not None and behind.upos in ("VERB", "AUX", "NOUN"):
            return
        source = self.attribution(found, verb)
        self.speakers.setdefault(sentence.index, source)
        self.asides[sentence.index] = source
        if self._only_quoted(sentence, first + 1):
            return  # the quotation is looked after for itself
        own = set(range(verb.i, mention.last + 1))
        self.result.add(
            sentence.index, {i for i in self._segment(sentence, verb.i) if i < verb.i} - own, source
        )

    def _comparison(self, sentence: Sentence, verb: Token) -> bool:
        """« Comme l'explique X, … »: the clause speaks of its main clause."""
        marks = [sentence.tokens[c] for c in self.kids[sentence.index].get(verb.i, ())]
        return _base(verb) in ("advcl", "acl", "parataxis") and any(
            _word(m) in self.cues.comparison and m.i < verb.i for m in marks
        )

    def _only_quoted(self, sentence: Sentence, first: int) -> bool:
        """Does an aside that begins at `first` follow a quotation that is all of what is reported?

        « Les faits sont graves : « … », dit X » yes; « Il viendra « dans les prochains jours », dit X » no.
        """
        tokens = sentence.tokens
        marks = ("»", "”", '"', "«")
        closing = next((i for i in range(first - 1, max(-1, first - 3), -1) if tokens[i].text in marks), None)
        if closing is None:
            return False
        opening = next((i for i in range(closing - 1, -1, -1) if tokens[i].text in ("«", "“", '"')), 0)
        return opening <= 1 or tokens[opening - 1].text in (":", ",") or tokens[opening - 1].text in marks

    def _incise(self, sentence: Sentence, verb: Token) -> bool:
        """« …, explique X, … »: a reporting verb put into or behind what it reports."""
        tokens = sentence.tokens
        if verb.head == verb.i or _base(verb) not in (
            "parataxis",
            "conj",
            "ccomp",
            "appos",
            "advcl",
            "dep",
            "acl",
            "xcomp",
        ):
            return False
        subjects = [
            c
            for c in self.kids[sentence.index].get(verb.i, ())
            if _base(tokens[c]) in ("nsubj", "expl") and _word(tokens[c]) not in ("-t", "s'", "se")
        ]
        inverted = bool(subjects) and all(s > verb.i or tokens[s].text.startswith("-") for s in subjects)
        if not inverted:
            return False
        if self.lemma(verb) not in self.cues.quoting and _base(verb) != "parataxis":
            return False
        first = min(self.subtree(sentence, verb.i))
        before = tokens[first - 1].text if first else ""
        return before in (",", "»", "”", '"', "–", "—", "-", "(", "?", "!") or tokens[first].text in (
            ",",
            "»",
            "”",
            '"',
            "–",
            "—",
            "(",
        )

    def _inserted(self, sentence: Sentence, verb: Token) -> bool:
        """« …, coupe court la dirigeante. »: any verb with its subject behind it, put after a comma or a quotation."""
        if _base(verb) != "parataxis":
            return False
        mention = next(
            (
                self.entities.at(sentence.index, c)
                for c in self.kids[sentence.index].get(verb.i, ())
                if _base(sentence.tokens[c]) == "nsubj" and c > verb.i
            ),
            None,
        )
        return mention is not None and mention.kind in ("person", "organization", "group")

    def _content(self, sentence: Sentence, verb: Token, child: Token) -> bool:
        """Is a dependent of a reporting verb what is reported?"""
        relation = _base(child)
        kids = self.kids[sentence.index]
        infinitive = _infinitive(sentence.tokens, kids, child.i)
        clausal = relation in ("ccomp", "csubj") or (relation == "xcomp" and child.upos == "VERB")
        if clausal and not infinitive and self._finite(sentence, child.i):
            return True
        if infinitive and relation in ("xcomp", "ccomp", "csubj", "obl", "advcl", "obj", "acl"):
            marks = {
                _word(sentence.tokens[c])
                for c in self.kids[sentence.index].get(child.i, ())
                if _base(sentence.tokens[c]) in ("mark", "case")
            }
            if self.lemma(verb) in self.cues.accusing or self.lemma(verb) in self.cues.commissive:
                if "pour" in marks:
                    return child.i > verb.i and self.lemma(verb) in self.cues.with_pour
                return child.i > verb.i and not marks & {"en", "après", "avant", "sans"}
            perfect = any(_base(sentence.tokens[c]) == "aux" for c in kids.get(child.i, ()))
            return (
                relation in ("xcomp", "ccomp", "csubj")
                and (perfect or self.lemma(verb) in self.cues.infinitive)
                and not marks & {"pour", "en", "après", "avant", "sans"}
            )
        if relation == "advcl" and self.lemma(verb) in self.cues.with_pour and child.i > verb.i:
            # « insister pour que … »
            return any(_word(sentence.tokens[c]) == "pour" for c in kids.get(child.i, ()))
        bare = relation == "obl" and not any(
            _base(sentence.tokens[c]) == "case" for c in kids.get(child.i, ())
        )
        if child.upos in ("NOUN", "PROPN", "NUM", "SYM") and (
            relation == "obj" or (bare and child.i > verb.i)
        ):
            return self.lemma(verb) in self.cues.object
        if (
            self.lemma(verb) in self.cues.accusing
            and relation == "obl"
            and child.upos == "NOUN"
            and child.i > verb.i
        ):
            return any(
                _word(sentence.tokens[c]) in ("de", "d'", "du", "des")
                for c in self.kids[sentence.index].get(child.i, ())
            )
        return False

    def _finite(self, sentence: Sentence, i: int) -> bool:
        tokens = sentence.tokens
        return any(
            "Mood=" in tokens[k].feats
            for k in (i, *self.kids[sentence.index].get(i, ()))
            if tokens[k].upos in ("VERB", "AUX")
        )

    def _after_colon(self, sentence: Sentence, verb: Token, source: Attribution) -> None:
        """« X a proposé deux options : … », « X explique : « … » »"""
        tokens = sentence.tokens
        if _base(verb) not in ("root", "conj", "parataxis") and verb.head != verb.i:
            return
        colon = next((t.i for t in tokens[verb.i : verb.i + 30] if t.text == ":"), None)
        if colon is None or any(
            t.upos in ("VERB", "AUX") and "Mood=" in t.feats for t in tokens[verb.i + 1 : colon]
        ):
            return
        if colon + 1 < len(tokens) and tokens[colon + 1].text in ("«", "“", '"'):
            return  # the quotation is looked after for itself
        self.result.add(sentence.index, range(colon + 1, len(tokens)), source)

    def _noun(self, sentence: Sentence, noun: Token) -> None:
        """« l'affirmation de X selon laquelle … », « la promesse de X de … »"""
        owned = self._owned(sentence, noun.i)
        light = sentence.tokens[noun.head]
        if owned is None and _base(noun) == "obj" and self.lemma(light) in self.cues.light:
            subject = self.subject(sentence, light.i)
            owned = self.source(sentence, subject) if subject is not None else None
        if owned is None:
            return
        if noun.lemma in self.cues.commissive_nouns and self.lemma(light) in self.cues.light:
            # « lancer un appel aux dons » with the complement hung on the verb
            for child in self.kids[sentence.index].get(light.i, ()):
                if child == noun.i + 2 and _base(sentence.tokens[child]) == "obl":
                    self.result.add(sentence.index, self.subtree(sentence, child), self.attribution(owned))
        for child in self.kids[sentence.index].get(noun.i, ()):
            word = sentence.tokens[child]
            if (
                noun.lemma in self.cues.commissive_nouns
                and self.lemma(light) in self.cues.light
                and _base(word) in ("nmod", "obl")
                and child > noun.i
            ):
                self.result.add(sentence.index, self.subtree(sentence, child), self.attribution(owned))
                continue
            words = {_word(sentence.tokens[c]) for c in self.kids[sentence.index].get(child, ())}
            infinitive = "VerbForm=Inf" in word.feats and noun.lemma not in ("idée", "plainte", "avis")
            if (_base(word) in ("acl", "ccomp") and word.upos in ("VERB", "ADJ", "NOUN")) and (
                infinitive or "que" in words or "qu'" in words or "lequel" in words or "laquelle" in words
            ):
                self.result.add(sentence.index, self.subtree(sentence, child), self.attribution(owned))

    # ------------------------------------------------------------------ « selon X »
    def _markers(self, sentence: Sentence) -> None:
        tokens = sentence.tokens
        text = self.document.text
        found: list[tuple[Token, int]] = []
        for token in tokens:
            window = text[token.start : token.start + 24].lower().replace("’", "'").replace("‘", "'")
            marker = next(
                (
                    m
                    for m in self.cues.markers
                    if window.startswith(m) and (m.endswith("'") or not window[len(m) : len(m) + 1].isalnum())
                ),
                None,
            )
            if marker is None and token.i <= 1:
                marker = next((m for m in self.cues.fronted if window.startswith(m + " ")), None)
                if marker is not None and not self._fronted(sentence, token):
                    marker = None
            if marker is None or (_word(token) == "suivant" and token.upos != "ADP"):
                continue
            after = token.start + len(marker)
            first = next((t.i for t in tokens[token.i :] if t.start >= after or t.end > after), None)
            if first is not None:
                found.append((token, first))
        for token, first in found:
            self._marker(sentence, token, first, among=len(found) > 1)

    def _as_told(self, sentence: Sentence) -> None:
        """« Comme l'explique X, … » at the head of a sentence, however it was parsed."""
        tokens = sentence.tokens
        if len(tokens) < 6 or _word(tokens[0]) not in self.cues.comparison:
            return
        verb = next(
            (t for t in tokens[1:5] if self.lemma(t) in self.cues.statement and t.text.islower()), None
        )
        comma = next((t.i for t in tokens[2:16] if t.text == ","), None)
        if verb is None or comma is None or verb.i >= comma:
            return
        for i in range(comma - 1, 0, -1):
            found = self.source(sentence, i) if i != verb.i else None
            if found is not None:
                self.result.add(sentence.index, range(comma + 1, len(tokens)), self.attribution(found, verb))
                return

    def _marker(self, sentence: Sentence, marker: Token, first: int, among: bool) -> None:
        """One source phrase. `among` several (« 2 000 selon X, 5 000 d'après Y ») it tells about its part between commas."""
        tokens = sentence.tokens
        found = None
        at = first
        for i in range(first, min(first + 6, len(tokens))):
            if tokens[i].text in (",", ".", ";", ":", "»") or tokens[i].upos in ("VERB", "AUX"):
                break
            if tokens[i].upos in ("NOUN", "PROPN", "PRON", "ADJ", "X"):
                found, at = self.source(sentence, i), i
                if found is not None or tokens[i].upos in ("NOUN", "PRON"):
                    break
        if found is None:
            if tokens[at].upos in ("NOUN", "PROPN") and _word(marker) in ("selon", "d'après", "d'"):
                found = (None, tokens[at].start, tokens[at].end)
            else:
                return
        if tokens[at].upos == "PRON" and tokens[at].text.lower() in ("lequel", "laquelle", "lesquels"):
            return
        mention = self.entities.at(sentence.index, at)
        last = mention.last if mention is not None and mention.sentence == sentence.index else at
        own = set(range(marker.i, max(at, last) + 1))
        clause = self._clause(sentence, at)
        inside = self.subtree(sentence, clause) if clause is not None else self._segment(sentence, marker.i)
        if among and marker.i > 1:
            low = max((t.i for t in tokens[: marker.i] if t.text in (",", ";")), default=-1)
            inside = set(range(low + 1, marker.i))
        entity, _, end = found
        end = max(end, tokens[at].end)
        if end > marker.start and end - marker.start < 90:
            source = Attribution(entity, marker.start, end, self.document.text[marker.start : end])
        else:
            source = self.attribution(found)
        self.result.add(sentence.index, inside - own, source)

    def _segment(self, sentence: Sentence, i: int) -> set[int]:
        """Tokens between the breaks (« ; », « , mais ») around a token."""
        tokens = sentence.tokens
        breaks = [
            t.i
            for t in tokens
            if t.text == ";" or (t.i > 0 and _word(t) in self.cues.but and tokens[t.i - 1].text == ",")
        ]
        stops = [-1, *breaks, len(tokens)]
        low = max(s for s in stops if s < i) if i else -1
        high = min(s for s in stops if s > i)
        return set(range(low + 1, high))

    def _clause(self, sentence: Sentence, i: int) -> int | None:
        """Predicate of the clause that a source phrase stands in; null for the whole sentence."""
        tokens = sentence.tokens
        if i <= 4:
            return None
        for _ in range(10):
            token = tokens[i]
            if token.head == i:
                return None
            i = token.head
            if tokens[i].upos in ("VERB", "AUX") or any(
                _base(tokens[c]) in ("cop", "nsubj") for c in self.kids[sentence.index].get(i, ())
            ):
                relation = _base(tokens[i])
                if relation in ("xcomp", "conj") and "VerbForm=Inf" in tokens[i].feats:
                    continue
                return None if relation == "root" or tokens[i].head == i else i
        return None

    def _fronted(self, sentence: Sentence, marker: Token) -> bool:
        """« Pour X, … » at the head of a sentence, X somebody."""
        for token in sentence.tokens[marker.i + 1 : marker.i + 8]:
            if token.text == ",":
                mention = self.entities.at(sentence.index, token.i - 1)
                return mention is not None and (mention.kind in ("person", "organization", "group"))
            if token.upos in ("VERB", "AUX", "NUM"):
                return False
        return False

    # ------------------------------------------------------------------ quotations
    def _quotations(self) -> None:
        previous: tuple[Quotation, Attribution] | None = None
        for quotation in find_quotations(self.document.text):
            touched = [
                s for s in self.document.sentences if s.start < quotation.end and s.end > quotation.start
            ]
            if not touched:
                continue
            source = self._speaker(quotation, touched)
            if (
                source is None
                and previous is not None
                and quotation.start - previous[0].end < 200
                and "\n" in self.document.text[previous[0].end : quotation.start]
                and len(quotation) > 60
            ):
                source = previous[1]
            if source is None:
                continue
            previous = quotation, source
            for sentence in touched:
                inside = [
                    t.i for t in sentence.tokens if quotation.start <= t.start and t.end <= quotation.end
                ]
                self.result.add(sentence.index, inside, source)

    def _speaker(self, quotation: Quotation, touched: list[Sentence]) -> Attribution | None:
        """Subject of the verb of speech beside a quotation: in its first or last sentence, or the one just behind it."""
        if len(quotation) < 12:
            return None
        around = {touched[-1].index: touched[-1], touched[0].index: touched[0]}
        following = touched[-1].index + 1
        ends = touched[-1].end <= quotation.end + 2
        if (
            ends
            and following < len(self.document.sentences)
            and self.document.text[quotation.end : quotation.end + 3].strip(' »”"')[:1] in (",", "–", "—")
        ):
            around[following] = self.document.sentences[following]
        best: tuple[int, Attribution] | None = None
        for sentence in around.values():
            for verb in sentence.tokens:
                if (
                    verb.upos not in ("VERB", "AUX")
                    or self.lemma(verb) not in self.cues.quoting
                    or quotation.start <= verb.start < quotation.end
                ):
                    continue
                distance = min(abs(verb.start - quotation.end), abs(quotation.start - verb.end))
                if distance > 120 or (best is not None and best[0] <= distance):
                    continue
                subject = self.subject(sentence, verb.i)
                found = self.source(sentence, subject) if subject is not None else None
                if found is not None and not quotation.start <= found[1] < quotation.end:
                    best = distance, self.attribution(found, verb)
        if best is not None:
            return best[1]
        aside = self.asides.get(touched[-1].index)
        if aside is not None:
            return aside
        inner = [
            self.result.of(s.index, t.i)
            for s in touched[:1]
            for t in s.tokens
            if t.start < quotation.start and quotation.start - t.end < 40
        ]
        return next((a for a in reversed(inner) if a is not None), None)
