"""Words that more than one room needs: the roles of staff, the languages of the panel."""

from typing import NamedTuple

from flask_babel.speaklater import LazyString

from backend.permissions import Role
from web.languages import lazy


class Word(NamedTuple):
    """A label and the name of its icon."""

    text: LazyString
    icon: str


ROLES = {
    Role.OFFICER: lazy("Cán bộ Công an"),
    Role.CHIEF: lazy("Chỉ huy Công an"),
    Role.ORGANISER: lazy("Ban tổ chức"),
    Role.COUNCIL: lazy("Hội đồng thi đua"),
    Role.PROVINCE: lazy("Công an tỉnh"),
    Role.ADMINISTRATOR: lazy("Quản trị"),
}

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
