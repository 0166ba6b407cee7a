"""The part of data/README.md that tells which truths are planted, made from the ledger."""

from __future__ import annotations

from pathlib import Path

from chanplan.sample.company import Company

_BEGIN, _END = "<!-- planted: made by `make sample` -->", "<!-- end of planted -->"
_MEANT = {
    "new_channel": "社区团购 does not exist before its start, then ramps",
    "launch": "a new product, 小满集杨梅气泡酒 330ml, ramps from its start",
    "livestream": "抖音直播 grows to its height; part of 天猫's members move there for good"
    " and go on paying what 天猫 charged, so that the average price there rises",
    "fading": "a dealer's orders happen less and less often",
    "stuffing": "a dealer takes too much at quarter ends and less in the month after",
    "training": "trained dealers sell more cases, in and out",
    "diversion": "a dealer sells outside its area, cheaper; the neighbour there sells less",
    "price_cut": "one series is cheaper in one channel, volume as before",
    "restated": "a month of sell-out was sent again, lower, in a late file",
    "unit_error": "one quarter of store exports writes bottles as cases; amounts are right",
}


def fill_in(readme: Path, company: Company) -> None:
    """Write the table of planted truths between its two marks; no file, nothing to do."""
    if not readme.is_file():
        return
    text = readme.read_text("utf-8")
    if _BEGIN in text and _END in text:
        before, rest = text.split(_BEGIN)
        after = rest.split(_END)[1]
        readme.write_text(f"{before}{_BEGIN}\n{table(company)}\n{_END}{after}", "utf-8")


def table(company: Company) -> str:
    """One row per truth: what, since when, where, and its exact effect."""
    rows = [
        "| truth | since | size and place | net sales | bottles | lines |",
        "|---|---|---|---|---|---|",
    ]
    for one in company.ledger.planted:
        more = f"{one.lines:+d}" + (f", {one.changed} changed" if one.changed else "")
        more += f", {one.customers} members" if one.customers else ""
        told = f"{_MEANT[one.name]} ({one.place})"
        rows.append(
            f"| {one.name} | {one.start} | {told} | {one.money:+,} | {one.bottles:+,} | {more} |"
        )
    return "\n".join(rows)
