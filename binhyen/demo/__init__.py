"""The demo's invented ward, made through the real commands: real keys, real seals, real approvals."""

from binhyen.demo.make import make
from binhyen.demo.welcome import welcome

__all__ = ["make", "welcome"]
