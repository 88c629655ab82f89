"""From raw news text to a versioned event dataset with verbatim evidence."""

__version__ = "0.1.0"
