"""Stable ids: hashes of raw locators, never of cleaned text, order or time (data contract, section Ids).

An id is a letter for its kind (d document, m mention, n entity, e event) and 16 hexadecimal digits of a SHA-256.
`RECIPE` is part of every hash; it is raised on purpose only, together with a published table of old and new ids.
"""

from hashlib import sha256

RECIPE = 1


def _digest(prefix: str, *parts: object) -> str:
    locator = "\x1f".join([str(RECIPE), *map(str, parts)])
    return prefix + sha256(locator.encode()).hexdigest()[:16]


def sha256_hex(data: bytes) -> str:
    """SHA-256 of raw bytes as 64 hexadecimal digits."""
    return sha256(data).hexdigest()


def doc_id(source_sha256: str, copy: int = 0) -> str:
    """Id of a document from the SHA-256 of its raw record; `copy` counts exact copies (0 = the kept one)."""
    return _digest("d", source_sha256) if copy == 0 else _digest("d", source_sha256, copy)


def mention_id(doc_id: str, trigger_start: int, trigger_end: int, event_type: str) -> str:
    """Id of an event mention from the place of its trigger and its type."""
    return _digest("m", doc_id, trigger_start, trigger_end, event_type)


def entity_id(key: str) -> str:
    """Id of an entity from its gazetteer key or the locator of its founding mention (`doc_id:start`)."""
    return _digest("n", key)


def event_id(founding_mention_id: str) -> str:
    """Id of an event from its founding mention."""
    return _digest("e", founding_mention_id)
