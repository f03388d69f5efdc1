"""Wards: find yours, its outline and its residential groups. Public."""

from dataclasses import asdict
from typing import Any

from flask import g

from backend.wards import queries
from mobile_api.shell.blueprint import Blueprint
from mobile_api.wards.schemas import AreaList, WardDetail, WardPage, WardsQuery

blueprint = Blueprint("wards", __name__, description="Wards and their residential groups, public")

# short: a ward that joins is found within a minute
PUBLIC = {"Cache-Control": "public, max-age=60"}


@blueprint.get("/wards")
@blueprint.arguments(WardsQuery, location="query")
@blueprint.response(200, WardPage)
def search_wards(query: dict[str, Any]) -> Any:
    """Find wards by name and province, without case or diacritics

    The exact name first, then names that begin so; among equals those whose police works with the product.
    """
    return queries.search_wards(g.session, g.actor, **query), PUBLIC


@blueprint.get("/wards/<code>")
@blueprint.response(200, WardDetail)
@blueprint.alt_response(404, "NOT_FOUND")
def read_ward(code: str) -> Any:
    """One ward with its outline"""
    found = queries.read_ward(g.session, g.actor, code=code)
    return {**asdict(found.ward), "boundary": found.boundary}, PUBLIC


@blueprint.get("/wards/<code>/areas")
@blueprint.response(200, AreaList)
@blueprint.alt_response(404, "NOT_FOUND")
def list_areas(code: str) -> Any:
    """The residential groups of a ward, in their natural order"""
    return {"items": queries.areas_of_ward(g.session, g.actor, code=code)}, PUBLIC
