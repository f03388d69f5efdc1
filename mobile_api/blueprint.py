"""flask-smorest's Blueprint with a parser that refuses what it does not know."""

from typing import Any, NoReturn

import flask
import flask_smorest
import marshmallow as ma
from webargs.core import is_json
from webargs.flaskparser import FlaskParser

from mobile_api.strict_json import NotJson, read_json, refuse_unreadable

LARGEST_JSON = 256 * 1024


class StrictParser(FlaskParser):
    """Unknown fields are refused everywhere but in headers; every refusal is a ValidationError of marshmallow."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": None, "querystring": None}

    def _raw_load_json(self, req: flask.Request) -> Any:
        req.max_content_length = min(LARGEST_JSON, req.max_content_length or LARGEST_JSON)
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
    """What every resource is made with."""

    ARGUMENTS_PARSER = StrictParser()
