"""SQL that reads one cell of text as a number, a rate, a date or a member.

Every expression has a fast path for plain text, which costs little more than DuckDB's own
typed reading, and a slow path that only the rows reach which the fast path could not read.
What a slow path needs several times is bound once, as the parameter of a lambda. Lists of
words are compared with regular expressions, since `in` with many words becomes a join, which
looks at every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from chanplan.ingest import forms
from chanplan.ingest.reading.plain import BLANKS, SHORT, UNKNOWN, Plain

# Text this short holds at most eight decimals, so DECIMAL(18,8) takes it without rounding.
_SHORT = 10
# The widest reading: 20 digits before the point, 18 behind it (a workbook has 15 in all).
_WIDE = "decimal(38, 18)"
_WIDE_BLANKS = BLANKS[2:]
# Between groups of digits.
_GROUP_SIGNS = ",'"
# Words for "no name" that the first sign does not give away; each costs a look at every cell.
_NO_NAMES = ("NULL", "null", "N/A", "—")


def literal(text: str) -> str:
    """A text as an SQL literal; the only way a word of a file or a form gets into SQL."""
    return "'" + text.replace("'", "''") + "'"


def tidy(cell: str) -> str:
    """Plain signs, lower case, no outer blanks, no guard; twin of `values.tidy`."""
    wide = f"translate({cell}, {literal(forms.WIDE)}, {literal(forms.PLAIN)})"
    # Looking for a wide sign is ten times cheaper than replacing it.
    any_wide = f"regexp_matches({cell}, {literal(f'[{forms.WIDE}]')})"
    plain = f"trim(case when {any_wide} then {wide} else {cell} end)"
    return f"lower(trim({_unguarded(plain)}))"


def _unguarded(cell: str) -> str:
    """What stands in ="…", or behind an apostrophe."""
    return f"regexp_replace({cell}, {literal(forms.GUARDED)}, '\\1\\2', 's')"


def is_none(cell: str) -> str:
    """True where the cell is absent or says "no value"; twin of `values.is_none`."""
    return f"coalesce(regexp_full_match({cell}, {literal(forms.NO_VALUE_RE2)}), true)"


def bound(value: str, name: str, body: str) -> str:
    """`body` with `name` standing for `value`, which is worked out once."""
    return f"list_transform([{value}], lambda {name}: {body})[1]"


def member(cell: str, plain: Plain = UNKNOWN) -> str:
    """A name or code: outer blanks of any kind and a guard cut off, '' is NULL, leading zeros stay.

    Cutting costs ten times what looking at the first and last sign does, so it is done only
    where one of them is a blank, or the last one may close a guard; where reading has seen no
    such sign, nobody looks.
    """
    # Blanks and the quote are the lowest signs: one comparison instead of three.
    last = f"{cell}[-1] <= {literal(forms.GUARD_ENDS)} or {cell}[-1] in ({_list(_WIDE_BLANKS)})"
    wide = f"prefix({cell}, '\u3000') or prefix({cell}, '\u00a0')"
    outer = [] if plain.trimmed else [last, wide]
    none = " or ".join(f"{cell} = {literal(word)}" for word in _NO_NAMES)
    says_none = f"regexp_full_match(t, {literal(forms.NO_NAME_RE2)})"
    blanks = literal("".join(BLANKS))
    trimmed = f"trim({_unguarded(f'trim({cell}, {blanks})')}, {blanks})"
    cut = bound(trimmed, "t", f"case when not {says_none} then t end")
    unlike = " or ".join([*outer, f"{cell} < '0'", none])
    return f"case when {unlike} then {cut} else {cell} end"


def code(name: str) -> str:
    """An order's number as the system wrote it: without the ".0" of a number that a program has
    kept (15 digits at most: longer ones may be rounded), and the sign that keeps it a text."""
    bare = f"ltrim({name}, {literal(''.join(forms.TEXT_SIGNS))})"
    return f"nullif(regexp_replace({bare}, {literal(forms.KEPT_AS_NUMBER)}, '\\1'), '')"


def number(
    cell: str,
    places: int = 4,
    factor: int | Decimal = 1,
    currency: str | None = None,
    plain: Plain = UNKNOWN,
    sized: bool = False,
) -> str:
    """DECIMAL(18, places), half-even where the text has more; NULL where it is no number.

    currency: the one money that the column is in ("CNY"); an amount that says another is NULL;
    sized: the column is of money, which may be told as 2.5K.
    """
    kind = f"decimal(18, {places})"
    if plain.short and factor == 1 and places >= SHORT:  # nothing is rounded
        cast = f"case when not contains({cell}, '_') then try_cast({cell} as {kind}) end"
        written = _rounded(exact_number(cell, factor, currency, sized), places, kind)
        return f"coalesce({cast}, case when {cell} <> '' then {written} end)"
    short = f"strlen({cell}) < {_SHORT} and not contains({cell}, '_')"
    fast = f"try_cast({cell} as decimal(18, 8))"
    if factor != 1:
        fast = f"cast({fast} as {_WIDE}) * {factor}"
    written = _rounded(exact_number(cell, factor, currency, sized), places, kind)
    return (
        f"coalesce(case when {short} then {_rounded(fast, places, kind)} end,"
        f" case when {cell} <> '' then {written} end)"
    )


def currency_code(text: str) -> str:
    """The code of a currency's name: 人民币 → CNY; what is not known stays as it is written."""
    known = {**forms.CURRENCIES, **forms.CURRENCY_NAMES}
    whens = " ".join(f"when {literal(word)} then {literal(code)}" for word, code in known.items())
    return f"case lower(replace({text}, '￥', '¥')) {whens} else upper({text}) end"


def counted(cell: str, part: int) -> str:
    """Of a quantity such as 12箱 its number (1) or its unit (2); a plain number is its own."""
    found = f"regexp_extract(t, {literal(forms.COUNTED)}, {part})"
    otherwise = "t" if part == 1 else "null"
    fits = f"regexp_matches(t, {literal(forms.COUNTED)})"
    return bound(tidy(cell), "t", f"case when {fits} then {found} else {otherwise} end")


def swapped(cell: str) -> str:
    """The text of a number with a decimal comma as one with a point: 1.234,5 → 1,234.5.

    "11,50万元" stays as it is, which nothing reads: two units in one column are not guessed.
    """
    unit = f"regexp_matches({cell}, '[千万亿元块]|(?i:[0-9] ?(k|m|mn|mm|bn)[ )-]*$)')"
    return f"case when {unit} then {cell} else translate({cell}, ',.', '.,') end"


def exact_number(
    cell: str, factor: int | Decimal = 1, currency: str | None = None, sized: bool = False
) -> str:
    """DECIMAL(38,18) with every digit the text has (18 places at most); slow."""
    plain = f"case when not contains({cell}, '_') then try_cast({cell} as {_WIDE}) end"
    grouped = f"regexp_matches({cell}, {literal(forms.THOUSANDS)})"
    thousands = f"case when {grouped} then try_cast(replace({cell}, ',', '') as {_WIDE}) end"
    written = bound(
        f"replace({tidy(cell)}, ' ', '')", "t", _written_number("t", currency, factor == 1, sized)
    )
    value = f"coalesce({thousands}, {plain}, {written})"
    return value if factor == 1 else f"({value}) * {factor}"


def rate(cell: str, percent_points: bool = False) -> str:
    """DECIMAL(18,8) as a fraction: 13% → 0.13, 0.13 → 0.13, 8.5折 → 0.15.

    percent_points: the column writes 13 for 13 %.
    """
    plain = number(cell, places=8)
    if percent_points:
        hundredth = f"round_even({exact_number(cell)} * 0.01, 8)"
        plain = f"try_cast({hundredth} as decimal(18, 8))"
    percent = "try_cast(replace(t, '%', '') as decimal(18, 6)) * 0.01"
    tenths = "1 - try_cast(replace(t, '折', '') as decimal(18, 6)) * 0.1"
    signed = (
        f"case when regexp_matches(t, {literal(forms.PERCENT)})"
        f" then cast({percent} as decimal(18, 8))"
        f" when regexp_matches(t, {literal(forms.PAID_TENTHS)})"
        f" then cast({tenths} as decimal(18, 8)) end"
    )
    tidied = f"replace({tidy(cell)}, ' ', '')"
    return f"coalesce({plain}, {bound(tidied, 't', signed)})"


def integer(cell: str) -> str:
    """BIGINT; NULL where the text is no whole number."""
    value = number(cell)
    return f"case when {value} = trunc({value}) then cast({value} as bigint) end"


def flag(cell: str) -> str:
    """BOOLEAN from 是/否, yes/no, 1/0, √/×; NULL for any other text."""
    yes, no = (" or ".join(f"t = {literal(w)}" for w in words) for words in (forms.YES, forms.NO))
    return bound(tidy(cell), "t", f"case when {yes} then true when {no} then false end")


def day(cell: str, shape: str, order: str | None) -> str:
    """DATE of a text that names a day; NULL for a month or anything else.

    shape is the column's usual writing (`values.DateShape`), tried first because it is cheap;
    order ("mdy", "dmy", "ymd") reads 3/4/2024, which stays NULL when nobody knows the order.
    """
    plain = f"try_cast({cell} as date)"
    if shape == "compact":
        plain = (
            f"case when strlen({cell}) = 8 then cast(try_strptime({cell}, '%Y%m%d') as date) end"
        )
    within = f"{plain} between date '{forms.EARLIEST}' and date '{forms.LATEST}'"
    written = bound(digits_of_months(tidy(cell)), "t", _any_day("t", shape, order))
    return (
        f"coalesce(case when {within} then {plain} end, case when {cell} <> '' then {written} end)"
    )


def month(cell: str, shape: str) -> str:
    """First DATE of the month (or year) a text names; NULL for anything else."""
    cases = {
        forms.MONTH_FIRST_YEAR: _date("t", forms.MONTH_FIRST_YEAR, 1, 2),
        forms.MONTH_COMPACT: _date("t", forms.MONTH_COMPACT, 1, 2),
        forms.MONTH_SHORT_YEAR: _date("t", forms.MONTH_SHORT_YEAR, 1, 2),
        forms.MONTH_LAST_YEAR: _date("t", forms.MONTH_LAST_YEAR, 2, 1),
    }
    if shape == "year":
        first = "regexp_extract(t, '\\d+') || '-01-01'"
        cases[forms.YEAR_ONLY] = f"try_cast({first} as date)"
    named = f"cast({_strptime('t', forms.NAMED_MONTHS)} as date)"
    otherwise = f"case when regexp_matches(t, '^[a-z]{{3,9}}[ -]') then {named} end"
    return bound(digits_of_months(tidy(cell)), "t", _first("t", cases, otherwise))


def mapped(cell: str, known: Mapping[str, str]) -> str:
    """Line type of a status cell by the recipe's words in their order, NULL where none fits."""
    exact = [
        f"when t = {literal(word)} then {literal(kind)}"
        for word, kind in known.items()
        if "*" not in word
    ]
    patterns = [
        f"when t like {literal(_like(word))} escape '!' then {literal(kind)}"
        for word, kind in known.items()
        if "*" in word
    ]
    if not known:
        return "cast(null as varchar)"
    return bound(f"lower({member(cell)})", "t", f"case {' '.join(exact + patterns)} end")


def _rounded(value: str, places: int, kind: str) -> str:
    return f"try_cast(round_even({value}, {places}) as {kind})"


def _written_number(text: str, currency: str | None, own_unit: bool, sized: bool) -> str:
    """own_unit: a cell may tell its unit; where the heading does, a cell's is a second one."""
    parts = ["first", "before", "second", "digits", "magnitude", "after", "closing", "last"]
    pattern, sizes = (forms.SIZED, forms.SIZES) if sized else (forms.NUMBER, forms.MAGNITUDES)
    found = f"regexp_extract({text}, {literal(pattern)}, [{_list(parts)}])"
    signs = "concat(p['first'], p['second'], p['last'])"
    factors = " ".join(f"when '{m}' then {f}" for m, f in sizes.items())
    digits = f"try_cast(translate(p['digits'], {literal(_GROUP_SIGNS)}, '') as {_WIDE})"
    value = f"{digits} * (case p['magnitude'] {factors} else 1 end)"
    value = f"{value} * (case {signs} when '-' then -1 when '(' then -1 else 1 end)"
    balanced = f"(contains({signs}, '(')) = (p['closing'] = ')')"
    fits = f"{balanced} and strlen({signs}) <= 1 and p['digits'] <> ''"
    if not own_unit:
        fits += " and p['magnitude'] = '' and p['after'] = ''"
    if currency:
        other = [sign for sign, money in forms.CURRENCIES.items() if money != currency]
        unlike = f"in ({_list(other)})"
        fits += f" and not (p['before'] {unlike} or p['after'] {unlike})"
    return bound(found, "p", f"case when {fits} then {value} end")


def _any_day(text: str, shape: str, order: str | None) -> str:
    cases = {
        forms.YEAR_FIRST: _date(text, forms.YEAR_FIRST, 1, 2, 3),
        forms.SHORT_YEAR: _date(text, forms.SHORT_YEAR, 1, 2, 3),
        forms.COMPACT: _date(text, forms.COMPACT, 1, 2, 3),
    }
    if order is not None:
        ordered = {forms.ORDERED: _date(text, forms.ORDERED, *forms.ORDERS[order])}
        cases = {**ordered, **cases} if shape == "order" else {**cases, **ordered}
    if shape == "serial":
        serial = f"try_cast(regexp_extract({text}, '\\d+') as integer)"
        within = f"{serial} between {forms.SERIAL_FIRST} and {forms.SERIAL_LAST}"
        cases[forms.SERIAL] = f"case when {within} then date '{forms.SERIAL_ORIGIN}' + {serial} end"
    bare = f"regexp_replace({text}, {literal(forms.BEFORE_NAMED)}, '')"
    bare = f"regexp_replace({bare}, {literal(forms.AFTER_NAMED)}, '')"
    bare = f"replace({bare}, 'sept ', 'sep ')"
    bare = f"regexp_replace({bare}, {literal(forms.ORDINAL)}, '\\1\\2')"
    named = f"cast({_strptime(bare, forms.NAMED_DAYS)} as date)"
    return _first(text, cases, f"case when regexp_matches({text}, '[a-z]{{3}}') then {named} end")


def digits_of_months(text: str) -> str:
    """2024年三月 → 2024年3月; twin of `values.digits_of_months`."""
    digits = "m"
    for words, plain in forms.CHINESE_MONTHS:
        digits = f"replace({digits}, {literal(words)}, {literal(plain)})"
    told = f"regexp_matches(m, {literal(forms.CHINESE_MONTH)})"
    return bound(text, "m", f"case when {told} then {digits} else m end")


def _first(text: str, cases: Mapping[str, str], otherwise: str) -> str:
    whens = " ".join(
        f"when regexp_matches({text}, {literal(pattern)}) then {value}"
        for pattern, value in cases.items()
    )
    return f"case {whens} else {otherwise} end"


def _date(text: str, pattern: str, year: int, month_at: int, day_at: int | None = None) -> str:
    names = [""] * max(year, month_at, day_at or 0)
    for at, name in ((year, "y"), (month_at, "m"), (day_at, "d")):
        if at is not None:
            names[at - 1] = name
    found = f"regexp_extract({text}, {literal(pattern)}, [{_list(names)}])"
    days = "p['d']" if day_at else "'1'"
    iso = f"right('20' || p['y'], 4) || '-' || p['m'] || '-' || {days}"
    return bound(found, "p", f"try_cast({iso} as date)")


def _strptime(text: str, forms_known: Sequence[str]) -> str:
    return f"try_strptime({text}, [{_list(forms_known)}])"


def _like(word: str) -> str:
    for sign in ("!", "%", "_"):
        word = word.replace(sign, "!" + sign)
    return word.replace("*", "%")


def _list(texts: Sequence[str]) -> str:
    return ", ".join(map(literal, texts))
