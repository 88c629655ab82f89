"""The engine: from an analysed document to its event mentions. Deterministic; no knowledge of a language but the pack's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from corpus_etl import time as time_
from corpus_etl.entities import EntityIndex, Gazetteer, resolve
from corpus_etl.language import AnalysedDocument, Sentence, pack
from corpus_etl.language.pack import read_yaml

from . import confidence, context, dating, implicit, lexicon, specificity
from .conditions import failure
from .counts import recount
from .heads import headed
from .mention import Mention
from .participants import Roles, fill_roles, names_of
from .scene import Scene
from .speakers import name_speakers
from .sums import sums
from .syntax import Tree
from .tables import Extraction, to_frames, unique
from .themes import place_of, theme_of
from .things import with_things
from .triggers import Candidate, find, governing_verbs
from .twins import told_once

_ELLIPTIC = re.compile(r"\b(?:millions?|milliards?|Md|M)\b(?!\s+(?:de|d['’])\s*(?!euros|dollars|livres|francs|chiffre|bénéfice|perte|recette|dette|déficit))")
"""« il en a versé 45 millions »: money whose currency was said before."""
_NEAR = 2
"""Sentences before and after whose words tell what a passage is about."""
Trace = Callable[[int, str, str, str], None]
"""Called with sentence index, trigger words, rule and what became of it."""


@dataclass(frozen=True)
class Resources:
    """What extraction in one language needs; loaded once per process."""

    code: str
    lexicon: lexicon.Lexicon
    gazetteer: Gazetteer
    cues: Any
    weights: Mapping[str, float] = field(default_factory=dict)


@cache
def resources(code: str) -> Resources:
    """The resources of a language. Raises ConfigurationError where its pack is missing or wrong."""
    language = pack(code)
    path = language.path("frames", "_confidence.yaml")
    weights = (read_yaml(path) or {}).get("weights", {}) if path.exists() else {}
    return Resources(
        code, lexicon.load(language), Gazetteer.load(code), context.load_cues(code), weights or confidence.DEFAULT
    )


def extract(document: AnalysedDocument, published: time_.Interval | None, resources: Resources) -> Extraction:
    """Extract the event mentions of a document as frames. `published` resolves relative dates."""
    return to_frames(document, find_mentions(document, published, resources), published)


def find_mentions(
    document: AnalysedDocument, published: time_.Interval | None, resources: Resources, trace: Trace | None = None
) -> list[Mention]:
    """The event mentions of a document in text order."""
    if not any(s.tokens for s in document.sentences):
        return []
    document = headed(recount(document, resources.lexicon.grammar), resources.gazetteer.lexicon.nouns, resources.gazetteer.adjectives)
    entities = resolve(document, resources.gazetteer, published.start if published else None)
    worker = _Worker(document, published, resources, entities, trace or (lambda *_: None))
    return worker.run()


class _Worker:
    """Extraction of one document."""

    def __init__(
        self,
        document: AnalysedDocument,
        published: time_.Interval | None,
        resources: Resources,
        entities: EntityIndex,
        trace: Trace,
    ) -> None:
        self.document = document
        self.published = published
        self.resources = resources
        self.entities = entities
        self.trace = trace
        self.temporal = time_.annotate(document.text, published)
        usable = [t for t in self.temporal if dating.usable(t, resources.lexicon)]
        self.dates = dating.outside_dateline(document.text, usable, resources.lexicon)
        self.amounts = sums(document.text)
        self.discourse = context.Discourse(document, entities, resources.cues)

    def run(self) -> list[Mention]:
        mentions: list[Mention] = []
        trees: dict[int, Tree] = {}
        for sentence in self.document.sentences:
            if not sentence.tokens:
                continue
            text = self.document.text[sentence.start : sentence.end]
            if specificity.furniture(self.resources.lexicon, text):
                self.trace(sentence.index, text, "", "page furniture")
                continue
            if specificity.question(text):
                self.trace(sentence.index, text, "", "a question")
                continue
            trees[sentence.index] = Tree(sentence, self.resources.lexicon.grammar, self._temporal(sentence))
        for index, tree in trees.items():
            text = self.document.text[tree.sentence.start : tree.sentence.end]
            mentions += self._sentence(tree, text, self._topic(trees, index))
        dating.assign_dates(self.document, trees, mentions, self.dates, self.resources.lexicon, self.entities)
        dating.assign_amounts(trees, mentions, self.amounts)
        for mention in mentions:
            tree = trees[mention.sentence.index]
            mention.factuality = self.discourse.factuality(tree, mention)
            if mention.factuality == "asserted" and self._ahead(tree, mention):
                mention.factuality = "planned"  # « avant de quitter ses fonctions le 30 octobre »
            mention.attribution = self.discourse.attribution(tree, mention)
        name_speakers(self.document.text, trees, mentions, self.discourse, self.resources.lexicon)
        implicit.complete(self.document.text, trees, mentions, self.resources.lexicon)
        mentions = told_once(trees, mentions, self.resources.lexicon)
        for mention in mentions:
            self._finish(trees[mention.sentence.index], mention)
        return unique(mentions)

    def _ahead(self, tree: Tree, mention: Mention) -> bool:
        """The event is dated after the text and told in an infinitive, or as a noun below one; a tensed verb tells by itself."""
        when, i = mention.date, mention.candidate.anchor
        later = when is not None and self.published is not None and when.start >= self.published.end
        verb = tree.governor(i) if mention.candidate.entry.kind != "verb" and not tree.verbal(i) else i
        return later and verb is not None and tree.infinitive(verb)

    # ------------------------------------------------------------ one sentence
    def _topic(self, trees: Mapping[int, Tree], index: int) -> frozenset[str]:
        near = [trees[k] for k in range(index - _NEAR, index + _NEAR + 1) if k != index and k in trees]
        return frozenset(word for tree in near for word in (*tree.lemmas, *tree.forms))

    def _sentence(self, tree: Tree, text: str, topic: frozenset[str]) -> list[Mention]:
        scene = Scene(tree, self.entities, self.resources.lexicon, text, topic, self.document.sentences, self.document.text)
        good: list[tuple[Candidate, Roles]] = []
        refused: list[tuple[Candidate, Roles, str]] = []
        for candidate in find(tree, self.resources.lexicon):
            roles = fill_roles(scene, candidate)
            reason = self._refused(scene, candidate, roles)
            if reason:
                refused.append((candidate, roles, reason))
            else:
                good.append((candidate, roles))
        taken = {word for candidate, _ in good for word in candidate.words}
        for candidate, roles, reason in refused:
            # A word that nothing else explains: what the passage is about decides (« Lyon a battu Metz », of a match).
            if taken.isdisjoint(candidate.words) and self._fits_topic(scene, candidate, roles):
                good.append((candidate, roles))
            else:
                self._tell(tree, candidate, f"dropped: {reason}")
        return [self._mention(tree, c, r) for c, r in self._choose(tree, good)]

    def _fits_topic(self, scene: Scene, candidate: Candidate, roles: Roles) -> bool:
        group = candidate.entry.group
        if not group.require.words or not roles.participants or group.event_type.startswith("communication."):
            return False
        return self._refused(scene, candidate, roles, around=True) is None

    def _refused(
        self, scene: Scene, candidate: Candidate, roles: Roles, around: bool = False
    ) -> str | None:
        sentence = scene.tree.sentence
        if candidate.entry.kind != "verb" and _named(scene, candidate.head):
            return "part of a name"
        kinds = [dating.amount_kind(a) for a in self._inside(self.amounts, sentence)]
        if _ELLIPTIC.search(scene.text):
            kinds.append("money")
        reason = failure(scene, candidate, roles, kinds, around)
        if reason:
            return reason
        dated = any(True for _ in self._inside(self.dates, sentence))
        counted = any(kind in ("money", "percent") for kind in kinds)
        return specificity.unspecific(scene, candidate, roles, dated, counted)

    def _temporal(self, sentence: Sentence) -> frozenset[int]:
        spans = [(t.start, t.end) for t in self.temporal if t.kind != "duration" and t.start < sentence.end and sentence.start < t.end]
        return frozenset(t.i for t in sentence.tokens if any(a <= t.start and t.end <= b for a, b in spans))

    @staticmethod
    def _inside(items: Iterable[Any], sentence: Any) -> list[Any]:
        return [x for x in items if sentence.start <= x.start and x.end <= sentence.end]

    def _choose(
        self, tree: Tree, good: Sequence[tuple[Candidate, Roles]]
    ) -> list[tuple[Candidate, Roles]]:
        """Of candidates that share words the best one stays."""
        taken: dict[int, Candidate] = {}
        supported: dict[int, Candidate] = {}
        chosen: list[tuple[Candidate, Roles]] = []
        for candidate, roles in sorted(good, key=lambda pair: _rank(*pair)):
            claimed = set(candidate.words)
            if candidate.own_support and candidate.support is not None:
                # « la plainte, déposée en mars et retirée en juin »: each verb makes an event of the noun.
                claimed = {candidate.support} if candidate.support > candidate.head else claimed | {candidate.support}
            rival = next((taken[w] for w in sorted(claimed) if w in taken), None)
            if rival is None and not candidate.own_support:
                rival = supported.get(candidate.head)
            if rival is None and candidate.support is not None and not candidate.own_support:
                other = taken.get(candidate.support)
                if other is not None and other.entry.group.event_type == candidate.entry.group.event_type:
                    rival = other
            if rival is None and candidate.support is None and candidate.entry.kind != "verb":
                # « s'est vu infliger une amende »: the verb has told of its object.
                verbs = (taken.get(v) for v, relation in governing_verbs(tree, candidate.head) if relation == "object")
                same = candidate.entry.group.event_type
                rival = next((o for o in verbs if o is not None and o.entry.group.event_type == same), None)
            if rival is not None:
                self._tell(tree, candidate, f"dropped: {rival.entry.group.rule} has these words")
                continue
            taken.update(dict.fromkeys(claimed, candidate))
            if candidate.own_support:
                supported[candidate.head] = candidate
            chosen.append((candidate, roles))
        return sorted(chosen, key=lambda pair: pair[0].head)

    def _mention(self, tree: Tree, candidate: Candidate, roles: Roles) -> Mention:
        start, end = trigger_span(tree, candidate)
        roles = with_things(tree, self.document.text, candidate, roles, self.resources.lexicon)
        mention = Mention(tree.sentence, candidate, roles, start, end)
        mention.theme = theme_of(tree, candidate, roles, self.resources.lexicon)
        mention.place = place_of(tree, candidate, roles, self.entities, self.resources.lexicon)
        return mention

    def _finish(self, tree: Tree, mention: Mention) -> None:
        scene = Scene(tree, self.entities, self.resources.lexicon, "")
        found = confidence.features(
            scene, mention.candidate, mention.roles, mention.date is not None, bool(mention.amounts)
        )
        mention.features = tuple(found)
        mention.confidence = confidence.score(found, self.resources.weights)
        who = f"{names_of(mention.roles.of('actor'))} → {names_of(mention.roles.of('recipient'))}"
        self._tell(tree, mention.candidate, f"found: {mention.event_type}, {mention.factuality}, {who}")

    def _tell(self, tree: Tree, candidate: Candidate, what: str) -> None:
        start, end = trigger_span(tree, candidate)
        entry = candidate.entry
        self.trace(tree.sentence.index, self.document.text[start:end], f"{entry.group.rule}: {entry.phrase.text}", what)


def _named(scene: Scene, i: int) -> bool:
    """The noun belongs to a name: « l'Organisation du traité de l'Atlantique nord »."""
    mention = scene.entities.at(scene.number, i)
    return mention is not None and mention.sentence == scene.number and mention.resolution in ("name", "alias") and mention.first != i


def _rank(candidate: Candidate, roles: Roles) -> tuple[Any, ...]:
    """Smaller is better: own light verb and longer triggers, more conditions, prior, order of the files."""
    group = candidate.entry.group
    filled = len({p.role for p in roles.participants} & {"actor", "recipient"})
    return (
        -candidate.length,
        group.prior == 0,
        group.prior != 2,
        -group.require.weight,
        -filled,
        group.rule,
        candidate.head,
    )


def trigger_span(tree: Tree, candidate: Candidate) -> tuple[int, int]:
    """Span of the trigger by the guidelines: the words where they stand together, with a light verb the noun, or verb and
    noun where no determiner stands between, or the participle where the noun comes first."""
    words = sorted(candidate.words)
    if candidate.support is not None and candidate.own_support:
        verb = candidate.support
        if verb > words[-1]:
            return tree[verb].start, tree[verb].end
        if tree.determiner(candidate.head) is None and words[0] - verb <= 2:
            return tree[verb].start, tree[words[-1]].end
    first, last = words[0], words[-1]
    if candidate.entry.kind == "verb" and last - first > len(words) + 2:
        last = first = candidate.head
    return tree[first].start, tree[last].end
