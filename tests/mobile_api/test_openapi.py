"""The API's description is whole and true."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mobile_api.alerts import schemas as alerts
from mobile_api.app import openapi_document
from mobile_api.shell import docs
from mobile_api.shell.shapes import Schema

METHODS = {"get", "post", "put", "delete", "patch"}
KEPT = Path(__file__).parents[2] / "mobile_api" / "openapi.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_document()


def _operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def test_every_operation_says_what_it_does_and_how_it_refuses(document: dict[str, Any]) -> None:
    for method, path, operation in _operations(document):
        assert operation.get("summary"), f"{method} {path} has no summary"
        assert operation["tags"], f"{method} {path} has no tag"
        assert "default" in operation["responses"], f"{method} {path} does not say how it refuses"


def test_every_route_is_described(document: dict[str, Any], api_app: Flask) -> None:
    described = {(method, path) for method, path, _ in _operations(document)}
    there = {
        (method.lower(), _as_described(rule.rule))
        for rule in api_app.url_map.iter_rules()
        if rule.endpoint != "static" and not rule.endpoint.startswith("docs.")
        for method in (rule.methods or set()) & {name.upper() for name in METHODS}
    }
    assert described == there


def test_refusals_are_described_as_problems(document: dict[str, Any]) -> None:
    for name, response in document["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name
    problem = document["components"]["schemas"]["Problem"]
    assert set(problem["required"]) == {"type", "title", "status", "code", "detail", "reference"}


def test_every_limited_route_says_that_it_may_be_asked_too_often(document: dict[str, Any], api_app: Flask) -> None:
    limited = {
        (method.lower(), _as_described(rule.rule))
        for rule in api_app.url_map.iter_rules()
        for method in (rule.methods or set()) & {name.upper() for name in METHODS}
        if hasattr(_handler(api_app, rule.endpoint, method), "limited_as")
    }
    says = {(method, path) for method, path, operation in _operations(document) if "429" in operation["responses"]}
    assert limited
    assert limited == says
    header = document["components"]["responses"]["TOO_MANY_REQUESTS"]["headers"]["Retry-After"]
    assert header["schema"]["type"] == "integer"


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(reference := value.get("$ref"), str):
                target: Any = document
                for part in reference.removeprefix("#/").split("/"):
                    assert part in target, reference
                    target = target[part]
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(document)


def test_a_repeatable_post_asks_for_its_key(document: dict[str, Any]) -> None:
    for path in ("/tips", "/tips/messages"):
        headers = {
            parameter["name"]: parameter
            for parameter in document["paths"][path]["post"]["parameters"]
            if parameter["in"] == "header"
        }
        assert headers["Idempotency-Key"]["required"], path


def test_every_body_refuses_unknown_fields(document: dict[str, Any]) -> None:
    for method, path, operation in _operations(document):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if kind == "application/json":
                name = content["schema"]["$ref"].rsplit("/", 1)[-1]
                schema = document["components"]["schemas"][name]
                assert schema.get("additionalProperties") is False, f"{method} {path}: {name}"


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        (alerts.AlertPage, alerts.PAGE_EXAMPLE),
        (alerts.Alert, alerts.ALERT_EXAMPLE),
        (alerts.AlertReceiptIn, alerts.RECEIPT_EXAMPLE),
    ],
)
def test_the_examples_are_what_they_illustrate(schema: type[Schema], example: dict[str, Any]) -> None:
    assert schema().dump(schema().load(example)) == example


def test_the_kept_description_is_current() -> None:
    assert json.loads(KEPT.read_text()) == openapi_document(), "mobile_api/openapi.json is stale: run make docs"


def test_the_page_loads_nothing_from_elsewhere_and_has_no_inline_script(api: FlaskClient) -> None:
    page = api.get("/docs")
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "script-src 'self'" in policy
    text = page.get_data(as_text=True)
    assert "http://" not in text
    assert "https://" not in text
    for name in docs.ASSETS:
        with api.get(f"/docs/{name}") as asset:
            assert asset.status_code == 200
    with api.get("/static/docs.js") as script:
        assert script.status_code == 200


@pytest.mark.parametrize("name", ["oauth2-redirect.html", "..%2f__init__.py", "VERSION", "%00"])
def test_the_page_gives_out_its_own_files_only(api: FlaskClient, name: str) -> None:
    assert api.get(f"/docs/{name}").status_code == 404


def _handler(app: Flask, endpoint: str, method: str) -> Any:
    view: Any = app.view_functions[endpoint]
    return getattr(view.view_class, method.lower(), None) if hasattr(view, "view_class") else view


def _as_described(rule: str) -> str:
    parts = (part.split(":")[-1].strip("<>") for part in rule.split("/"))
    bare = rule.split("/")
    return "/".join(f"{{{name}}}" if whole.startswith("<") else whole for name, whole in zip(parts, bare, strict=True))
