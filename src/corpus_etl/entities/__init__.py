"""Entities of a document: names, role nouns and pronouns, resolved by a gazetteer and by what the text says."""

from .gazetteer import Entry, Gazetteer, Role
from .model import Entity, EntityIndex, EntityMention, Kind, Resolution
from .resolve import resolve

__all__ = [
    "Entity",
    "EntityIndex",
    "EntityMention",
    "Entry",
    "Gazetteer",
    "Kind",
    "Resolution",
    "Role",
    "resolve",
]
