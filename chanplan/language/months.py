"""How months, quarters, years and spans of them are written in each language."""

from __future__ import annotations

from datetime import date

ENGLISH_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
CHINESE_QUARTERS = ("一", "二", "三", "四")


def month_label(month: int, language: str) -> str:
    """202403 → 2024年3月 / Mar 2024."""
    if language == "zh":
        return f"{month // 100}年{month % 100}月"
    return f"{short_month(month, language)} {month // 100}"


def short_month(month: int, language: str) -> str:
    """202403 → 3月 / Mar, for an axis that writes the year beside it."""
    return f"{month % 100}月" if language == "zh" else ENGLISH_MONTHS[month % 100 - 1]


def quarter_label(quarter: int, language: str) -> str:
    """20241 → 2024年一季度 / Q1 2024."""
    year, number = divmod(quarter, 10)
    if language == "zh":
        return f"{year}年{CHINESE_QUARTERS[number - 1]}季度"
    return f"Q{number} {year}"


def year_label(year: int, language: str) -> str:
    """2024 → 2024年 / 2024."""
    return f"{year}年" if language == "zh" else str(year)


def fiscal_year_label(year: int, language: str) -> str:
    """2024 → 2024财年 / FY2024 (named by the calendar year in which it ends)."""
    return f"{year}财年" if language == "zh" else f"FY{year}"


def fiscal_quarter_label(quarter: int, language: str) -> str:
    """20241 → 2024财年一季度 / Q1 FY2024."""
    year, number = divmod(quarter, 10)
    if language == "zh":
        return f"{year}财年{CHINESE_QUARTERS[number - 1]}季度"
    return f"Q{number} FY{year}"


def date_label(day: date, language: str) -> str:
    """2024年3月15日 / 15 Mar 2024."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def span_label(first: int, last: int, language: str) -> str:
    """2024年, 2024年1月–3月, 2023年11月–2024年2月 / 2024, Jan–Mar 2024, Nov 2023 – Feb 2024."""
    if first == last:
        return month_label(first, language)
    same_year = first // 100 == last // 100
    if same_year and (first % 100, last % 100) == (1, 12):
        return year_label(first // 100, language)
    if not same_year:
        dash = "–" if language == "zh" else " – "
        return f"{month_label(first, language)}{dash}{month_label(last, language)}"
    if language == "zh":
        return f"{month_label(first, language)}–{short_month(last, language)}"
    return f"{short_month(first, language)}–{month_label(last, language)}"
