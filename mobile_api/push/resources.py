"""Devices: which installation of the app is woken, and for which ward. No account is needed."""

from typing import Any

from flask import g

from backend.push import commands
from mobile_api.push.schemas import DeviceGone, DeviceIn, DeviceOut
from mobile_api.shell.blueprint import Blueprint

blueprint = Blueprint("devices", __name__, description="Devices that want to be woken by alerts")


@blueprint.put("/me/devices")
@blueprint.limited("devices")
@blueprint.arguments(DeviceIn)
@blueprint.response(200, DeviceOut)
def register_device(body: dict[str, Any]) -> Any:
    """Wake this device when its ward is alerted; the same address again updates it."""
    return commands.register_device(g.session, g.actor, **body)


@blueprint.delete("/me/devices")
@blueprint.limited("devices")
@blueprint.arguments(DeviceGone)
@blueprint.response(204)
def unregister_device(body: dict[str, Any]) -> None:
    """Never wake this device again."""
    commands.unregister_device(g.session, g.actor, **body)
