"""Linking: one row per real-world event, one identity per actor, across documents.

`link` takes the mentions of all documents and returns the tables `events`, `mentions`, `participants`, `entities` with
ids that do not depend on the order of rows and are carried forward from a previous release. `link_files` does the same from
files to files, with memory that hardly grows with the tables. The method is described
in docs/linking.md.
"""

from .changes import changes
from .files import Rows, link_files
from .inputs import Previous
from .steps import Linked, link
from .types import type_traits

__all__ = ["Linked", "Previous", "Rows", "changes", "link", "link_files", "type_traits"]
