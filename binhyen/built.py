"""Where the builds of the app and the panel lie."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
APP = ROOT / "mobile_app" / "dist"
PANEL = ROOT / "admin" / "static"
DESIGN = ROOT / "web" / "design"
