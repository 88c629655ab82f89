"""When was a document published?"""

from datetime import date

import pytest

from corpus_etl.time import document_date


@pytest.mark.parametrize(
    ("text", "start", "granularity", "basis"),
    [
        ("date 2024-06\nUn accord.", date(2024, 6, 1), "month", "header"),
        (" date 2024-06 PARIS, 12 juin 2024 (APC) - Le juge part.", date(2024, 6, 12), "day", "text"),
        ("Titre\n\nSAN FRANCISCO, 18 nov 2023 (APC) - Le conseil a limogé.", date(2023, 11, 18), "day", "text"),
        ("Lyon, le 3 mai 2021 — Un incendie a éclaté.", date(2021, 5, 3), "day", "text"),
        ("Saint-Malo, 3 mai 2021\n\nUn incendie a éclaté lundi.", date(2021, 5, 3), "day", "text"),
        ("Un incendie a éclaté.\nSaint-Malo, 3 mai 2021\nFin.", None, None, "none"),
        ("LE COURRIER DU PONANT - mercredi 19 avril 2023\nIl faudra suivre.", date(2023, 4, 19), "day", "text"),
        ("Publié le 7 mars 2024 à 06h20\nOpenAI répond.", date(2024, 3, 7), "day", "text"),
        ("Musk a quitté OpenAI le 20 février 2018. Le 3 mai 2019, il accuse.", None, None, "none"),
        ("Elon Musk, 52 ans - le patron de Tesla - accuse.", None, None, "none"),
    ],
)
def test_from_the_text(text, start, granularity, basis):
    found = document_date(text)
    assert (found.interval and found.interval.start, found.granularity, found.basis) == (start, granularity, basis)


def test_metadata_and_addresses():
    assert document_date("Rien.", metadata="2024-05-06T10:00:00Z").interval.start == date(2024, 5, 6)
    assert document_date("Rien.", url="https://example.org/2023/04/19/titre").basis == "file"
    assert document_date("Rien.").interval is None
