"""Settings of Prefect for runs without a configured server. Import before Prefect."""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent

_DEFAULTS = {
    "PREFECT_HOME": str(_ROOT / ".prefect"),
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    # The embedded server needs up to half a minute on a busy machine with a fresh database.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_CLI_PROMPT": "false",
}


def use_local_state() -> None:
    """Keep Prefect's state in the project, quiet and offline, unless the environment says otherwise."""
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
