"""How the tests of events read a text: its mentions as published on one day, and the names of their parties."""

from datetime import date

from corpus_etl import events, language
from corpus_etl.time import Interval

PUBLISHED = Interval(date(2024, 3, 5), date(2024, 3, 6))


def read_mentions(text):
    document = next(iter(language.load("fr").analyse([("d" * 17, text)])))
    return events.find_mentions(document, PUBLISHED, events.resources("fr"))


def party_names(mention, role):
    return [p.entity.name if p.entity else p.text for p in mention.roles.of(role)]
