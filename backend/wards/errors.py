"""What can go wrong with wards and areas."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.errors import N_, CursorUnknown, DomainError, Kind


class WardUnknown(DomainError):
    """No ward has this code; choose one from the list."""

    kind = Kind.UNPROCESSABLE
    code = "ward_unknown"
    text = N_("Không có phường, xã hay đặc khu nào mang mã này. Hãy chọn lại từ danh sách.")


class WardCursorUnknown(CursorUnknown):
    """The cursor names no ward; search again from the start."""

    code = "ward_cursor_unknown"
    text = N_("Không tìm được trang tiếp theo. Hãy tìm lại từ đầu.")


class FileUnreadable(DomainError):
    """The file is not CSV in UTF-8; save it as “CSV UTF-8”."""

    kind = Kind.UNPROCESSABLE
    code = "file_unreadable"
    text = N_("Tệp không phải là CSV mã hóa UTF-8. Trong Excel, hãy lưu lại bằng “CSV UTF-8”.")


class FileEmpty(DomainError):
    """The file has no line below its header; choose the right file."""

    kind = Kind.UNPROCESSABLE
    code = "file_empty"
    text = N_("Tệp không có dòng nào dưới dòng tiêu đề.")


class HeaderWrong(DomainError):
    """The first line does not name exactly the columns `columns`; correct it."""

    kind = Kind.UNPROCESSABLE
    code = "header_wrong"
    text = N_("Dòng tiêu đề phải gồm đúng các cột: %(columns)s.")


class ColumnCountWrong(DomainError):
    """A line has `found` cells and not `wanted`; look for a comma too many or too few."""

    kind = Kind.UNPROCESSABLE
    code = "column_count_wrong"
    text = N_("Dòng có %(found)s cột, cần đúng %(wanted)s.")


class QuotesWrong(DomainError):
    """A quotation mark opens and does not close in the right place; correct the line."""

    kind = Kind.UNPROCESSABLE
    code = "quotes_wrong"
    text = N_("Dấu ngoặc kép mở mà không đóng đúng chỗ.")


class ProvinceCodeWrong(DomainError):
    """The code of a province is not two digits; a spreadsheet may have dropped a leading zero."""

    kind = Kind.UNPROCESSABLE
    code = "province_code_wrong"
    text = N_("Mã tỉnh “%(value)s” phải gồm đúng 2 chữ số. Bảng tính có thể đã bỏ số 0 ở đầu.")


class WardCodeWrong(DomainError):
    """The code of a ward is not five digits; a spreadsheet may have dropped a leading zero."""

    kind = Kind.UNPROCESSABLE
    code = "ward_code_wrong"
    text = N_("Mã phường, xã “%(value)s” phải gồm đúng 5 chữ số. Bảng tính có thể đã bỏ số 0 ở đầu.")


class AreaCodeWrong(DomainError):
    """The group's code is not 1 to 30 plain letters, digits, dots, underscores and hyphens; correct it."""

    kind = Kind.UNPROCESSABLE
    code = "area_code_wrong"
    text = N_("Mã khu dân cư “%(value)s” chỉ được gồm chữ không dấu, chữ số và . _ -, nhiều nhất 30 ký tự.")


class WardKindWrong(DomainError):
    """The kind is none of phường, xã, đặc khu; correct it."""

    kind = Kind.UNPROCESSABLE
    code = "ward_kind_wrong"
    text = N_("Loại “%(value)s” không phải là phường, xã hay đặc khu.")


class AreaKindWrong(DomainError):
    """The kind is no known kind of residential group; correct it."""

    kind = Kind.UNPROCESSABLE
    code = "area_kind_wrong"
    text = N_("Loại “%(value)s” không phải là loại khu dân cư đã biết (tổ dân phố, khu phố, thôn, ấp, bản…).")


class FullNameWrong(DomainError):
    """The full name is not the kind and the name, `wanted`; correct one of the three cells."""

    kind = Kind.UNPROCESSABLE
    code = "full_name_wrong"
    text = N_("Tên đầy đủ “%(value)s” phải là loại và tên ghép lại: “%(wanted)s”.")


class DuplicateLine(DomainError):
    """The same code stands on line `line` already; leave one of the two out."""

    kind = Kind.UNPROCESSABLE
    code = "duplicate_line"
    text = N_("“%(value)s” đã có ở dòng %(line)s.")


class ProvinceNameDiffers(DomainError):
    """Line `line` gives this province's code another name; correct the code or the name."""

    kind = Kind.UNPROCESSABLE
    code = "province_name_differs"
    text = N_("Mã tỉnh %(value)s ở dòng %(line)s là “%(name)s”; mã hoặc tên ở đây sai.")


class CoordinatesWrong(DomainError):
    """Latitude and longitude are not two decimal numbers in Vietnam; correct both, or leave both out."""

    kind = Kind.UNPROCESSABLE
    code = "coordinates_wrong"
    text = N_(
        "Tọa độ phải là hai số thập phân trong lãnh thổ Việt Nam (vĩ độ 6–24, kinh độ 101–118), hoặc để trống cả hai."
    )


class BoundaryInvalid(DomainError):
    """The outline is no GeoJSON Polygon or MultiPolygon in Vietnam whose rings close; export it again."""

    kind = Kind.UNPROCESSABLE
    code = "boundary_invalid"
    text = N_("Ranh giới phải là một Polygon hoặc MultiPolygon GeoJSON (kinh độ, vĩ độ), mỗi vòng khép kín.")


class BoundaryTooLarge(DomainError):
    """The outline has more than `most` points; simplify it."""

    kind = Kind.TOO_LARGE
    code = "boundary_too_large"
    text = N_("Ranh giới có quá nhiều điểm: nhiều nhất %(most)s. Hãy giản lược rồi thử lại.")


class BoundaryOfAnotherWard(DomainError):
    """The outline names the ward `found` and not `wanted`; choose the right file."""

    kind = Kind.UNPROCESSABLE
    code = "boundary_of_another_ward"
    text = N_("Ranh giới này ghi mã %(found)s, không phải %(wanted)s.")


class DeadlineOutOfRange(DomainError):
    """The deadline is not between 1 and `most`; choose another."""

    kind = Kind.UNPROCESSABLE
    code = "deadline_out_of_range"
    text = N_("Thời hạn phải từ 1 đến %(most)s, không phải %(value)s.")


@dataclass(frozen=True)
class RowError:
    """An error on one line of a file (1 is the header), and the column it is about, if it is one column."""

    line: int
    error: DomainError
    column: str | None = None

    @property
    def reason(self) -> str:
        """The reason in Vietnamese, after the name of the column."""
        said = self.error.text % self.error.params
        return said if self.column is None else f"{self.column}: {said}"


class ImportRefused(DomainError):
    """Lines of the file are wrong, so that nothing was imported; correct them all and import again.

    `rows`: everything that is wrong, in the order of the lines.
    """

    kind = Kind.UNPROCESSABLE
    code = "import_refused"
    text = N_("Tệp có %(count)s chỗ sai; chưa nhập dòng nào.")

    def __init__(self, rows: Sequence[RowError]) -> None:
        super().__init__(count=len(rows))
        self.rows = rows
