"""What the app asks first: how this server is set up."""

from typing import Any

from backend import media
from backend.config import settings
from backend.push import vapid
from backend.tips.rules import MOST_PHOTOS
from mobile_api.config.schemas import Config
from mobile_api.shell.blueprint import Blueprint
from web.transaction import detached

blueprint = Blueprint("config", __name__, description="How this server is set up")


@blueprint.get("/config")
@detached
@blueprint.response(200, Config)
def read_config() -> Any:
    """How this server is set up

    Whether it is a demonstration, the key for Web Push, the map, and how many photos a tip may carry.
    """
    return {
        "demo": settings().demo,
        "vapid_public_key": vapid.public_key(),
        "map_tiles_url": settings().map_tiles_url,
        "poll_seconds": settings().poll_seconds,
        "vneid_url": settings().vneid_url,
        "max_photos": MOST_PHOTOS,
        "max_photo_bytes": media.MOST_BYTES,
    }
