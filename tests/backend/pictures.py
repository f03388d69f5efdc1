"""Small pictures for tests, and what became of them."""

from io import BytesIO

import pytest
from PIL import Image

from backend.media import PhotoRefused, clean_photo


def gradient(size=(64, 48), mode="RGB"):
    """Top left black, red to the right, green downwards."""
    red = Image.linear_gradient("L").rotate(90).resize(size)
    green = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (red, green, Image.new("L", size))).convert(mode)


def encoded(picture, kind="JPEG", **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(data):
    picture = Image.open(BytesIO(data), formats=["JPEG"])
    picture.load()
    return picture


def refusal(data, name="ảnh.jpg"):
    with pytest.raises(PhotoRefused) as refused:
        clean_photo(data, name=name)
    assert refused.value.params["name"] == name
    assert refused.value.text.count("%(name)s") == 1
    return refused.value.code
