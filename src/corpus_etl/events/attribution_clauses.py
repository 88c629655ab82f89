"""Scopes of verbs and nouns of speech: clauses, infinitives, objects, asides."""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .attribution_base import Attribution, is_infinitive
from .attribution_markers import Markers
from .tokens import base, word_of


class Clauses(Markers):
    """Scopes of verbs and nouns of speech."""

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
            elif base(tokens[child]) in ("obj", "iobj", "obl", "xcomp") and (
                self.lemma(verb) in self.cues.accusing or self.lemma(verb) in self.cues.commissive
            ):
                # « accuser X d'avoir … » with the infinitive hung on X
                for inner in sorted(self.subtree(sentence, child)):
                    if inner > child and base(tokens[inner]) == "acl" and is_infinitive(tokens, kids, inner):
                        self.result.add(sentence.index, self.reported(sentence, inner), source)
        content = [c for c in kids.get(verb.i, ()) if self._content(sentence, verb, tokens[c])]
        for child in kids.get(verb.i, ()):
            # « Il rappelle que X est parti lorsque … »: a finite clause behind the reported one belongs to it
            finite = any("Mood=" in tokens[k].feats for k in (child, *kids.get(child, ())))
            if (
                content
                and child > content[-1]
                and base(tokens[child]) == "advcl"
                and base(tokens[content[-1]]) == "ccomp"
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
            and word_of(tokens[at]) not in self.cues.that
        ):
            at += 1
        if at >= len(tokens) or word_of(tokens[at]) not in self.cues.that:
            return
        end = next((t.i for t in tokens[at:] if t.text in (";", "»", "”", ":")), len(tokens))
        self.result.add(sentence.index, range(at + 1, end), source)

    def _aside(self, sentence: Sentence, verb: Token) -> None:
        """« …, précise le club. »: a verb of speech between a comma or quotation and its subject, however it was parsed."""
        tokens = sentence.tokens
        first = verb.i - 1
        while first > 0 and (tokens[first].upos == "AUX" or word_of(tokens[first]) in self.cues.reflexives):
            first -= 1
        closed = first > 0 and tokens[first].text in (",", "»", "”", '"')
        participle = "Tense=Pres" in verb.feats and "VerbForm=Part" in verb.feats
        if not closed or participle or self.lemma(verb) not in self.cues.quoting:
            return
        if first == verb.i - 1 and "VerbForm=Part" in verb.feats:
            return  # « une prime, jugée insuffisante par X »: a participle says nothing of what stands before it
        if not any("Mood=" in t.feats or t.text in ("«", "»", "”", '"') for t in tokens[:first]):
            return  # « X, reçu par Y, a appelé Z à … »: nothing is told before it
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
        return base(verb) in ("advcl", "acl", "parataxis") and any(
            word_of(m) in self.cues.comparison and m.i < verb.i for m in marks
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
        if verb.head == verb.i or base(verb) not in (
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
            if base(tokens[c]) in ("nsubj", "expl") and word_of(tokens[c]) not in self.cues.no_subjects
        ]
        inverted = bool(subjects) and all(s > verb.i or tokens[s].text.startswith("-") for s in subjects)
        if not inverted:
            return False
        if self.lemma(verb) not in self.cues.quoting and base(verb) != "parataxis":
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
        if base(verb) != "parataxis":
            return False
        mention = next(
            (
                self.entities.at(sentence.index, c)
                for c in self.kids[sentence.index].get(verb.i, ())
                if base(sentence.tokens[c]) == "nsubj" and c > verb.i
            ),
            None,
        )
        return mention is not None and mention.kind in ("person", "organization", "group")

    def _content(self, sentence: Sentence, verb: Token, child: Token) -> bool:
        """Is a dependent of a reporting verb what is reported?"""
        relation = base(child)
        kids = self.kids[sentence.index]
        infinitive = is_infinitive(sentence.tokens, kids, child.i)
        clausal = relation in ("ccomp", "csubj") or (relation == "xcomp" and child.upos == "VERB")
        if clausal and not infinitive and self._finite(sentence, child.i):
            return True
        if infinitive and relation in ("xcomp", "ccomp", "csubj", "obl", "advcl", "obj", "acl"):
            marks = {
                word_of(sentence.tokens[c])
                for c in self.kids[sentence.index].get(child.i, ())
                if base(sentence.tokens[c]) in ("mark", "case")
            }
            if self.lemma(verb) in self.cues.accusing or self.lemma(verb) in self.cues.commissive:
                if marks & self.cues.purposes:
                    return child.i > verb.i and self.lemma(verb) in self.cues.with_pour
                return child.i > verb.i and not marks & self.cues.adverbial_marks
            perfect = any(base(sentence.tokens[c]) == "aux" for c in kids.get(child.i, ()))
            return (
                relation in ("xcomp", "ccomp", "csubj")
                and (perfect or self.lemma(verb) in self.cues.infinitive)
                and not marks & (self.cues.purposes | self.cues.adverbial_marks)
            )
        if relation == "advcl" and self.lemma(verb) in self.cues.with_pour and child.i > verb.i:
            # « insister pour que … »
            return any(word_of(sentence.tokens[c]) in self.cues.purposes for c in kids.get(child.i, ()))
        bare = relation == "obl" and not any(
            base(sentence.tokens[c]) == "case" for c in kids.get(child.i, ())
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
                word_of(sentence.tokens[c]) in self.cues.charge_prepositions
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
        if base(verb) not in ("root", "conj", "parataxis") and verb.head != verb.i:
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
        if owned is None and base(noun) == "obj" and self.lemma(light) in self.cues.light:
            subject = self.subject(sentence, light.i)
            owned = self.source(sentence, subject) if subject is not None else None
        if owned is None:
            return
        if noun.lemma in self.cues.commissive_nouns and self.lemma(light) in self.cues.light:
            # « lancer un appel aux dons » with the complement hung on the verb
            for child in self.kids[sentence.index].get(light.i, ()):
                if child == noun.i + 2 and base(sentence.tokens[child]) == "obl":
                    self.result.add(sentence.index, self.subtree(sentence, child), self.attribution(owned))
        for child in self.kids[sentence.index].get(noun.i, ()):
            word = sentence.tokens[child]
            if (
                noun.lemma in self.cues.commissive_nouns
                and self.lemma(light) in self.cues.light
                and base(word) in ("nmod", "obl")
                and child > noun.i
            ):
                self.result.add(sentence.index, self.subtree(sentence, child), self.attribution(owned))
                continue
            words = {word_of(sentence.tokens[c]) for c in self.kids[sentence.index].get(child, ())}
            infinitive = "VerbForm=Inf" in word.feats and noun.lemma not in self.cues.without_infinitive
            if (base(word) in ("acl", "ccomp") and word.upos in ("VERB", "ADJ", "NOUN")) and (
                infinitive or words & self.cues.noun_clause_marks
            ):
                self.result.add(sentence.index, self.subtree(sentence, child), self.attribution(owned))
