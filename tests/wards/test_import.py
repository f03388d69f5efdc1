"""Importing communes and areas: all of a file or nothing, every bad row named by its line."""

import unicodedata

import pytest
from sqlalchemy import func, select

from backend import audit
from backend.errors import NotFound, NotPermitted, SignInRequired
from backend.permissions import NOBODY, OPERATOR, Actor, Role
from backend.wards import commands, queries
from backend.wards.errors import BoundaryInvalid, BoundaryOfAnotherWard, BoundaryTooLarge, ImportRefused
from backend.wards.models import Area, Ward

HEAD = "province_code,province_name,commune_code,commune_name,commune_kind,commune_full_name\n"
GOOD = "01,Thành phố Hà Nội,00004,Ba Đình,Phường,Phường Ba Đình\n"
AREAS = "ward_code,area_code,area_name,area_kind,lat,lon\n"


def communes(session, text):
    return commands.import_communes(session, OPERATOR, lines=text.splitlines(keepends=True))


def areas(session, text):
    return commands.import_areas(session, OPERATOR, lines=(AREAS + text).splitlines(keepends=True))


def refused(act, *arguments):
    with pytest.raises(ImportRefused) as caught:
        act(*arguments)
    return [(row.line, row.column, row.error.code) for row in caught.value.rows]


@pytest.fixture
def official(shared_data):
    with (shared_data / "vn-communes.csv").open(encoding="utf-8", newline="") as file:
        return file.read()


def test_all_communes_and_a_second_run_changes_nothing(session, official):
    first = communes(session, official)
    assert (first.new, first.changed, first.unchanged) == (3321, 0, 0)
    second = communes(session, official)
    assert (second.new, second.changed, second.unchanged) == (0, 0, 3321)
    kinds = dict(session.execute(select(Ward.kind, func.count()).group_by(Ward.kind)).all())
    assert kinds == {"phuong": 697, "xa": 2611, "dac_khu": 13}
    assert session.get(Ward, "06325").full_name == "Xã Bắc Sơn"
    assert audit.verify(session, None) is None


def test_line_ends_byte_order_mark_decomposed_letters_and_blank_lines_are_taken(session):
    odd = "\ufeff" + (HEAD + "\n" + unicodedata.normalize("NFD", GOOD) + ",,,,,\n").replace("\n", "\r\n")
    assert communes(session, odd).new == 1
    assert session.get(Ward, "00004").name == "Ba Đình"
    assert communes(session, HEAD + GOOD).unchanged == 1


def test_columns_may_stand_in_another_order(session):
    head = "commune_code,commune_name,commune_kind,commune_full_name,province_name,province_code\n"
    communes(session, head + "00004,Ba Đình,Phường,Phường Ba Đình,Thành phố Hà Nội,01\n")
    assert session.get(Ward, "00004").province_code == "01"


def test_what_differs_is_changed_and_the_rest_of_the_ward_stays(session):
    communes(session, HEAD + GOOD)
    ward = commands.activate_ward(session, OPERATOR, ward_code="00004")
    done = communes(session, HEAD + GOOD.replace("Ba Đình", "Ba Đình 1") + GOOD.replace("00004", "00008"))
    assert (done.new, done.changed, done.unchanged) == (1, 1, 0)
    session.refresh(ward)
    assert (ward.name, ward.active) == ("Ba Đình 1", True)


BAD_ROWS = [
    ("01,Thành phố Hà Nội,0005,Ba Đình,Phường,Phường Ba Đình", "ward_code_wrong"),
    ("01,Thành phố Hà Nội,００００５,Ba Đình,Phường,Phường Ba Đình", "ward_code_wrong"),
    ("1,Thành phố Hà Nội,00005,Ba Đình,Phường,Phường Ba Đình", "province_code_wrong"),
    ("01,Thành phố Hà Nội,00005,Ba Đình,Quận,Quận Ba Đình", "ward_kind_wrong"),
    ("01,Thành phố Hà Nội,00005,Ba Đình", "column_count_wrong"),
    ("01,Thành phố Hà Nội,00005,Ba Đình,Phường,Phường Ba Đình,thừa", "column_count_wrong"),
    ("01,Thành phố Hà Nội,00004,Ba Đình,Phường,Phường Ba Đình", "duplicate_line"),
    ("01,Tỉnh Lạng Sơn,00005,Ba Đình,Phường,Phường Ba Đình", "province_name_differs"),
    ("01,Thành phố Hà Nội,00005,Ba Đình,Phường,Phường Ngọc Hà", "full_name_wrong"),
    ("01,,00005,Ba Đình,Phường,Phường Ba Đình", "text_empty"),
    ('01,Thành phố Hà Nội,00005,"Ba Đình,Phường', "quotes_wrong"),
    ('01,Thành phố Hà Nội,00005,"Ba" Đình,Phường,Phường Ba Đình', "quotes_wrong"),
]


@pytest.mark.parametrize(("row", "code"), BAD_ROWS)
def test_a_bad_row_is_named_and_nothing_is_taken(session, row, code):
    found = refused(communes, session, HEAD + GOOD + row + "\n")
    assert [(line, what) for line, _, what in found] == [(3, code)]
    assert session.scalar(select(func.count()).select_from(Ward)) == 0


@pytest.mark.parametrize("name", ["Ba\x00Đình", "Ba\x07Đình", "x" * 200, "Ba\udce0Đình"])
def test_a_name_that_no_screen_can_show_is_named(session, name):
    found = refused(communes, session, f"{HEAD}01,Thành phố Hà Nội,00005,{name},Phường,Phường {name}\n")
    assert {(line, column) for line, column, _ in found} == {(2, "commune_name"), (2, "commune_full_name")}


def test_everything_that_is_wrong_is_named_at_once(session):
    text = HEAD + "1,,5,x,y,z\n" + GOOD + '"01"x,,,\n' + "01,Thành phố Hà Nội,00009,Ô,Phường,Phường Ô\n" + GOOD
    found = refused(communes, session, text)
    assert [line for line, _, _ in found] == [2, 2, 2, 2, 4, 6]
    assert found[0] == (2, "province_code", "province_code_wrong")


@pytest.mark.parametrize("text", ["", "code,name\n01,x\n", HEAD, HEAD + "\n\n", "\x00"])
def test_other_files_are_refused(session, text):
    assert refused(communes, session, text)


def test_a_file_in_another_encoding_is_refused_by_line(session, tmp_path):
    file = tmp_path / "old.csv"
    file.write_bytes(HEAD.encode() + GOOD.encode() + GOOD.encode("cp1258", "replace").replace(b"?", b"\xe0"))
    with file.open(encoding="utf-8", newline="") as lines, pytest.raises(ImportRefused) as caught:
        commands.import_communes(session, OPERATOR, lines=lines)
    assert caught.value.rows[-1].error.code == "file_unreadable"
    with file.open(encoding="utf-8", errors="surrogateescape", newline="") as lines:
        assert refused(lambda: commands.import_communes(session, OPERATOR, lines=lines))[0][0] == 3


def test_the_reason_is_said_in_plain_words(session):
    with pytest.raises(ImportRefused) as caught:
        communes(session, HEAD + BAD_ROWS[0][0] + "\n")
    assert caught.value.rows[0].reason.startswith("commune_code: Mã phường, xã “0005”")


def test_areas_are_taken_once_and_sorted_by_number(session):
    communes(session, HEAD + GOOD)
    rows = "".join(f"00004,T{n},Tổ dân phố {n},Tổ dân phố,21.0{n},105.8\n" for n in (10, 2, 1))
    assert areas(session, rows).new == 3
    kept = {area.code: area.id for area in queries.list_areas(session, "00004")}
    assert areas(session, rows).unchanged == 3
    assert areas(session, rows.replace("Tổ dân phố 2,", "Tổ dân phố 2B,")).changed == 1
    found = queries.list_areas(session, "00004")
    assert [area.name for area in found] == ["Tổ dân phố 1", "Tổ dân phố 2B", "Tổ dân phố 10"]
    assert {area.code: area.id for area in found} == kept


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("00000,T1,Tổ 1,Tổ dân phố,,", "ward_unknown"),
        ("4,T1,Tổ 1,Tổ dân phố,,", "ward_code_wrong"),
        ("00004,T1,Tổ 1,Tổ dân phố,105.8,21.0", "coordinates_wrong"),
        ("00004,T1,Tổ 1,Tổ dân phố,21,", "coordinates_wrong"),
        ("00004,T1,Tổ 1,Tổ dân phố,north,105", "coordinates_wrong"),
        ("00004,T1,Tổ 1,Tổ dân phố,nan,105", "coordinates_wrong"),
        ("00004,,Tổ 1,Tổ dân phố,,", "area_code_wrong"),
        ("00004,T1,,Tổ dân phố,,", "text_empty"),
        ("00004,T1,Tổ 1,Quận,,", "area_kind_wrong"),
        ("00004,T0,Tổ 1,Tổ dân phố,,", "duplicate_line"),
        ("00004,T1,Tổ 0,Tổ dân phố,,", "duplicate_line"),
    ],
)
def test_bad_areas_are_named(session, row, code):
    communes(session, HEAD + GOOD)
    found = refused(areas, session, "00004,T0,Tổ 0,Tổ dân phố,,\n" + row + "\n")
    assert [(line, what) for line, _, what in found] == [(3, code)]
    assert session.scalar(select(func.count()).select_from(Area)) == 0


def test_real_boundary_is_kept(session, shared_data):
    communes(session, HEAD + GOOD.replace("00004", "02215"))
    text = (shared_data / "02215_minh_xuan.geojson").read_text()
    commands.set_boundary(session, OPERATOR, ward_code="02215", geojson=text)
    found = queries.read_ward(session, NOBODY, code="02215")
    assert found.boundary["type"] == "MultiPolygon"
    communes(session, HEAD + GOOD)
    with pytest.raises(BoundaryOfAnotherWard):
        commands.set_boundary(session, OPERATOR, ward_code="00004", geojson=text)


@pytest.mark.parametrize(
    "geojson",
    [
        "", "{}", "[]", "null", '{"type":"Point","coordinates":[106,21]}', '{"type":"Polygon","coordinates":[]}',
        '{"type":"Polygon","coordinates":[[[106,21],[107,21],[106,21]]]}',
        '{"type":"Polygon","coordinates":[[[106,21],[107,21],[107,22],[106,22]]]}',
        '{"type":"Polygon","coordinates":[[[21,106],[21,107],[22,107],[21,106]]]}',
        '{"type":"Polygon","coordinates":[[[106,21],[107,NaN],[107,22],[106,21]]]}',
        '{"type":"Polygon","coordinates":[[[106,21],[true,21],[107,22],[106,21]]]}',
        '{"type":"Polygon","coordinates":{"0":1}}', '{"type":"MultiPolygon","coordinates":[1]}',
        '{"type":"FeatureCollection","features":[]}', '{"type":"Feature","geometry":null}', "[" * 100_000,
    ],
)  # fmt: skip
def test_other_boundaries_are_refused(session, geojson):
    communes(session, HEAD + GOOD)
    with pytest.raises(BoundaryInvalid):
        commands.set_boundary(session, OPERATOR, ward_code="00004", geojson=geojson)


def test_boundaries_are_bounded(session):
    communes(session, HEAD + GOOD)
    ring = "[106,21]," * 50_001
    huge = f'{{"type":"Polygon","coordinates":[[{ring}[106,21]]]}}'
    for geojson in (huge, huge + " " * 4_000_000):
        with pytest.raises(BoundaryTooLarge):
            commands.set_boundary(session, OPERATOR, ward_code="00004", geojson=geojson)


def test_only_administrators_change_the_map(session):
    chief = Actor(kind="staff", role=Role.CHIEF, ward_id="00004")
    for actor, refusal in ((NOBODY, SignInRequired), (chief, NotPermitted)):
        with pytest.raises(refusal):
            commands.import_communes(session, actor, lines=[HEAD, GOOD])
        with pytest.raises(refusal):
            commands.import_areas(session, actor, lines=[AREAS])
        with pytest.raises(refusal):
            commands.set_boundary(session, actor, ward_code="00004", geojson="{}")
    for code in ("00004", "", "\x00", "x" * 500):
        with pytest.raises(NotFound):
            commands.activate_ward(session, OPERATOR, ward_code=code)
