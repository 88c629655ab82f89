"""The five stages. Every function takes parameters and paths and returns a path; each can be run alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from corpus_etl import events, ingest, language, linking, schemas
from corpus_etl.ids import doc_id
from corpus_etl.ingest.documents import reject_rows
from corpus_etl.release import Published, publish
from corpus_etl.release.manifest import Provenance, fingerprint

from .extraction import extract_documents
from .parameters import Parameters
from .report import coverage, stage_row
from .workspace import stage_key, stage_output

DOCUMENTS, TEXTS, REJECTS = "documents.parquet", "texts.parquet", "rejects.parquet"
SENTENCES, TOKENS = "sentences.parquet", "tokens.parquet"
MENTIONS, PARTICIPANTS, ENTITIES, EVENTS = (
    f"{n}.parquet" for n in ("mentions", "participants", "entities", "events")
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The cut corpus: root folder, shards, and what discovery rejected."""

    root: Path
    shards: tuple[ingest.Shard, ...]
    rejects: tuple[tuple[str, str, str], ...]


def plan_corpus(parameters: Parameters) -> Plan:
    """Find the files of the corpus and cut them into shards. Raises ConfigurationError where there are none."""
    found = ingest.discover(parameters.corpus)
    return Plan(found.root, tuple(ingest.cut_shards(found.root, found.sources)), found.rejects)


def ingest_shard(parameters: Parameters, root: Path, shard: ingest.Shard) -> Path:
    """Read the raw records of one shard into `documents` (with texts) and `rejects`."""
    documents, rejects = ingest.read_shard(root, shard)
    key = stage_key("ingest", shard.to_dict(), documents["source_sha256"].to_list(), rejects.rows())

    def make(folder: Path) -> None:
        documents.write_parquet(folder / DOCUMENTS)
        rejects.write_parquet(folder / REJECTS)

    return stage_output(parameters.work_folder, "ingest", key, make)


def collect_documents(parameters: Parameters, plan: Plan, ingested: Sequence[Path]) -> Path:
    """Bring all documents together: ids of copies, duplicates, and texts cut anew into shards by doc_id.

    The new shards depend on the contents only, not on the names or the order of files.
    """

    def make(folder: Path) -> None:
        read = pl.concat([pl.scan_parquet(path / DOCUMENTS) for path in ingested]) if ingested else None
        documents = (
            read.drop("text").collect()
            if read is not None
            else pl.DataFrame(schema=ingest.DOCUMENT_COLUMNS).drop("text")
        )
        documents = _tell_copies_apart(documents)
        duplicates = ingest.find_duplicates(documents)
        documents = documents.drop("sketch", "duplicate_of", "duplicate_similarity").join(
            duplicates, on="doc_id", how="left"
        )
        documents = documents.sort("doc_id")
        documents.write_parquet(folder / DOCUMENTS)
        rejects = pl.concat(
            [reject_rows(iter(plan.rejects)), *(pl.read_parquet(p / REJECTS) for p in ingested)]
        )
        rejects.sort("key", "reason").write_parquet(folder / REJECTS)
        wanted = documents.filter(_extractable(parameters)).select(
            "doc_id", "source", "lang", "published_start", "published_end"
        )
        size = parameters.shard_documents
        for number, start in enumerate(range(0, wanted.height, size)):
            part = folder / f"shard-{number:05d}"
            part.mkdir()
            assert read is not None
            texts = read.select("source", "text").join(wanted[start : start + size].lazy(), on="source")
            texts.sort("doc_id").collect().write_parquet(part / TEXTS)

    key = stage_key(
        "collect",
        [p.name for p in ingested],
        list(plan.rejects),
        list(parameters.languages),
        parameters.shard_documents,
    )
    return stage_output(parameters.work_folder, "collect", key, make)


def text_shards(collected: Path) -> list[Path]:
    """The text shards of `collect_documents`, in order."""
    return sorted(collected.glob("shard-*"))


def _tell_copies_apart(documents: pl.DataFrame) -> pl.DataFrame:
    """Give the second and later copies of a record ids of their own; the copy with the first name keeps the id."""
    numbered = documents.sort("source").with_columns(copy=pl.int_range(pl.len()).over("source_sha256"))
    copies = [doc_id(sha, n) for sha, n in numbered.select("source_sha256", "copy").iter_rows()]
    return numbered.with_columns(doc_id=pl.Series(copies, dtype=pl.String)).drop("copy")


def _extractable(parameters: Parameters) -> pl.Expr:
    return pl.col("lang").is_in(list(parameters.languages))


def analyse_shard(parameters: Parameters, shard: Path) -> Path:
    """Analyse the sentences of one text shard that may hold an event into `sentences` and `tokens`."""

    def make(folder: Path) -> None:
        texts = pl.read_parquet(shard / TEXTS)
        frames = []
        for code in parameters.languages:
            pairs = list(texts.filter(pl.col("lang") == code).select("doc_id", "text").iter_rows())
            documents = language.load(code).analyse(pairs, prefilter=events.prefilter(code))
            frames.append(language.to_frames(documents))
        pl.concat([f[0] for f in frames]).write_parquet(folder / SENTENCES)
        pl.concat([f[1] for f in frames]).write_parquet(folder / TOKENS)

    return stage_output(
        parameters.work_folder,
        "analyse",
        stage_key("analyse", str(shard.relative_to(parameters.work_folder))),
        make,
    )


def extract_shard(parameters: Parameters, shard: Path, analysis: Path) -> Path:
    """Extract event mentions from one analysed shard into `mentions`, `participants`, `entities`, `rejects`."""

    def make(folder: Path) -> None:
        texts = pl.read_parquet(shard / TEXTS)
        result = extract_documents(
            texts,
            pl.read_parquet(analysis / SENTENCES),
            pl.read_parquet(analysis / TOKENS),
            parameters.threshold,
        )
        result.mentions.write_parquet(folder / MENTIONS)
        result.participants.write_parquet(folder / PARTICIPANTS)
        result.entities.write_parquet(folder / ENTITIES)
        result.rejects.write_parquet(folder / REJECTS)

    return stage_output(
        parameters.work_folder, "extract", stage_key("extract", analysis.name, parameters.threshold), make
    )


def link_all(parameters: Parameters, collected: Path, extracted: Sequence[Path]) -> Path:
    """Link the mentions of all shards into events and entities."""
    parent = linking_parent(parameters)

    def make(folder: Path) -> None:
        names = (MENTIONS, PARTICIPANTS, ENTITIES)
        shards = list(extracted)
        if not shards:
            shards = [folder]  # Empty tables, which the linked ones replace.
            for name, empty in zip(names, events.empty_frames(), strict=True):
                empty.write_parquet(folder / name)
        mentions, participants, entities = ([shard / name for shard in shards] for name in names)
        linking.link_files(
            mentions,
            participants,
            collected / DOCUMENTS,
            entities,
            folder,
            previous=parent,
            event_types=schemas.event_types(),
        )

    key = stage_key("link", collected.name, [p.name for p in extracted], parent.version if parent else None)
    return stage_output(parameters.work_folder, "link", key, make)


def linking_parent(parameters: Parameters) -> "linking.Previous | None":
    """Events and mentions of the newest release, from which ids are carried forward."""
    from corpus_etl.release import open_release, read_index

    folder = parameters.out_folder / parameters.dataset
    newest = read_index(folder).newest
    if newest is None:
        return None
    release = open_release(folder / newest)
    return linking.Previous.read(release.scan, newest)


def publish_release(
    parameters: Parameters,
    collected: Path,
    analysed: Sequence[Path],
    extracted: Sequence[Path],
    linked: Path,
    run: dict[str, object] | None = None,
) -> Published:
    """Validate and publish what the stages have made; `run` adds to the part of the manifest that may differ."""
    documents = pl.read_parquet(collected / DOCUMENTS)
    sentences = _concat([p / SENTENCES for p in analysed]).select("doc_id")
    mentions = pl.read_parquet(linked / MENTIONS)
    documents = (
        documents.join(sentences.group_by("doc_id").len("n_sentences"), on="doc_id", how="left")
        .join(mentions.group_by("doc_id").len("n_mentions"), on="doc_id", how="left")
        .with_columns(pl.col("n_sentences", "n_mentions").fill_null(0))
    )
    texts = _concat([p / TEXTS for p in text_shards(collected)])
    rejects = pl.concat(
        [pl.read_parquet(collected / REJECTS), *(pl.read_parquet(p / REJECTS) for p in extracted)]
    )
    stages = _stage_counts(documents, rejects, texts, _concat([p / MENTIONS for p in extracted]), mentions)
    tables = {
        "documents": documents,
        "mentions": mentions,
        "participants": pl.read_parquet(linked / PARTICIPANTS),
        "entities": pl.read_parquet(linked / ENTITIES),
        "events": pl.read_parquet(linked / EVENTS),
        "rejects": rejects,
        "quality": coverage(documents, rejects, parameters.languages),
    }
    provenance = Provenance(
        parameters=parameters.shaping(),
        inputs={
            "corpus": Path(parameters.corpus).name,
            "documents": documents.height,
            "sha256": fingerprint(documents["source_sha256"].sort().to_list()),
        },
        models={code: language.describe(code) for code in parameters.languages},
        stages=stages,
        gold=[Path(path) for path in parameters.gold],
        licence=parameters.licence or None,
        run={**(run or {}), "workers": parameters.workers},
    )
    return publish(
        parameters.out_folder, parameters.dataset, tables, texts, provenance, parameters.created_or_now()
    )


def _stage_counts(
    documents: pl.DataFrame,
    rejects: pl.DataFrame,
    texts: pl.DataFrame,
    extracted: pl.DataFrame,
    linked: pl.DataFrame,
) -> list[dict[str, object]]:
    """Rows in, out and rejected of the stages; documents up to the extraction, mentions from there."""
    lost = dict(rejects.group_by("stage").len().iter_rows())
    failed = rejects.filter((pl.col("stage") == "extract") & (pl.col("table") == "documents")).height
    read = documents.height + lost.get("ingest", 0)
    other = documents.height - texts.height
    return [
        stage_row("ingest", read, documents.height, lost.get("ingest", 0)),
        {**stage_row("analyse", documents.height - other, texts.height, 0), "in_other_languages": other},
        stage_row("extract", texts.height, texts.height - failed, failed),
        stage_row("link", extracted.height, linked.height, 0),
    ]


def _concat(paths: Sequence[Path]) -> pl.DataFrame:
    return (
        pl.concat([pl.read_parquet(p) for p in paths])
        if paths
        else pl.DataFrame(schema={"doc_id": pl.String, "text": pl.String})
    )
