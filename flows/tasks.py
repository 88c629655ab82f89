"""One task per shard and stage. Tasks take and return paths, never frames."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from corpus_etl.errors import CorpusEtlError
from corpus_etl.ingest import Shard
from corpus_etl.pipeline import Parameters, Plan, stages
from corpus_etl.release import Published
from flows.workers import in_worker


def _may_pass(_task: Any, _run: Any, state: Any) -> bool:
    """Retry faults of storage and lost processes; a wrong setting or a failed check stays as it is."""
    try:
        state.result()
    except CorpusEtlError:
        return False
    except Exception:
        return True
    return False


_RETRIED: dict[str, Any] = {
    "retries": 3,
    "retry_delay_seconds": exponential_backoff(backoff_factor=2),
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": _may_pass,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}


@task(task_run_name="ingest-{number}", **_RETRIED)
def ingest_shard(parameters: Parameters, root: Path, shard: Shard, number: int) -> Path:
    """Read the raw records of one shard."""
    return in_worker(stages.ingest_shard, parameters, root, shard)


@task(**_RETRIED)
def collect_documents(parameters: Parameters, plan: Plan, ingested: Sequence[Path]) -> Path:
    """Bring the documents of all shards together."""
    return in_worker(stages.collect_documents, parameters, plan, ingested)


@task(task_run_name="analyse-{shard.name}", **_RETRIED)
def analyse_shard(parameters: Parameters, shard: Path) -> Path:
    """Analyse the sentences of one shard."""
    return in_worker(stages.analyse_shard, parameters, shard)


@task(task_run_name="extract-{shard.name}", **_RETRIED)
def extract_shard(parameters: Parameters, shard: Path, analysis: Path) -> Path:
    """Extract the event mentions of one shard."""
    return in_worker(stages.extract_shard, parameters, shard, analysis)


@task(**_RETRIED)
def link_all(parameters: Parameters, collected: Path, extracted: Sequence[Path]) -> Path:
    """Link all mentions into events and entities."""
    return in_worker(stages.link_all, parameters, collected, extracted)


@task(**_RETRIED)
def publish_release(
    parameters: Parameters,
    collected: Path,
    analysed: Sequence[Path],
    extracted: Sequence[Path],
    linked: Path,
    run: dict[str, Any],
) -> Published:
    """Validate and publish."""
    return in_worker(stages.publish_release, parameters, collected, analysed, extracted, linked, run)
