"""Prefect flows: orchestration only; the stages are plain functions of `corpus_etl.pipeline`."""
