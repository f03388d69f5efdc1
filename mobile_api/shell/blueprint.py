"""What the resources of a feature are declared with: flask-smorest's Blueprint, strict about what it reads.

A view is declared in the order in which a request passes: its route, its limit, whether it needs an account, what is
read, whether it may be repeated, what is answered, and the refusals that have a status of their own.
"""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import flask
import flask_smorest
import marshmallow as ma
from webargs.core import is_json
from webargs.flaskparser import FlaskParser

from mobile_api.shell.idempotency import KEY_HEADER
from mobile_api.shell.strict_json import MAX_JSON_BYTES, NotJson, read_json, refuse_unreadable
from web.limits import limit_network

View = TypeVar("View", bound=Callable[..., Any])


class StrictParser(FlaskParser):
    """Unknown fields are refused everywhere but in headers; every refusal is a ValidationError of marshmallow."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": None, "querystring": None}

    def _raw_load_json(self, req: flask.Request) -> Any:
        req.max_content_length = min(MAX_JSON_BYTES, req.max_content_length or MAX_JSON_BYTES)
        raw = req.get_data(cache=True)
        if not is_json(req.mimetype):
            raise NotJson()
        return read_json(raw)

    def load_querystring(self, req: flask.Request, schema: ma.Schema) -> Any:
        refuse_unreadable(req.args.to_dict())
        return super().load_querystring(req, schema)

    def handle_error(self, error: ma.ValidationError, *args: Any, **kwargs: Any) -> NoReturn:
        raise error


class Blueprint(flask_smorest.Blueprint):
    """The resources under one tag of the API's description. Its name is the tag."""

    ARGUMENTS_PARSER = StrictParser()

    def limited(self, name: str) -> Callable[[View], View]:
        """Refuse a network that has used up the limit `name` (a key of web.limits.LIMITS).

        Above `arguments` every request counts, below it only what could be read.
        """

        def decorate(view: View) -> View:
            return self.alt_response(429, "TOO_MANY_REQUESTS")(limit_network(name)(view))

        return decorate

    def signed_in(self, view: View) -> View:
        """Say that the view needs an account. What refuses others is the command or query that it calls."""
        return self.doc(security=[{"bearer": []}])(self.alt_response(401, "UNAUTHORIZED")(view))

    def repeatable(self, view: View) -> View:
        """Say that a phone may send this again with the same Idempotency-Key; the view answers with `once`."""
        return self.doc(parameters=[KEY_HEADER])(view)
