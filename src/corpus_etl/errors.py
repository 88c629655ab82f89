"""Errors that the user can act on. Their messages name the file, record or setting, and what to do."""


class CorpusEtlError(Exception):
    """Base of all errors raised on purpose."""


class ConfigurationError(CorpusEtlError):
    """A parameter, path or language pack is wrong; raised before any work is done (exit code 2)."""


class CheckFailed(CorpusEtlError):
    """A release or a stage did not pass its checks (exit code 1)."""
