"""One flow per stage. Run alone, a stage goes on from the outputs that the stage before has recorded."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner

from corpus_etl.pipeline import Parameters, stages
from corpus_etl.pipeline.outputs import Outputs
from corpus_etl.pipeline.progress import Reporter
from corpus_etl.release import Published
from flows import tasks
from flows.artifacts import report_release
from flows.workers import workers

_RUNNER: Any = ThreadPoolTaskRunner(max_workers=16)
_FLOW: dict[str, Any] = {"task_runner": _RUNNER, "persist_result": False, "validate_parameters": False}


def _gather(name: str, futures: Sequence[PrefectFuture[Path]]) -> list[Path]:
    """Results in the order of the shards, with progress."""
    with Reporter().running() as reporter, reporter.stage(name, len(futures)) as progress:
        results = []
        for future in futures:
            results.append(future.result())
            progress.advance()
        return results


@flow(name="ingest", **_FLOW)
def ingest(parameters: Parameters) -> Path:
    """Read the corpus; returns the folder of all documents."""
    with workers(parameters.workers):
        plan = stages.plan_corpus(parameters)
        futures = [tasks.ingest_shard.submit(parameters, plan.root, s, n) for n, s in enumerate(plan.shards)]
        collected = tasks.collect_documents(parameters, plan, _gather("ingest", futures))
    Outputs(parameters).record(collected=[collected])
    return collected


@flow(name="analyse", **_FLOW)
def analyse(parameters: Parameters, collected: Path | None = None) -> list[Path]:
    """Analyse all text shards; returns their folders, in order."""
    collected = collected or Outputs(parameters).one("collected")
    with workers(parameters.workers):
        futures = [tasks.analyse_shard.submit(parameters, shard) for shard in stages.text_shards(collected)]
        analysed = _gather("analyse", futures)
    Outputs(parameters).record(analysed=analysed)
    return analysed


@flow(name="extract", **_FLOW)
def extract(
    parameters: Parameters, collected: Path | None = None, analysed: Sequence[Path] | None = None
) -> list[Path]:
    """Extract the event mentions of all shards; returns their folders, in order."""
    collected = collected or Outputs(parameters).one("collected")
    analysed = Outputs(parameters).all("analysed") if analysed is None else analysed
    with workers(parameters.workers):
        pairs = zip(stages.text_shards(collected), analysed, strict=True)
        extracted = _gather("extract", [tasks.extract_shard.submit(parameters, s, a) for s, a in pairs])
    Outputs(parameters).record(extracted=extracted)
    return extracted


@flow(name="link", **_FLOW)
def link(
    parameters: Parameters, collected: Path | None = None, extracted: Sequence[Path] | None = None
) -> Path:
    """Link all mentions into events; returns the folder of the linked tables."""
    collected = collected or Outputs(parameters).one("collected")
    extracted = Outputs(parameters).all("extracted") if extracted is None else extracted
    with workers(parameters.workers):
        linked = tasks.link_all(parameters, collected, extracted)
    Outputs(parameters).record(linked=[linked])
    return linked


@flow(name="publish", **_FLOW)
def publish(
    parameters: Parameters,
    collected: Path | None = None,
    analysed: Sequence[Path] | None = None,
    extracted: Sequence[Path] | None = None,
    linked: Path | None = None,
    started: datetime | None = None,
) -> Published:
    """Validate and publish the outputs of all stages, and leave the artifacts of the run."""
    outputs = Outputs(parameters)
    started = started or datetime.now(UTC)
    run = {
        "started": started.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(UTC) - started).total_seconds(), 1),
    }
    with workers(parameters.workers):
        published = tasks.publish_release(
            parameters,
            collected or outputs.one("collected"),
            outputs.all("analysed") if analysed is None else analysed,
            outputs.all("extracted") if extracted is None else extracted,
            linked or outputs.one("linked"),
            run,
        )
    report_release(published)
    return published
