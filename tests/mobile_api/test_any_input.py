"""schemathesis: requests of every shape that the description allows, and of many it does not. Never a 5xx."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from sqlalchemy.orm import Session
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from backend.permissions import Actor
from backend.wards.models import Ward
from mobile_api.app import create_app
from tests.alerts import facts
from tests.make import make_resident
from tests.mobile_api.signing_in import sign_in
from web import limits

KEPT = Path(__file__).parents[2] / "mobile_api" / "openapi.json"
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
PATHS: dict[str, dict[str, Any]] = json.loads(KEPT.read_text())["paths"]
OPERATIONS = [(method, path) for path, item in PATHS.items() for method in item if method != "parameters"]
# only what has a body or a query can be asked in a way that is not allowed
REFUSABLE = [
    (method, path)
    for method, path in OPERATIONS
    if "requestBody" in PATHS[path][method]
    or any(one["in"] == "query" for one in PATHS[path][method].get("parameters", []))
]
ALLOWED, NOT_ALLOWED = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
CASES = [(*one, ALLOWED) for one in OPERATIONS] + [(*one, NOT_ALLOWED) for one in REFUSABLE]
QUICKLY = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module")
def described() -> Any:
    def nothing(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [])
        return [b""]

    served = DispatcherMiddleware(nothing, {"/api/v1": create_app()})
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served)


@pytest.mark.parametrize(("method", "path", "mode"), CASES, ids=[f"{m} {p} {mode.value}" for m, p, mode in CASES])
def test_any_input(
    described: Any,
    method: str,
    path: str,
    mode: GenerationMode,
    session: Session,
    ward: Ward,
    officer: Actor,
    chief: Actor,
) -> None:
    operation = described[path][method.upper()]
    facts.publish(session, officer, chief)
    headers = {"Authorization": f"Bearer {sign_in(session, make_resident(session, ward=ward))}"}

    @QUICKLY
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        limits.reset()
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()
