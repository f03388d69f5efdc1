"""The words for acts on contacts, as the log tells them."""

from web.languages import lazy

ACTS = {"contacts.set": lazy("sửa thông tin liên hệ")}
