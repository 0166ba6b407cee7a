"""Why a sheet is none of the business's tables: what is missing, or what stands in its way."""

from __future__ import annotations

from chanplan.domain.errors import UnrecognisedTableError
from chanplan.ingest import values
from chanplan.ingest.fitting import Fit
from chanplan.ingest.headers import in_big5
from chanplan.ingest.quarters import quarter_in, week_in


def explained(fit: Fit, name: str) -> UnrecognisedTableError:
    """Why a sheet cannot be loaded: what is missing."""
    wide = fit.layout.wide
    own = fit.headers[: len(fit.headers) - wide.added] if wide else fit.headers
    shown = ", ".join(header for header in own if header) or "—"
    if fit.layout.twice:
        months = ", ".join(fit.layout.twice)
        return UnrecognisedTableError("months_twice", name=name, headers=shown, months=months)
    if fit.layout.turned:
        first, last = fit.layout.turned
        return UnrecognisedTableError("months_turned", name=name, first=first, last=last)
    dated = any(fit.table.columns[field].kind == "date" for group in fit.missing for field in group)
    if dated and (quarter := quarter_in(fit.headers, fit.sample)):
        header, example = quarter
        return UnrecognisedTableError("quarters", name=name, header=header, example=example)
    if dated and (week := week_in(fit.headers, fit.sample)):
        header, example = week
        return UnrecognisedTableError("weeks", name=name, header=header, example=example)
    dates = any(values.shape_of(cell) for row in fit.sample for cell in row)
    if fit.undated and fit.columns_met > 1 and not dates:
        return UnrecognisedTableError("month_missing", name=name, headers=shown)
    if fit.columns_met < 2:
        if told := in_big5(own):
            return UnrecognisedTableError("text_in_big5", name=name, headers=", ".join(told))
        return UnrecognisedTableError("no_table_fits", name=name, headers=shown)
    if wide and fit.layout.by_quantity and fit.table.name == "sales":
        return UnrecognisedTableError("only_pieces", name=name, headers=shown)
    missing = ["/".join(fit.table.columns[f].zh for f in group[:3]) for group in fit.missing]
    english = ["/".join(fit.table.columns[f].en for f in group[:3]) for group in fit.missing]
    return UnrecognisedTableError(
        "columns_missing",
        name=name,
        headers=shown,
        table=fit.table.name,
        table_zh=fit.table.zh,
        table_en=fit.table.en,
        missing_zh=" + ".join(missing),
        missing_en=" + ".join(english),
        fields=tuple(dict.fromkeys(field for group in fit.missing for field in group)),
        headings=tuple(dict.fromkeys(header for header in own if header)),
    )
