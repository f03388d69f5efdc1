"""The contracts on who may import whom hold for a feature that nobody has thought of yet."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS = [contract["name"] for contract in CONFIG["contracts"]]

# contract, a new file, and what it may not import
FORBIDDEN = [
    ("The house stands in layers", "backend/newthing/late.py", "web.limits"),
    ("The house stands in layers", "admin/newthing/phone.py", "mobile_api.app"),
    ("Nothing imports in a circle", "backend/newthing/queries.py", "backend.otherthing.queries"),
    ("The domain and the notifier speak no HTTP", "backend/newthing/pages.py", "flask"),
    ("The domain and the notifier speak no HTTP", "notifications/newthing.py", "marshmallow"),
    ("The edges speak no SQL", "admin/newthing/tables.py", "sqlalchemy"),
    ("The edges speak no SQL", "mobile_api/newthing/tables.py", "sqlalchemy.orm"),
    ("Only crypto touches libsodium", "backend/newthing/sealed.py", "nacl.secret"),
    ("Only the channels leave the machine", "backend/newthing/outside.py", "firebase_admin"),
    ("Only the channels leave the machine", "notifications/newthing_sms.py", "apprise"),
    ("Models stay inside the domain", "admin/newthing/rows.py", "backend.newthing.models"),
    ("Models stay inside the domain", "notifications/newthing_rows.py", "backend.newthing.models"),
    ("Models stay inside the domain", "binhyen/demo/newthing.py", "backend.newthing.models"),
    ("Each feature keeps its tables to itself", "backend/newthing/joins.py", "backend.tips.models"),
    ("Each feature keeps its tables to itself", "backend/tips/newjoins.py", "backend.newthing.models"),
    ("Own data stands above all features", "backend/newthing/export.py", "backend.own_data.commands"),
    ("Push stands below the features", "backend/push/newthing.py", "backend.newthing.rules"),
    ("Residents, staff and wards stand below push", "backend/wards/newthing.py", "backend.newthing.rules"),
    ("Residents, staff and wards stand below push", "backend/staff/newthing.py", "backend.newthing.rules"),
    ("Single files know no feature", "backend/newfile.py", "backend.newthing.rules"),
    ("Plumbing knows no feature", "web/newthing.py", "backend.newthing.rules"),
    ("Inside a feature", "backend/newthing/models.py", "backend.newthing.commands"),
    ("Inside a feature", "backend/newthing/commands.py", "backend.newthing.queries"),
    ("Rules decide without session and clock", "backend/newthing/rules.py", "backend.clock"),
    ("Rooms of the panel know no other room", "admin/newthing/near.py", "admin.otherthing.views"),
    ("Rooms of the panel know no other room", "admin/shell/newthing.py", "admin.otherthing.views"),
    ("Rooms of the API know no other room", "mobile_api/newthing/near.py", "mobile_api.otherthing.schemas"),
    ("Rooms of the API know no other room", "mobile_api/shell/newthing.py", "mobile_api.otherthing.schemas"),
    ("Tasks of a feature know no other feature's", "notifications/newthing_near.py", "notifications.otherthing"),
    ("Tasks of a feature know no other feature's", "notifications/sending/newthing.py", "notifications.otherthing"),
]
# what they import, where it is new as well; the first is the other half of a circle
BESIDE = {
    "backend/otherthing/queries.py": "backend.newthing.queries",
    "admin/otherthing/views.py": "backend.clock",
    "mobile_api/otherthing/schemas.py": "backend.clock",
    "notifications/otherthing.py": "backend.clock",
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources alone, as they are."""
    copy = tmp_path_factory.mktemp("tree")
    for package in CONFIG["root_packages"]:
        keep_sources = shutil.ignore_patterns("assets", "static", "templates", "translations", "*.json", "*.pyc")
        shutil.copytree(ROOT / package, copy / package, ignore=keep_sources)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.fixture(scope="module")
def broken(tree: Path) -> dict[str, str]:
    """What `lint-imports` says of each contract in a tree in which every file of FORBIDDEN stands."""
    for name, module in [*((file, module) for _, file, module in FORBIDDEN), *BESIDE.items()]:
        file = tree / name
        file.parent.mkdir(exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(f"import {module}\n")
    told = lint(tree)
    assert told.returncode == 1, told.stdout
    return reasons(told.stdout)


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in this tree."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=tree, env=os.environ | {"COLUMNS": "300"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def reasons(report: str) -> dict[str, str]:
    """The report's paragraphs about broken contracts, by their names."""
    titles = "|".join(re.escape(name) for name in CONTRACTS)
    parts = re.split(rf"^({titles})\n-+\n", report.split("Broken contracts")[-1], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_package_is_read() -> None:
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")}
    assert set(CONFIG["root_packages"]) == packages - {"bench", "tests"}


def test_every_contract_is_tried() -> None:
    assert {contract for contract, *_ in FORBIDDEN} == set(CONTRACTS)


@pytest.mark.parametrize(("contract", "file", "module"), FORBIDDEN, ids=lambda value: str(value).replace(" ", "-"))
def test_a_new_feature_is_guarded(broken: dict[str, str], contract: str, file: str, module: str) -> None:
    importer = file.removesuffix(".py").replace("/", ".")
    told = broken.get(contract, "")
    if contract == "Nothing imports in a circle":
        assert "No cycles are allowed in backend." in told
        assert ".newthing" in told
    else:
        root = module.split(".")[0]
        assert f"{importer} -> {module if root in CONFIG['root_packages'] else root} (l." in told
