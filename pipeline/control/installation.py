"""The whole installation, up or down: the newsroom and Airflow's four components on 127.0.0.1."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable

from pipeline.control.airflow_api import AirflowApi
from pipeline.control.airflow_home import BINARY_FOLDER, AirflowHome
from pipeline.control.newsroom_visit import newsroom_answers
from pipeline.control.processes import Supervisor, wait_until
from pipeline.errors import ConfigurationError, PermanentError, TransientError
from pipeline.settings import ENVIRONMENT_PREFIX, PROJECT_FOLDER, Settings

DAG_ID = "nightly_refresh"
NEWSROOM = "newsroom"
# Without --skip-serve-logs, scheduler and triggerer open log servers on all interfaces.
COMPONENTS: dict[str, list[str]] = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
HEALTH_NAMES = ("metadatabase", "scheduler", "triggerer", "dag_processor")
READY_LIMIT_SECONDS = 180.0
NEWSROOM_LIMIT_SECONDS = 30.0

Say = Callable[[str], None]


class Installation:
    """One installation that can be brought up and taken down."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self.settings = settings
        self.say = say
        self.airflow = AirflowHome(settings)
        self.api = AirflowApi(self.airflow)
        self.supervisor = Supervisor(settings.home)

    def is_up(self) -> bool:
        """Whether all of Airflow's components run."""
        return all(self.supervisor.is_running(name) for name in COMPONENTS)

    def bring_up(self) -> None:
        """Start what does not run yet and return when Airflow calls itself healthy and knows the DAG.

        Raises:
            ConfigurationError: a port is taken.
            PermanentError: a component died; its last words are in the message.
            TransientError: not ready in time.
        """
        self.airflow.prepare(self.say)
        self.start_newsroom()
        if not self.supervisor.is_running("api-server"):
            _require_free(self.settings.airflow_port, "airflow_port")
        self.say("starting Airflow: api-server, scheduler, dag-processor, triggerer (about 30 seconds) ...")
        for name, arguments in COMPONENTS.items():
            command = [str(BINARY_FOLDER / "airflow"), *arguments]
            self.supervisor.start(name, command, self.airflow.environment(), PROJECT_FOLDER)
        self._wait("Airflow's health endpoint", lambda: self.api.healthy(HEALTH_NAMES), READY_LIMIT_SECONDS)
        self.api.create_pools()
        self._wait(f"the DAG {DAG_ID}", self._dag_is_known, READY_LIMIT_SECONDS)

    def start_newsroom(self) -> None:
        """Start the built-in newsroom, if the settings want it and it does not run yet."""
        if not self.settings.newsroom or newsroom_answers(self.settings):
            return
        _require_free(self.settings.newsroom_port, "newsroom_port")
        self.say(f"starting the newsroom: http://127.0.0.1:{self.settings.newsroom_port}/")
        command = [sys.executable, "-m", "pipeline.cli", "newsroom"]
        self.supervisor.start(NEWSROOM, command, self.airflow.environment(), PROJECT_FOLDER)
        self._wait("the newsroom", lambda: newsroom_answers(self.settings), NEWSROOM_LIMIT_SECONDS)

    def take_down(self) -> list[str]:
        """Stop everything that was started; returns the names of what was there."""
        return self.supervisor.stop_all()

    def _wait(self, what: str, ready: Callable[[], bool], limit_seconds: float) -> None:
        def ready_or_dead() -> bool:
            for name in self.supervisor.names():
                if not self.supervisor.is_running(name):
                    raise PermanentError(
                        f"{name} ended by itself; its log {self.supervisor.log_file(name)} closes with:\n"
                        f"{self.supervisor.last_words(name)}"
                    )
            return ready()

        if not wait_until(ready_or_dead, limit_seconds):
            raise TransientError(
                f"{what} was not ready within {limit_seconds:.0f} seconds; logs: {self.settings.home / 'logs'}"
            )

    def _dag_is_known(self) -> bool:
        errors = self.api.import_errors()
        if errors:
            raise PermanentError("Airflow cannot import a DAG file:\n" + "\n".join(errors))
        return self.api.has_dag(DAG_ID)


def _require_free(port: int, setting: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ConfigurationError(
                f"port {port} on 127.0.0.1 is taken by another program; "
                f"set {ENVIRONMENT_PREFIX}{setting.upper()} to a free one"
            ) from error
