"""The closed sets of wards and areas."""

from enum import StrEnum


class WardKind(StrEnum):
    """The three kinds of communes since 1 July 2025."""

    PHUONG = "phuong"
    XA = "xa"
    DAC_KHU = "dac_khu"


class AreaKind(StrEnum):
    """What residential groups are called across the country."""

    TO_DAN_PHO = "to_dan_pho"
    TO = "to"
    KHU_PHO = "khu_pho"
    KHU_DAN_CU = "khu_dan_cu"
    KHU = "khu"
    KHOM = "khom"
    THON = "thon"
    XOM = "xom"
    AP = "ap"
    BAN = "ban"
    BUON = "buon"
    BON = "bon"
    LANG = "lang"
    PLEI = "plei"
    PHUM = "phum"
    SOC = "soc"
    TIEU_KHU = "tieu_khu"
