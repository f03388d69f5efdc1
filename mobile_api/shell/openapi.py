"""The API's description: OpenAPI 3.1 from the declarations of the resources."""

import http
import json
from typing import Any

import flask_smorest
from flask import Flask
from flask_smorest.utils import prepare_response

from mobile_api.shell.shapes import Problem

PROBLEM_TYPE = "application/problem+json"
DESCRIPTION = """
Vietnamese first: `Accept-Language: vi` (default) or `en` chooses the language of every `detail`.

Every refusal is a problem (RFC 9457, `application/problem+json`) with a stable `code`. Unknown fields are refused.
Lists are pages: follow `next_cursor` until it is null. Times are RFC 3339 in UTC. A POST that a phone may send twice
carries an `Idempotency-Key` (a random UUID for each act): the same key and body get the same answer once more.
"""
TOO_MANY = "Asked too often: `too_many_requests` for a network; one phone has codes of its own."
RETRY_AFTER = {
    "description": "Seconds to wait, as `retry_after`",
    "required": True,
    "schema": {"type": "integer", "minimum": 1},
}
SERVER = "/api/v1"
RENAMED = {"UNPROCESSABLE_CONTENT": "UNPROCESSABLE_ENTITY", "CONTENT_TOO_LARGE": "REQUEST_ENTITY_TOO_LARGE"}


class StrictApi(flask_smorest.Api):
    """flask-smorest's Api that leaves errors to mobile_api.shell.problems and describes them as they are."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """mobile_api.shell.problems answers every failure."""

    def _register_responses(self) -> None:
        for status in http.HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase}
            if status >= 400:
                response["schema"] = self.ERROR_SCHEMA
            if status == http.HTTPStatus.TOO_MANY_REQUESTS:
                response |= {"description": TOO_MANY, "headers": {"Retry-After": RETRY_AFTER}}
            prepare_response(response, self.spec, PROBLEM_TYPE)
            self.spec.components.response(status.name, response, lazy=True)
        otherwise = {"description": "Refused; `code` says why, `detail` what to do.", "schema": self.ERROR_SCHEMA}
        prepare_response(otherwise, self.spec, PROBLEM_TYPE)
        self.spec.components.response("DEFAULT_ERROR", otherwise, lazy=True)


def document(api: flask_smorest.Api) -> dict[str, Any]:
    """The description as JSON values: the same from every Python, and in whatever order a view is decorated.

    Newer Pythons call two statuses by other names.
    """
    text = json.dumps(api.spec.to_dict())
    for name, older in RENAMED.items():
        text = text.replace(f'/{name}"', f'/{older}"').replace(f'"{name}"', f'"{older}"')
    described: dict[str, Any] = json.loads(text)
    for path in described["paths"].values():
        for operation in path.values():
            if "responses" in operation:
                operation["responses"] = dict(sorted(operation["responses"].items()))  # by status, "default" last
    return described


def describe_api(app: Flask) -> StrictApi:
    """An Api on `app`, with what is true of all resources."""
    app.config.update(
        API_TITLE="Bình Yên",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "info": {"description": DESCRIPTION.strip(), "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "servers": [{"url": SERVER}],
        },
    )
    api = StrictApi(app)
    bearer = {"type": "http", "scheme": "bearer", "description": "The token that POST auth/sessions gave."}
    api.spec.components.security_scheme("bearer", bearer)
    return api
