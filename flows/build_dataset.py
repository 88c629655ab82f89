"""The parent flow: from raw texts to a published release."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow

from corpus_etl.pipeline import Parameters
from corpus_etl.pipeline.parameters import Extractor
from corpus_etl.pipeline.workspace import keep_only
from flows import stages
from flows.workers import workers as worker_processes


@flow(name="build_dataset", flow_run_name="{dataset}", persist_result=False)
def build_dataset(
    dataset: str,
    corpus: str,
    out: str = "dist",
    languages: tuple[str, ...] = ("fr",),
    workers: int = 2,
    extractor: Extractor = "rules",
    threshold: float = 0.0,
    created: str = "",
    licence: str = "",
    gold: tuple[str, ...] = (),
    work: str = "",
) -> dict[str, Any]:
    """Ingest, analyse, extract, link and publish a corpus; parameters as in `corpus_etl.pipeline.Parameters`.

    Returns dataset, version, folder and whether the release is new.
    """
    started = datetime.now(UTC)
    parameters = Parameters(
        dataset,
        corpus,
        out,
        tuple(languages),
        workers,
        extractor,
        threshold,
        created,
        licence,
        tuple(gold),
        work,
    )
    with worker_processes(parameters.workers):
        collected = stages.ingest(parameters)
        analysed = stages.analyse(parameters, collected)
        extracted = stages.extract(parameters, collected, analysed)
        linked = stages.link(parameters, collected, extracted)
        published = stages.publish(parameters, collected, analysed, extracted, linked, started)
    keep_only(parameters.work_folder, {collected, *analysed, *extracted, linked})
    return {
        "dataset": dataset,
        "version": published.version,
        "folder": str(Path(published.folder)),
        "new": published.new,
    }
