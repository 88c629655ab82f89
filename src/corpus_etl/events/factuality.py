"""Did it happen? Factuality of an event from its trigger outwards: negation, tense and mood, governing words.

The categories follow FactBank (Saurí and Pustejovsky 2009), reduced to four: asserted, negated, planned, possible. Starting
at the trigger the syntactic path is climbed; every word on it adds what its own negation, tense, mood and adverbs say, and
what it makes of its complement (`packs/<language>/discourse/factuality.yaml`). The content of reporting verbs stays what it is:
who says it is told by `attribution`.
"""

from __future__ import annotations

from corpus_etl.language import Sentence, Token

from .factuality_cues import Factuality, FactualityCues
from .verb_forms import tense_of, told_apart, verb_lemma

__all__ = ["Factuality", "FactualityCues", "factuality"]

_VALUES: tuple[Factuality, ...] = ("negated", "planned", "possible")
_MAX_STEPS = 7


def factuality(
    sentence: Sentence, trigger: int, cues: FactualityCues | None = None, worded: bool = False
) -> Factuality:
    """Factuality of the event whose trigger is the token `trigger` of a parsed sentence; with `worded` its negation belongs to
    the trigger (« il n'a pas survécu »)."""
    reading = _Reading(sentence, cues or FactualityCues.load(), trigger if worded else None)
    value = reading.of(trigger)
    return (reading.alternative(trigger) or value) if value == "asserted" else value


def _base(token: Token) -> str:
    return token.deprel.split(":", 1)[0]


def _word(token: Token) -> str:
    return token.text.lower().replace("’", "'").replace("‘", "'")


def _outer(inner: Factuality, outer: Factuality) -> Factuality:
    """What an event is that is `inner` by itself and stands in a context that is `outer`."""
    if outer == "asserted":
        return inner
    if outer == "negated":
        return "asserted" if inner == "negated" else "negated"
    return outer if inner == "asserted" else inner


class _Reading:
    """One sentence under the cues."""

    def __init__(self, sentence: Sentence, cues: FactualityCues, worded: int | None = None) -> None:
        self.tokens = sentence.tokens
        self.worded = worded
        self.cues = cues
        self.children: dict[int, list[Token]] = {}
        for token in sentence.tokens:
            if token.head != token.i:
                self.children.setdefault(token.head, []).append(token)
        self.question = bool(self.tokens) and self.tokens[-1].text.endswith("?")

    def of(self, trigger: int) -> Factuality:
        if (
            any(
                c.text.startswith("-") and _base(c) in ("nsubj", "expl")
                for c in self.children.get(trigger, ())
            )
            and not self.question
        ):
            return self.own(trigger)  # « …, a-t-il promis »: nothing governs an aside
        value: Factuality = "asserted"
        i = trigger
        settled = False
        for _ in range(_MAX_STEPS):
            if not settled:
                value = self.inner(value, i)
            step = self.governor(i)
            if step is None:
                break
            governor, effect = step
            if effect == "stop":
                return value
            if settled:
                # what is planned or possible can still be denied: « dément vouloir vendre »
                if effect == "negated" and not self.negated(governor):
                    return "negated"
            elif effect == "doubt":
                return "possible"
            elif effect != "through":
                value = self.governed(value, governor, effect)
                if self.negated(governor):
                    value = self.denied(governor, effect)
                settled = True
            i = governor
        if value == "asserted" and self.announced(trigger):
            return "planned"
        if value == "asserted" and self.question and self.reaches_root(trigger):
            return "possible"
        return value

    def alternative(self, trigger: int) -> Factuality | None:
        """« il propose deux voies : soit A fusionne, soit B s'en va »: one of two; planned where somebody proposes them."""
        marks = [t.i for t in self.tokens if _word(t) in self.cues.alternatives]
        if len(marks) < 2 or trigger < marks[0]:
            return None
        before = [self.cues.verbs.get(self.lemma(t)) for t in self.tokens[: marks[0]] if t.upos == "VERB"]
        return "planned" if "planned" in before else "possible"

    def inner(self, value: Factuality, i: int) -> Factuality:
        """An event so far `value`, with what the word `i` and the conjunction before it say."""
        own, marked = self.own(i), self.marked(i)
        helped = self.helping(i)
        if helped and own == "asserted":
            own = helped  # type: ignore[assignment]
        if own == "negated" and marked == "possible":
            own = "asserted"  # « s'il ne part pas »
        for said in (own, marked):
            if not (value == said == "negated"):  # « aucun accord n'est signé » denies once
                value = _outer(value, said)
        return value

    def denied(self, governor: int, effect: str) -> Factuality:
        """What a denied governor makes of an event: « ne veut pas », « n'exclut pas », « n'a pas refusé de »."""
        lemma = self.lemma(self.tokens[governor])
        if lemma in self.cues.double:
            return self.mood(governor)  # « n'hésite pas à »
        if effect == "negated":
            return "possible" if lemma in self.cues.left_open else "asserted"
        return "negated"

    def governed(self, value: Factuality, governor: int, effect: str) -> Factuality:
        token = self.tokens[governor]
        lemma = self.lemma(token)
        if effect == "attempt":
            return "negated" if self.vain(governor) else _outer(value, "planned")
        if lemma in ("devoir", "pouvoir") and effect in ("planned", "possible"):
            return _outer(value, self.modal(token, effect))
        finite = self.finite(governor)
        if (
            effect == "planned"
            and finite is not None
            and tense_of(finite) == "conditional"
            and lemma not in self.cues.polite
        ):
            effect = "possible"  # « envisagerait de … »
        return _outer(value, effect)  # type: ignore[arg-type]

    def vain(self, governor: int) -> bool:
        """« en vain », « sans succès » somewhere behind a verb of trying."""
        words = " " + " ".join(_word(t) for t in self.tokens[governor:]) + " "
        return any(f" {cue} " in words for cue, value in self.cues.adverbs.items() if value == "negated")

    def modal(self, token: Token, effect: str) -> Factuality:
        """« a dû partir », « a pu obtenir » happened; « doit », « devait », « devrait » is planned, « peut » possible."""
        if "VerbForm=Part" in token.feats and any(
            _base(c) == "aux" and "Mood=Cnd" not in c.feats for c in self.children.get(token.i, ())
        ):
            return "asserted"
        return effect  # type: ignore[return-value]

    def lemma(self, token: Token) -> str:
        """Lemma of a verb by the cues' words; of other words the lemmatizer's."""
        return verb_lemma(token, self.cues.known) if token.upos in ("VERB", "AUX") else token.lemma

    def helping(self, i: int) -> str:
        """« nie avoir attaqué » with the governing verb taken for an auxiliary: what that makes of the event."""
        for child in self.children.get(i, ()):
            if _base(child) == "aux" and child.lemma not in ("avoir", "être"):
                effect = self.cues.verbs.get(self.lemma(child))
                if effect in _VALUES and effect != "asserted":
                    return effect
        return ""

    # ------------------------------------------------------------------ the word itself
    def own(self, i: int) -> Factuality:
        """Negation, tense, mood, adverbs and modifiers of one word."""
        token = self.tokens[i]
        predicate = token.upos in ("VERB", "AUX", "ADJ") or any(_base(k) == "cop" for k in self.children.get(i, ()))
        value = self.mood(i) if predicate else self.nominal(i)
        adverb = self.adverb(i)
        if adverb == "possible":
            value = _outer(value, "possible")
        if self.negated(i):
            if token.lemma in self.cues.double:
                return value
            value = "negated"
        return value

    def negated(self, i: int) -> bool:
        """Is a word denied by « ne … pas », « aucun », « ni », « non », « pas de »?"""
        if i == self.worded:
            return False
        token, cues = self.tokens[i], self.cues
        kids = self.children.get(i, ())
        words = {_word(k): k for k in kids}
        particle = any(w in cues.particles for w in words) or any(
            _word(t) in cues.particles
            for t in self.tokens[max(0, i - 6) : i]
            if t.head in {k.i for k in kids if _base(k) in ("aux", "cop", "expl")}
        )
        negators = [
            k for k in kids if (_word(k) in cues.negators or k.lemma in cues.negators) and k.i < i + 4
        ]
        if any(_word(self.tokens[n.i + 1]) in cues.not_only for n in negators if n.i + 1 < len(self.tokens)):
            return False
        if any(
            _word(n) == "plus" and _word(self.tokens[n.i + 1]) in cues.restriction
            for n in negators
            if n.i + 1 < len(self.tokens)
        ):
            return False  # « il ne reste plus qu'à signer »
        before = _word(self.tokens[i - 1]) if i else ""
        if token.upos in ("VERB", "AUX", "ADJ"):
            if particle:
                if negators or any(_word(t) in cues.determiners for t in self.tokens[i + 1 : i + 3]):
                    return True
                for k in kids:
                    if _base(k) in ("nsubj", "obj", "obl", "iobj"):
                        determiners = [
                            _word(d) for d in self.children.get(k.i, ()) if d.upos in ("DET", "ADJ", "ADV")
                        ]
                        if any(d in cues.determiners for d in determiners) or _word(k) in (
                            "personne",
                            "rien",
                            "aucun",
                            "aucune",
                            "nul",
                        ):
                            return True
            elif any(_word(n) in ("pas", "jamais", "nullement") for n in negators):
                return True
            return before == "non" or (before == "pas" and token.upos != "ADJ")
        for k in kids:
            if _word(k) in cues.determiners or (_word(k) == "sans" and k.i < i):
                return True
        return before == "non" or before in cues.determiners

    def mood(self, i: int) -> Factuality:
        """What tense and mood say: future planned, conditional possible (planned after a verb of the past), imperative planned."""
        finite = self.finite(i)
        if finite is None:
            return "asserted"
        tense = tense_of(finite)
        if tense == "conditional":
            head = self.tokens[self.tokens[i].head]
            reported = _base(self.tokens[i]) == "ccomp" and head.upos == "VERB" and self.past(head.i)
            return "planned" if reported and (finite.i == i or finite.deprel == "aux:pass") else "possible"
        if tense == "future" or "Mood=Imp" in finite.feats:
            return "planned"
        return "asserted"

    def finite(self, i: int) -> Token | None:
        """The finite verb of a predicate: itself, its auxiliary or copula, or the auxiliary of the one it is joined to."""
        token = self.tokens[i]
        if "VerbForm=Fin" in token.feats or "Mood=" in token.feats or tense_of(token):
            return token
        for child in self.children.get(i, ()):
            if _base(child) in ("aux", "cop") and ("VerbForm=Fin" in child.feats or "Mood=" in child.feats):
                return child
        shared = _base(token) == "conj" and token.head != i and self.tokens[token.head].upos == token.upos
        if shared and not any(
            _base(c) in ("aux", "cop", "nsubj", "case", "mark") for c in self.children.get(i, ())
        ):
            return self.finite(token.head)
        return None

    def past(self, i: int) -> bool:
        token = self.tokens[i]
        if "VerbForm=Inf" in token.feats and token.head != i:
            return self.past(token.head)  # « a fait savoir que … »
        finite = self.finite(i)
        compound = finite is not None and finite.i != i
        return finite is not None and (
            "Tense=Past" in finite.feats or "Tense=Imp" in finite.feats or compound
        )

    def infinitive(self, token: Token) -> bool:
        """« partir », « être parti », « être nommé »"""
        return "VerbForm=Inf" in token.feats or any(
            _base(c) in ("aux", "cop") and "VerbForm=Inf" in c.feats for c in self.children.get(token.i, ())
        )

    def passive_only(self, i: int) -> bool:
        """« pour être jugé »: one auxiliary, of the passive; nothing of it is past."""
        helpers = [c for c in self.children.get(i, ()) if _base(c) == "aux"]
        return len(helpers) == 1 and helpers[0].deprel == "aux:pass"

    def adverb(self, i: int) -> str | None:
        """Class of an adverb beside a word."""
        for child in self.children.get(i, ()):
            if child.upos in ("ADV", "ADP", "NOUN", "ADJ"):
                word = _word(child)
                phrase = " ".join(_word(t) for t in self.tokens[max(0, child.i - 1) : child.i + 1])
                after = " ".join(_word(t) for t in self.tokens[child.i : child.i + 2])
                for candidate in (word, phrase, after):
                    if candidate in self.cues.adverbs:
                        return self.cues.adverbs[candidate]
        return None

    def nominal(self, i: int) -> Factuality:
        """Adjectives and participles beside an event noun."""
        for child in self.children.get(i, ()):
            if _base(child) in ("amod", "acl") and child.upos in ("ADJ", "VERB"):
                value = self.cues.modifiers.get(child.lemma) or self.cues.modifiers.get(
                    _participle(_word(child))
                )
                if (
                    value is None
                    and child.upos == "VERB"
                    and "VerbForm=Part" in child.feats
                    and "Tense=Pres" not in child.feats
                ):
                    value = (
                        self.cues.verbs.get(child.lemma)
                        if child.lemma in ("prévoir", "envisager", "annuler", "programmer", "éviter")
                        else None
                    )
                if value:
                    return value  # type: ignore[return-value]
        return "asserted"

    # ------------------------------------------------------------------ its surroundings
    def marked(self, i: int) -> Factuality:
        """What the conjunction or preposition before a clause says (« pour », « sans », « si »)."""
        token = self.tokens[i]
        if token.upos == "NOUN":
            said = self.before_noun(i)
            if said != "asserted":
                return said
        if _base(token) not in (
            "advcl",
            "acl",
            "obl",
            "xcomp",
            "nmod",
            "ccomp",
            "conj",
            "root",
            "parataxis",
        ) or token.upos not in ("VERB", "AUX", "ADJ", "NOUN"):
            return "asserted"
        infinitive = self.infinitive(token)
        perfect = (
            infinitive
            and any(_base(c) == "aux" and c.lemma in ("avoir", "être") for c in self.children.get(i, ()))
            and "VerbForm=Part" in token.feats
            and not self.passive_only(i)
        )
        for child in self.children.get(i, ()):
            if _base(child) not in ("mark", "case", "advmod") or child.i > i:
                continue
            words = [_word(child)] + [_word(t) for t in self.tokens[child.i + 1 : child.i + 4]]
            for width in (4, 3, 2, 1):
                phrase = " ".join(words[:width])
                found = self.cues.markers.get(phrase)
                if found is None:
                    continue
                if found == "asserted":
                    return "asserted"
                if phrase in ("si", "s'") and _base(token) not in ("advcl", "ccomp", "parataxis", "root"):
                    break
                if phrase.endswith((" de", " d'")) and not infinitive and token.upos != "NOUN":
                    break
                if phrase == "pour":
                    if not infinitive or perfect:
                        break
                    if token.lemma in self.cues.performed and self.own(token.head) == "asserted":
                        return "asserted"
                if phrase == "sans" and not (infinitive or token.upos == "NOUN"):
                    break
                return found  # type: ignore[return-value]
        return "asserted"

    def before_noun(self, i: int) -> Factuality:
        """« faute d'accord », « en cas de grève », « en l'absence d'accord » as they stand in the text."""
        first = i
        while (
            first
            and self.tokens[first - 1].upos in ("DET", "ADJ")
            and _word(self.tokens[first - 1]) not in ("d'", "de")
        ):
            first -= 1
        for width in (4, 3, 2, 1):
            if first - width >= 0:
                said = self.cues.before_nouns.get(
                    " ".join(_word(t) for t in self.tokens[first - width : first])
                )
                if said:
                    return said
        return "asserted"

    def governor(self, i: int) -> tuple[int, str] | None:
        """The word that governs an event and what it makes of it: a value, `attempt`, `doubt`, `through`, `stop`."""
        token = self.tokens[i]
        if token.head == i or _base(token) == "root":
            return None
        head = self.tokens[token.head]
        relation = _base(token)
        if relation == "conj":
            return self.shared(token, head)
        if relation == "advcl" and (near := self.detached(token)) is not None:
            return near.i, self.complement(token, near)
        if relation in ("xcomp", "ccomp", "csubj") or (
            relation in ("obl", "advcl", "acl", "obj") and self.infinitive(token)
        ):
            if (
                relation == "acl"
                and head.upos in ("NOUN", "PROPN", "PRON")
                and head.lemma not in self.cues.nouns
            ):
                # the infinitive hung on X: « accuser X d'avoir … », « demander à X de … », « la volonté de X de … »
                outer = self.tokens[head.head]
                governs = (
                    self.lemma(outer) in self.cues.verbs
                    if outer.upos == "VERB"
                    else outer.lemma in self.cues.nouns
                )
                if governs and _base(head) in ("obj", "iobj", "obl", "nmod"):
                    return outer.i, self.complement(token, outer)
            return head.i, self.complement(token, head)
        if token.upos in ("VERB", "AUX"):
            past = "VerbForm=Part" in token.feats and "Tense=Pres" not in token.feats
            if past and told_apart(self.tokens, i):
                return head.i, "stop"  # « propose une prime, jugée insuffisante par Y »
            if relation == "acl" and past and not token.deprel.endswith("relcl") and _base(head) == "obj":
                return head.i, "through"
            return (head.i, "stop") if relation != "aux" else (head.i, "through")
        if relation in ("nmod", "obl", "obj", "nsubj", "iobj"):
            return head.i, self.argument(token, head, relation)
        return None

    def detached(self, token: Token) -> Token | None:
        """« a tenté, en vain, de … »: the governor right before an infinitive that the parser hung elsewhere."""
        if not self.infinitive(token):
            return None
        mark = next((c for c in self.children.get(token.i, ()) if _base(c) == "mark" and c.i < token.i), None)
        if mark is None or _word(mark) not in self.cues.infinitive_marks:
            return None
        for t in reversed(self.tokens[max(0, mark.i - 6) : mark.i]):
            if t.upos == "VERB":
                return t if self.lemma(t) in self.cues.verbs else None
            if t.upos in ("AUX", "SCONJ", "CCONJ"):
                return None
        return None

    def shared(self, token: Token, head: Token) -> tuple[int, str]:
        """A conjunct shares what governs the first one when it is of its kind."""
        own_subject = any(_base(c) == "nsubj" for c in self.children.get(token.i, ()))
        alike = token.upos == head.upos and self.infinitive(token) == self.infinitive(head)
        if own_subject or not alike:
            return head.i, "stop"
        outer = self.governor(head.i)
        if (
            "VerbForm=Inf" in head.feats
            and self.marked(head.i) in _VALUES
            and not any(_base(c) == "mark" for c in self.children.get(token.i, ()))
        ):
            return head.i, self.marked(head.i)
        return outer if outer is not None else (head.i, "stop")

    def complement(self, token: Token, head: Token) -> str:
        """What a word makes of a clause that it governs."""
        if head.upos in ("VERB", "AUX"):
            effect = self.cues.verbs.get(self.lemma(head))
            clausal = _base(token) == "ccomp" and not self.infinitive(token)
            if (
                clausal
                and effect in ("planned", "possible")
                and self.lemma(head)
                in (
                    "penser",
                    "croire",
                    "insister",
                    "suggérer",
                    "jurer",
                    "supposer",
                    "étudier",
                    "promettre",
                    "prétendre",
                    "attendre",
                    "prévoir",
                    "espérer",
                    "tenir",
                    "entendre",
                    "plaider",
                )
            ):
                return "stop"
            if self.lemma(head) == "aller":
                return (
                    "planned"
                    if "VerbForm=Inf" in token.feats
                    and not any(_base(c) == "obl" for c in self.children.get(head.i, ()))
                    else "stop"
                )
            if _base(token) in ("obl", "advcl", "acl") and self.marked(token.i) != "asserted":
                return "stop"
            if clausal and any(
                _word(c) == "rien" for c in self.children.get(head.i, ()) if _base(c) == "nsubj"
            ):
                return "doubt"  # « rien n'indique que »
            if effect is None:
                return "stop" if clausal else "through"
            if effect == "negated" and self.lemma(head) in ("nier", "démentir", "contester", "réfuter"):
                return "negated"
            if effect == "planned" and self.lemma(head) in ("accepter",) and self.past(head.i):
                return "through"
            if effect == "planned" and _base(token) in ("advcl",) and "VerbForm=Inf" in token.feats:
                return effect
            return effect
        if head.upos == "ADJ" or "VerbForm=Part" in head.feats:
            return (
                self.cues.adjectives.get(self.lemma(head))
                or self.cues.verbs.get(self.lemma(head))
                or "through"
            )
        return self.cues.nouns.get(self.lemma(head), "stop")

    def argument(self, token: Token, head: Token, relation: str) -> str:
        """What a word makes of an event noun beside it."""
        cases = {_word(c) for c in self.children.get(token.i, ()) if _base(c) == "case"}
        if relation == "obl" and not cases and token.i > head.i:
            relation = "obj"  # « dément tout accord » however it was parsed
        if head.upos in ("VERB", "AUX", "ADJ"):
            effect = self.cues.verbs.get(self.lemma(head))
            passive = relation == "nsubj" and token.deprel.endswith("pass")
            if relation == "nsubj" and not passive:
                return "through" if self.lemma(head) in self.cues.occurrence else "stop"
            beside = [c for c in self.children.get(head.i, ()) if _base(c) == "obj" and c.i < token.i]
            if (
                relation == "obl"
                and beside
                and self.lemma(head) in self.cues.support | self.cues.launching
                and cases & {"à", "au", "aux"}
            ):
                return self.cues.nouns.get(beside[0].lemma, "stop")  # « lancer un appel à … »
            if relation == "obl" and "en" in cases and self.negated(head.i):
                return "through"  # « n'ira pas en prison »
            if relation == "obl" and not cases & {"à", "de", "d'", "au", "aux", "du", "des"}:
                return "stop"
            if effect in ("negated", "planned", "possible", "attempt") and self.lemma(head) not in (
                "pouvoir",
                "devoir",
                "aller",
                "offrir",
                "tenir",
                "accepter",
                "condamner",
                "pousser",
                "convoquer",
                "assigner",
                "entendre",
                "croire",
                "presser",
                "contester",
                "discuter",
                "retenir",
                "oublier",
                "défendre",
                "écarter",
            ):
                definite = any(
                    _word(c) in ("le", "la", "l'", "cette", "ce", "cet", "ces", "son", "sa", "ses")
                    for c in self.children.get(token.i, ())
                    if c.upos == "DET"
                )
                # « rejeter la demande », « demander la fusion »: a request or offer that exists is not undone by it
                if self.lemma(head) in ("rejeter", "refuser", "repousser", "exclure") and definite:
                    return "stop"
                return effect or "stop"
            if self.lemma(head) == "annoncer" and relation == "obj" and token.lemma in self.cues.plans:
                return "planned"
            if self.lemma(head) in self.cues.support:
                return "through"
            return "stop"
        if relation == "nmod" and cases & {"de", "d'", "du", "des", "à", "au", "aux"}:
            effect = self.cues.nouns.get(self.lemma(head))
            return effect if effect else "stop"
        return "stop"

    def announced(self, i: int) -> bool:
        """« X a proposé deux options : … »: what stands behind the colon is proposed."""
        colon = next((t.i for t in self.tokens[:i] if t.text == ":"), None)
        if colon is None:
            return False
        before = [
            t
            for t in self.tokens[:colon]
            if t.upos == "VERB" and t.lemma in self.cues.proposing and self.finite(t.i) is not None
        ]
        finite = self.finite(i)
        return bool(before) and finite is not None and "Tense=Imp" in finite.feats and finite.i == i

    def reaches_root(self, i: int) -> bool:
        """Does a token belong to the main clause of its sentence?"""
        for _ in range(_MAX_STEPS):
            token = self.tokens[i]
            if token.head == i or _base(token) == "root":
                return True
            if _base(token) in ("acl", "advcl", "ccomp", "nmod", "appos", "parataxis"):
                return False
            i = token.head
        return False


def _participle(word: str) -> str:
    """Masculine singular of a participle or adjective in -é."""
    for ending in ("ées", "és", "ée"):
        if word.endswith(ending):
            return word[: -len(ending)] + "é"
    return word.removesuffix("es").removesuffix("s") if word.endswith("ues") else word.removesuffix("s")
