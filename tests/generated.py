"""Requests that schemathesis generates from the API's own description, and what it finds wrong.

run = generate(application, examples=10, seed=1)
run.cases       # how many were sent
run.failures    # what each check complained of
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.db import connections
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from schemathesis.openapi.checks import RejectedPositiveData

DESCRIPTION = "/api/v1/openapi.json"
Application = Callable[..., Iterable[bytes]]


@dataclass
class Run:
    """What came of a run; `excused` counts refusals for what OpenAPI has no words for."""

    cases: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    answered: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    excused: int = 0

    @property
    def drawn(self) -> int:
        """Return how many were drawn at random, and not worked out from the description."""
        return self.cases["FUZZING"] + self.cases["STATEFUL_TESTING"]


def generate(
    application: Application, examples: int, seed: int, most_failures: int | None = None
) -> Run:
    """Send right and wrong requests to every endpoint, with all checks that there are."""
    run = Run()
    stop = {"max-failures": most_failures} if most_failures else {}
    config = SchemathesisConfig.from_dict(
        {
            **stop,
            "seed": seed,
            "cache": {"enabled": False},
            "generation": {"max-examples": examples, "database": "none"},
        }
    )
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, counted(application, run), config=config)

    @schema.hook
    def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
        is_excused = isinstance(failure, RejectedPositiveData) and is_unpaired(case, response)
        run.excused += is_excused
        return not is_excused

    for event in from_schema(schema).execute():
        note(event, run)
    return run


def counted(application: Application, run: Run) -> Application:
    """Count what is sent and answered; the threads of the engine leave no connection open."""

    def asked(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def started(status: str, *rest: Any) -> Any:
            run.answered[int(status[:3])] += 1
            return start_response(status, *rest)

        run.sent[environ["REQUEST_METHOD"]] += 1
        environ.pop("HTTP_ACCEPT_ENCODING", None)  # its client unpacks nothing
        try:
            return list(application(environ, started))
        finally:
            if threading.current_thread() is not threading.main_thread():
                connections.close_all()

    return asked


def is_unpaired(case: Any, response: Any) -> bool:
    """Say whether a request has a position without its state, and was refused for that alone."""
    query = case.query or {}
    positions, states = (list(query.get(name, [])) for name in ("position", "state"))
    said = json.loads(response.content).get("detail", "")
    return len(positions) > len(states) and said.startswith("Give each position its state")


def note(event: events.EngineEvent, run: Run) -> None:
    if isinstance(event, events.NonFatalError | events.FatalError):
        run.failures.append(str(event))
    if not isinstance(event, events.ScenarioFinished):
        return
    run.cases[event.phase.name] += len(event.recorder.cases)
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.status is not Status.SUCCESS:
                found = check.failure_info
                told = f"{found.failure.message}\n{found.code_sample}" if found else ""
                run.failures.append(f"{event.recorder.label}, {check.name}: {told}")
