"""What can go wrong with the map."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.errors import N_, DomainError, Kind


class WardUnknown(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "ward_unknown"
    text = N_("Không có phường, xã hay đặc khu nào mang mã này. Hãy chọn lại từ danh sách.")


class WardCursorUnknown(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "ward_cursor_unknown"
    text = N_("Không tìm được trang tiếp theo. Hãy tìm lại từ đầu.")


class FileUnreadable(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "file_unreadable"
    text = N_("Tệp không phải là CSV mã hóa UTF-8. Trong Excel, hãy lưu lại bằng “CSV UTF-8”.")


class FileEmpty(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "file_empty"
    text = N_("Tệp không có dòng nào dưới dòng tiêu đề.")


class HeaderWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "header_wrong"
    text = N_("Dòng tiêu đề phải gồm đúng các cột: %(columns)s.")


class ColumnCountWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "column_count_wrong"
    text = N_("Dòng có %(found)s cột, cần đúng %(wanted)s.")


class QuotesWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "quotes_wrong"
    text = N_("Dấu ngoặc kép mở mà không đóng đúng chỗ.")


class ProvinceCodeWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "province_code_wrong"
    text = N_("Mã tỉnh “%(value)s” phải gồm đúng 2 chữ số. Bảng tính có thể đã bỏ số 0 ở đầu.")


class WardCodeWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "ward_code_wrong"
    text = N_("Mã phường, xã “%(value)s” phải gồm đúng 5 chữ số. Bảng tính có thể đã bỏ số 0 ở đầu.")


class AreaCodeWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "area_code_wrong"
    text = N_("Mã khu dân cư “%(value)s” chỉ được gồm chữ không dấu, chữ số và . _ -, nhiều nhất 30 ký tự.")


class WardKindWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "ward_kind_wrong"
    text = N_("Loại “%(value)s” không phải là phường, xã hay đặc khu.")


class AreaKindWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "area_kind_wrong"
    text = N_("Loại “%(value)s” không phải là loại khu dân cư đã biết (tổ dân phố, khu phố, thôn, ấp, bản…).")


class FullNameWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "full_name_wrong"
    text = N_("Tên đầy đủ “%(value)s” phải là loại và tên ghép lại: “%(wanted)s”.")


class DuplicateLine(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "duplicate_line"
    text = N_("“%(value)s” đã có ở dòng %(line)s.")


class ProvinceNameDiffers(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "province_name_differs"
    text = N_("Mã tỉnh %(value)s ở dòng %(line)s là “%(name)s”; mã hoặc tên ở đây sai.")


class CoordinatesWrong(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "coordinates_wrong"
    text = N_(
        "Tọa độ phải là hai số thập phân trong lãnh thổ Việt Nam (vĩ độ 6–24, kinh độ 101–118), hoặc để trống cả hai."
    )


class BoundaryInvalid(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "boundary_invalid"
    text = N_("Ranh giới phải là một Polygon hoặc MultiPolygon GeoJSON (kinh độ, vĩ độ), mỗi vòng khép kín.")


class BoundaryTooLarge(DomainError):
    kind = Kind.TOO_LARGE
    code = "boundary_too_large"
    text = N_("Ranh giới có quá nhiều điểm: nhiều nhất %(most)s. Hãy giản lược rồi thử lại.")


class BoundaryOfAnotherWard(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "boundary_of_another_ward"
    text = N_("Ranh giới này ghi mã %(found)s, không phải %(wanted)s.")


class DeadlineOutOfRange(DomainError):
    kind = Kind.UNPROCESSABLE
    code = "deadline_out_of_range"
    text = N_("Thời hạn phải từ 1 đến %(most)s, không phải %(value)s.")


@dataclass(frozen=True)
class BadRow:
    """What is wrong on one line of a file (from 1, the header), in one column where it is one column's fault."""

    line: int
    error: DomainError
    column: str | None = None

    @property
    def reason(self) -> str:
        """The reason in Vietnamese, after the column it is about."""
        said = self.error.text % self.error.params
        return said if self.column is None else f"{self.column}: {said}"


class ImportRefused(DomainError):
    """Nothing was imported. `rows`: everything that is wrong, in the order of the lines."""

    kind = Kind.UNPROCESSABLE
    code = "import_refused"
    text = N_("Tệp có %(count)s chỗ sai; chưa nhập dòng nào.")

    def __init__(self, rows: Sequence[BadRow]) -> None:
        super().__init__(count=len(rows))
        self.rows = rows
