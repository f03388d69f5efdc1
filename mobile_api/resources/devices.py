"""Devices: which installation of the app is woken, and for which ward. No account is needed."""

from typing import Any

from flask import g
from flask.views import MethodView

from backend.push import commands
from mobile_api.blueprint import Blueprint
from mobile_api.schemas import devices as shapes
from web.limits import limit_network

blueprint = Blueprint("devices", __name__, description="Devices that want to be woken by alerts")


@blueprint.route("/me/devices")
class Devices(MethodView):
    @limit_network("devices")
    @blueprint.alt_response(429, "TOO_MANY_REQUESTS")
    @blueprint.arguments(shapes.DeviceIn)
    @blueprint.response(200, shapes.DeviceOut)
    def put(self, body: dict[str, Any]) -> Any:
        """Wake this device when its ward is alerted; the same address again updates it."""
        return commands.register_device(g.session, g.actor, **body)

    @limit_network("devices")
    @blueprint.alt_response(429, "TOO_MANY_REQUESTS")
    @blueprint.arguments(shapes.DeviceGone)
    @blueprint.response(204)
    def delete(self, body: dict[str, Any]) -> None:
        """Never wake this device again."""
        commands.unregister_device(g.session, g.actor, **body)
