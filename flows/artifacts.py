"""What a run leaves in Prefect: counts per stage, rejects by reason, the way to the release."""

import polars as pl
from prefect.artifacts import create_link_artifact, create_table_artifact

from corpus_etl.release import Published, open_release


def report_release(published: Published) -> None:
    """Create the artifacts of a run; keys hold the name of the dataset, so each has its history."""
    release = open_release(published.folder)
    dataset = release.manifest["dataset"]
    create_table_artifact(
        key=f"{dataset}-stages",
        table=[dict(stage) for stage in release.manifest["stages"]],
        description=f"Rows per stage of {dataset} {published.version}",
    )
    reasons = release.read("rejects").group_by("stage", "reason").len("rows").sort("stage", "reason")
    create_table_artifact(
        key=f"{dataset}-rejects",
        table=reasons.with_columns(pl.col("rows").cast(pl.Int64)).to_dicts(),
        description=f"Rejects of {dataset} {published.version} by reason",
    )
    create_link_artifact(
        key=f"{dataset}-release",
        link=published.folder.resolve().as_uri(),
        link_text=f"{dataset} {published.version}",
        description="published" if published.new else "unchanged: no new release",
    )
