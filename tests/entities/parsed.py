"""Hand-parsed documents for tests: one line per token, `form lemma UPOS head deprel [feats] [entity]`.

Heads count from 1, 0 is the root; an empty line ends a sentence. Tokens are joined by spaces, but for those behind an
apostrophe and before a full stop or comma.
"""

from corpus_etl.language import AnalysedDocument, Sentence, Token


def document(rows: str, doc_id: str = "d0") -> AnalysedDocument:
    """A document of hand-parsed sentences."""
    text, sentences = "", []
    for index, block in enumerate(rows.strip().split("\n\n")):
        tokens: list[Token] = []
        begin = len(text)
        for i, line in enumerate(block.strip().splitlines()):
            form, lemma, upos, head, deprel, *more = line.split()
            feats = next((m for m in more if "=" in m), "")
            entity = next((m for m in more if "=" not in m), "")
            form = form.replace("_", " ")
            if (
                tokens
                and not tokens[-1].text.endswith(("'", "’"))
                and form not in (".", ",")
                and not form.startswith("-")
            ):
                text += " "
            iob = (
                "O"
                if not entity
                else "I"
                if tokens and tokens[-1].entity == entity and deprel.startswith("flat")
                else "B"
            )
            at = i if head == "0" else int(head) - 1
            tokens.append(
                Token(i, len(text), len(text) + len(form), form, lemma, upos, feats, at, deprel, entity, iob)
            )
            text += form
        sentences.append(Sentence(index, begin, len(text), tuple(tokens)))
        text += "\n"
    return AnalysedDocument(doc_id, text, tuple(sentences))
