"""First persons: « J'ai démissionné », a dit X: who leaves is X.

Who speaks is known once the sources of a text are read (`attribution.py`), so these roles are filled after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .context import Discourse
from .lexicon import Lexicon
from .mention import Mention, Source
from .participants import Participant
from .syntax import Tree


def name_speakers(
    text: str, trees: Mapping[int, Tree], mentions: Iterable[Mention], discourse: Discourse, lexicon: Lexicon
) -> None:
    """Give whoever speaks the roles that a first person fills: « je » stands for him, « nous » for an organisation that speaks.
    `text` is that of the document; the words kept as evidence are the pronoun's."""
    for mention in mentions:
        tree = trees[mention.sentence.index]
        for role, token in sorted(mention.roles.speaking.items()):
            source = discourse.source(tree, token)
            speaker = _speaker(tree, token, source, text, role, lexicon) if source and source.entity else None
            if speaker is None or mention.roles.of(role) or speaker.identity in {p.identity for p in mention.roles.participants}:
                continue
            mention.roles = replace(mention.roles, participants=(*mention.roles.participants, speaker))


def _speaker(tree: Tree, token: int, source: Source, text: str, role: str, lexicon: Lexicon) -> Participant | None:
    entity = source.entity
    if entity is None or (tree.forms[token] in lexicon.cues["first_persons_plural"] and entity.kind != "organization"):
        return None
    start, end = tree[token].start, tree[token].end
    kind = None if entity.kind == "other" else entity.kind
    return Participant(role, token, start, end, text[start:end], entity, "pronoun", kind, "speaker")
