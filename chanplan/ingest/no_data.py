"""Which rows below a header are no data: blank ones, the header again, totals, footnotes.

A row that states a number is never taken for a footnote, and a row without a date is never
taken for a total unless a cell says so: what is unsure is set aside, where a person sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from chanplan.domain.recipe import Recipe
from chanplan.domain.tables import table
from chanplan.ingest import forms
from chanplan.ingest.cells_sql import is_none, literal
from chanplan.ingest.fields import date_field
from chanplan.ingest.reading.plain import TOTALS, UNKNOWN, Plain
from chanplan.ingest.sum_words import RATE, RATE_WORDS, says_sum
from chanplan.ingest.sums_told import MEMBERS as _MEMBERS
from chanplan.ingest.sums_told import WITH_GAPS, listed, whole_columns

# Cells that mark a row as a sum of others where the row has no date.
_TOTALS = (
    r"(^|\x1f)\s*((合计|总计|小计|汇总|total|subtotal|sub-total|grand total)\s*[:：]?"
    r"|[^\x1f]{1,30}(小计|合计|总计))\s*(\x1f|$)"
)
# Where the row has a date, only these cells may say so, and no company's name ends like it.
# Files small enough are looked through for every way of saying it (`_closely`); in others only
# cells with one of the last signs are.
_DATED_TOTAL = r"^\s*([^\x1f]{0,30}(小计|合计|总计)|汇总|total|subtotal|sub-total|grand total)\s*$"
# "Total" may be the name of a customer; as a channel, region or product it is a sum.
_NAMES = ("partner", "customer", "customer_name", "salesperson")
_NAMED_TOTAL = r"^\s*[^\x1f]{0,30}(小计|合计|总计)\s*$"
# A cell that says of its row that it sums up the whole file, and not a part of it.
_WHOLE = r"(^|\x1f)\s*(合计|总计|总合计|total|grand total)\s*[:：]?\s*(\x1f|$)"
# The same with blanks, brackets and colons: 合　计, 天猫（合计）, 小计：, Online Total, Subtotal A.
_GAP = r"[\s\x{3000}\x{A0}]*"
_SUM = rf"(小{_GAP}计|合{_GAP}计|总{_GAP}计)"
_WRITTEN_TOTAL = (
    rf"^\s*([^\x1f]{{0,30}}[（(\s]*{_SUM}\s*[）)]?|{_SUM}\s*[（(:：][^\x1f]{{0,30}}|汇总"
    r"|([^\x1f]{1,30}[\s_-])?(sub-?\s?|grand\s)?total|sub-?total[\s_:-][^\x1f]{1,30})\s*[:：]?\s*$"
)
_WRITTEN_NAMED_TOTAL = (
    rf"^\s*([^\x1f]{{0,30}}[（(\s]*{_SUM}\s*[）)]?|{_SUM}\s*[（(:：][^\x1f]{{0,30}})\s*[:：]?\s*$"
)
# A row that looks like a sum or a part of the one above, and may be a name: set aside, for a
# person to see.
_LIKE_A_TOTAL = (
    r"^\s*(平均值?|均值|average|avg\.?|mean|全部(渠道|产品|区域|门店)?|所有(渠道|产品|区域|门店)"
    r"|all (channels|products|regions|stores)|(本[年月]|年度?|当年)?累计|ytd|year to date"
    r"|(其中|of which)[^\x1f]{0,40})\s*[:：]?\s*$"
)
_LIKE_A_NAMED_TOTAL = r"^\s*(其中|of which)[:：\s][^\x1f]{0,40}$"
_ENDINGS = ("合计", "总计", "小计", "汇总", "total")
# A cell that holds a whole row: 2025-03-01;Online;12.50
_UNCUT = r"^\s*[\"']?[0-9][^;|,\t]*[;|,\t][^;|,\t]*[;|,\t]"
# A line that a program has drawn: ---|---|---
_RULE = r"[\x1f\s|+:]*[-=_]{3,}[-=_\x1f\s|+:]*"
# What any of them holds.
_HINT = r"计|total|汇总|平均|均值|average|avg|mean|全部|所有|all |其中|of which|ytd|year to date"

# The same in more words and languages, and in brackets of other kinds. What sums up may say so
# only by a word that is a name's part elsewhere (温度计, Total Wine): such a row is set aside where
# it leaves a column of names empty that all others fill.
_SUMMED = (
    r"小结|总结|共计|累计|汇总|总额|总和|gesamt(summe|betrag)?|(zwischen|end)?summe|somme|sous-?\s?total"
    r"|total g[eé]n[eé]ral|totale?s?|totaal|sum|suma|итого|всего"
    r"|(overall |grand )?results?|(gesamt)?ergebnis"
)
_MORE_TOTALS = rf"(^|\x1f)\s*[*∑σ]*\s*({_SUMMED}|[^\x1f]+ 汇总)\s*[:：*]*\s*(\x1f|$)"
_MORE_WRITTEN = (
    rf"^\s*([^\x1f]*[（(【\[「<\s]*{_SUM}\s*[）)】\]」>]?|[^\x1f]+\s汇总)"
    r"\s*[:：]?\s*$"
)
_MORE_LIKE = (
    rf"^\s*([*∑σ]*\s*({_SUMMED})|[^\x1f]+(汇总|累计|共计|总和)|sum of [^\x1f]+"
    r"|(zwischen)?summe[\s:][^\x1f]+|(sub)?totale? (for|of) [^\x1f]+"
    r"|(report|page|column) totals?|[∑σ][^\x1f]*)\s*[:：]?\s*$"
)
_MORE_LIKE_NAMED = (
    rf"^\s*([^\x1f]*[【\[「<]\s*{_SUM}\s*[】\]」>]|[^\x1f]+\s?(汇总|累计|共计)"
    r"|(zwischen|gesamt|end)summe|sous-?\s?total|total g[eé]n[eé]ral|sub-?\s?totals?|grand totals?"
    r"|итого|小结|共计|累计)\s*[:：]?\s*$"
)
# A row of rates beside rows of money: 同比, 天猫同比, YoY, 达成率; words that a name may end with
# count only where nothing else stands.
_RATES = rf"({RATE_WORDS})\s*[%％]?[）)]?\s*(\x1f|$)|(^|\x1f)\s*({RATE})\s*[%％]?\s*(\x1f|$)"
_MORE_HINT = (
    r"|\bsuma?\b|summe|gesamt|somme|totaal|小结|总[结和额量体]|共\s*(\x1f|$)|[整全]体|итого|всего"
    r"|results?\b|ergebnis|\ball\b|overall|[∑σ*]|比\s*(\x1f|$|[%％）)])|率|增[速幅长]|yoy|qoq|y/y|m/m|growth|attainment|achieve|change|vs"
)

# A cell of more signs says something else; counting them in a pattern makes it dear to compile.
_LONGEST = 45
# The version of cleaning that began to look closely, and the one that knows more words.
_CLOSELY_SINCE, _MORE_SINCE, _RATES_SINCE, _BLANKS_SINCE = 4, 6, 7, 7
# Fewer cells that repeat their headings may be a slip of the pen.
_HEADER_CELLS = 2
# A remark such as 制表人：张三 or 共 100 条 fills one or two cells.
_FOOTNOTE_CELLS = 2
_NUMBERS = ("amount", "quantity", "rate", "factor", "integer")


def no_data(recipe: Recipe) -> str:
    """SQL true where a row that is not good is none of the data; over fields and c0…"""
    cells = [f"c{at}" for at in range(len(recipe.headers))]
    row = f"concat_ws(chr(31), {', '.join(cells)})"
    empty = f"trim(replace({row}, chr(31), '')) = ''"
    ats = sorted(set(recipe.columns.values()))
    date = date_field(recipe)
    undated = f'"{date}" is null and ' if date else ""
    total = f"{undated}regexp_matches(lower({row}), {literal(_TOTALS)})"
    more = f"{undated}regexp_matches(lower({row}), {literal(_MORE_TOTALS)})"
    rule = f"regexp_full_match({row}, {literal(_RULE)})"
    cases = [
        empty,
        _header_again(recipe, ats),
        total,
        *([rule, *([more] if date else [])] if _more(recipe) else []),
        *_dated_totals(recipe),
        *_footnotes(recipe, cells),
    ]
    if recipe.wide:  # the cell under the month says that there is nothing
        value = len(recipe.file_headers()) + 1
        cases.append(" and ".join(is_none(cell) for cell in cells[value:]))
    return f"coalesce({' or '.join(f'({case})' for case in cases)}, false)"


@lru_cache(50_000)
def may_sum(cell: str | None) -> bool:
    """Whether a cell says that its row sums up others, or may say so: such rows do not count."""
    text = (cell or "").strip().casefold().rstrip(":：)） ")
    told = text.endswith(_ENDINGS) or says_sum([cell])
    return told or re.search(_LIKE_A_TOTAL, text) is not None


def whole_total(recipe: Recipe) -> str:
    """SQL true where a row that is no data says that it sums up the whole file; over c0…"""
    row = f"concat_ws(chr(31), {', '.join(f'c{at}' for at in range(len(recipe.headers)))})"
    return f"coalesce(regexp_matches(lower({row}), {literal(_WHOLE)}), false)"


def _header_again(recipe: Recipe, ats: list[int]) -> str:
    """Several cells, and each of them says what its heading says, or the lower part of it."""
    blanks = literal(forms.BEHIND if recipe.cleaning >= _BLANKS_SINCE else " ")
    told = [f"coalesce(trim(c{at}, {blanks}), '')" for at in ats]
    heads = [literal(recipe.headers[at].strip()) for at in ats]
    same = [f"contains({head}, {cell})" for head, cell in zip(heads, told, strict=True)]
    filled = " + ".join(f"({cell} <> '')::integer" for cell in told)
    return f"{' and '.join(same)} and {filled} >= {min(_HEADER_CELLS, len(ats))}"


def may_be_total(recipe: Recipe, plain: Plain = UNKNOWN) -> str:
    """SQL over c0… that is true for every total and for few other rows; cheap to find."""
    ats = sorted({recipe.columns[name] for name in _MEMBERS if name in recipe.columns})
    if _closely(recipe) and ats:
        told = ", ".join(f"c{at}" for at in ats)
        hint = _HINT + (_MORE_HINT if _more(recipe) else "")
        return f"regexp_matches(lower(concat_ws(chr(31), {told})), {literal(hint)})"
    # The last sign of every word for a total; a blank may follow. So few signs are compared
    # one by one: `in` with many would become a join of the whole file for every column.
    signs = "" if plain.no_totals else f"c{{at}}[-1] in ({', '.join(map(literal, TOTALS))})"
    blank = "" if plain.trimmed else "c{at}[-1] = ' '"
    looks = [look for look in (signs, blank) if look]
    likely = " or ".join(look.format(at=at) for at in ats for look in looks)
    return f"coalesce({likely}, false)" if likely else "false"


def no_total(recipe: Recipe) -> str:
    """SQL that a row with a date is no total; `coalesce` looks closer only where it must."""
    told = [*_dated_totals(recipe), *(condition for condition, _ in like_totals(recipe))]
    told += [condition for condition, _ in rate_rows(recipe)]
    totals = " or ".join(told) or "false"
    return (
        'coalesce(case when "may_be_total" then null else 1 end,'
        f" case when ({totals}) is not true then 1 end) is not null"
    )


def _dated_totals(recipe: Recipe) -> Iterator[str]:
    """One condition for each member column: its cell says that the row is a sum."""
    for name in _MEMBERS:
        if name in recipe.columns:
            words = _NAMED_TOTAL if name in _NAMES else _DATED_TOTAL
            if _closely(recipe):
                words = _WRITTEN_NAMED_TOTAL if name in _NAMES else _WRITTEN_TOTAL
                if _more(recipe) and name not in _NAMES:
                    words = f"{words}|{_MORE_WRITTEN}"
            yield f"regexp_matches(lower(c{recipe.columns[name]}), {literal(words)})"


def like_totals(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """(condition, field) where a cell may say that its row is a sum, and may be a name."""
    for name in _MEMBERS if _closely(recipe) else ():
        if name in recipe.columns:
            words = _LIKE_A_NAMED_TOTAL if name in _NAMES else _LIKE_A_TOTAL
            yield f"regexp_matches(lower(c{recipe.columns[name]}), {literal(words)})", name
            if _more(recipe):
                yield _like_more(recipe, name), name


def rate_rows(recipe: Recipe) -> Iterator[tuple[str, str]]:
    """(condition, field) where a cell says that its row tells rates, and no money; of all columns
    at once, since planning a condition for each costs more than looking."""
    names = [name for name in _MEMBERS if name in recipe.columns]
    if names and _closely(recipe) and recipe.cleaning >= _RATES_SINCE:
        cells = ", ".join(f"c{recipe.columns[name]}" for name in names)
        yield f"regexp_matches(lower(concat_ws(chr(31), {cells})), {literal(_RATES)})", names[0]


def _like_more(recipe: Recipe, name: str) -> str:
    """SQL that a cell is a word for a sum of any language, a name of the sheet with one, or such
    a name as may be one where its row leaves a column empty that others fill."""
    cell, own = f"c{recipe.columns[name]}", recipe.columns[name]
    words = _MORE_LIKE_NAMED if name in _NAMES else _MORE_LIKE
    short = f"length({cell}) <= {_LONGEST}"
    told = [f"({short} and regexp_matches(lower({cell}), {literal(words)}))"]
    told += [f"{cell} = {literal(text)}" for text in listed(recipe.formats)]
    gaps = [
        f"coalesce({is_none(f'c{at}')}, true)" for at in whole_columns(recipe.formats) if at != own
    ]
    if gaps:
        like = f"{short} and regexp_matches(lower({cell}), {literal(WITH_GAPS)})"
        told.append(f"({like} and ({' or '.join(gaps)}))")
    return f"({' or '.join(told)})"


def _more(recipe: Recipe) -> bool:
    return _closely(recipe) and recipe.cleaning >= _MORE_SINCE


def _closely(recipe: Recipe) -> bool:
    return "errors" in recipe.formats and recipe.cleaning >= _CLOSELY_SINCE


def _footnotes(recipe: Recipe, cells: list[str]) -> Iterator[str]:
    """At most two cells, no date in them and no number in a column of numbers."""
    columns, date = table(recipe.table).columns, date_field(recipe)
    if date is None or not columns[date].required:
        return
    filled = " + ".join(f"coalesce(trim({cell}) <> '', false)::integer" for cell in cells)
    numbers = {at for name, at in recipe.columns.items() if columns[name].kind in _NUMBERS}
    digits = [f"coalesce(regexp_matches(c{at}, '[0-9０-９]'), false)" for at in sorted(numbers)]
    attempt = f"coalesce(regexp_matches(c{recipe.columns[date]}, '^\\s*[0-9０-９]'), false)"
    none_of = " or ".join([f"{attempt} and ({filled}) > 1", *digits])
    if _more(recipe):  # a line of data that another separator cuts is none
        uncut = f"regexp_matches(c{recipe.columns[date]}, {literal(_UNCUT)})"
        none_of += f" or coalesce({uncut}, false)"
    yield f'"{date}" is null and ({filled}) <= {_FOOTNOTE_CELLS} and not ({none_of})'
