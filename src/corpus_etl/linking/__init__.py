"""Linking: one row per real-world event, one identity per actor, across documents.

`link` takes the mentions of all documents and returns the tables `events`, `mentions`, `participants`, `entities` with
ids that do not depend on the order of rows and are carried forward from a previous release. The method is described
in docs/linking.md.
"""

from .changes import changes
from .inputs import Previous
from .steps import Linked, link
from .types import type_traits

__all__ = ["Linked", "Previous", "changes", "link", "type_traits"]
