"""The gazetteer of the French pack."""

import pytest

from corpus_etl.entities import Gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Read once."""
    return Gazetteer.load("fr")
