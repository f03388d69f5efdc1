"""The words for acts of features that have no room in the panel, as the log tells them."""

from web.languages import lazy

ACTS = {
    "resident.export": lazy("tải dữ liệu của một người dân"),
    "resident.delete": lazy("xóa dữ liệu của một người dân"),
}
