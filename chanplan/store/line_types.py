"""What kind of line a line is, by the company's own rules, above what its file has said.

The table of rules says of a product, a category, a status, a source … what lines of it are, from
a day on. Of several that fit a line the most particular field counts (domain/line_rules), of one
field the one from the latest day, then the longest word. `type_in_file` keeps what the file's own
word had made of a line that a rule tells otherwise; where no rule fits any more, the line is that
again.
"""

from __future__ import annotations

from chanplan.domain.line_rules import AS_IN_FILE, FIELD_WORDS, FIELDS, MAKES, TABLE, TYPE_WORDS
from chanplan.domain.names import MATCHED
from chanplan.domain.ports import Writer
from chanplan.store import batches, standing
from chanplan.store.sales import SALES

__all__ = ["TABLE", "caught", "fields_of", "fit", "fit_items", "refit"]

_EVER, _NEVER = "date '1990-01-01'", "date '9999-12-31'"
_TOUCHED = (
    *("product", "customer", "partner", "channel", "category", "status", "type_word"),
    *("order_number", "quantity", "amount_with_tax", "amount_without_tax", "type_in_file"),
)


def _words(column: str, words: dict[str, str]) -> str:
    whens = " ".join(f"when '{word}' then '{means}'" for word, means in words.items())
    return f"case lower(trim({column})) {whens} end"


# The rules that can be read; `rule` numbers them in the order of their table.
RULES = f"""
    select {_words("field", FIELD_WORDS)} as field, trim(value) as value,
        {_words("line_type", TYPE_WORDS)} as makes, coalesce(valid_from, {_EVER}) as since,
        batch, line, row_number() over (order by batch, line) as rule
    from ({standing.rows(TABLE)}) where trim(value) <> ''
    qualify field is not null and makes in {MAKES}
"""


def fit(writer: Writer, *fresh: int) -> None:
    """Tell freshly loaded lines by the rules."""
    if fields := _fields(writer):
        kept = SALES.widen(writer, _TOUCHED)
        _apply(writer, kept, f"line.batch in ({batches.listed(fresh)})", fields)


def refit(writer: Writer) -> set[int]:
    """After rules were loaded, taken back or renamed: every line that is of another type now.

    Returns the months of these lines.
    """
    ruled = writer.rows("select 1 from sales_line where type_in_file is not null limit 1")
    fields = _fields(writer)
    if not ruled and not fields:
        return set()
    return _apply(writer, SALES.widen(writer, _TOUCHED), "true", fields)


def fit_items(writer: Writer) -> None:
    """Items of orders have products of their own: rules speak of them, too."""
    if fields := _fields(writer):
        _apply(writer, "joined_line", "line.made = 'item'", fields)


def caught(fields: list[str], relation: str, which: str = "true", more: str = "") -> str:
    """SQL of the chosen lines of a relation, each with `makes` and `rule` of the rule that fits
    it, null where none does."""
    maps = ", ".join(f"{field}_rules as ({_map(field, relation, which)})" for field in fields)
    joins = " ".join(
        f"left join {field}_rules as by_{field} on by_{field}.word = {_word(field)}"
        f" and line.date >= by_{field}.since and line.date < by_{field}.until"
        for field in fields
    )
    chosen = {
        name: f"coalesce({', '.join(f'by_{field}.{name}' for field in fields)})"
        for name in ("makes", "rule")
    }
    return f"""
        with rules as ({RULES}), {maps}
        select {more}line.*, {chosen["makes"]} as makes, {chosen["rule"]} as rule
        from {relation} as line {joins} where {which}"""


def fields_of(reader: Writer) -> list[str]:
    """The fields that rules speak of, the most particular first."""
    return _fields(reader)


def _fields(writer: Writer) -> list[str]:
    if not batches.has_rows(writer, "line_rules"):
        return []
    told = {field for (field,) in writer.rows(f"select distinct field from ({RULES})")}
    return [field for field in FIELDS if field in told]


def _word(field: str) -> str:
    """SQL of what a line says of a field; a status is told by two columns, as one text."""
    if field == "free":
        return (
            "case when coalesce(line.amount_with_tax, line.amount_without_tax) = 0"
            " and line.quantity > 0 then line.source end"
        )
    columns = [f"line.{column}" for column in FIELDS[field]]
    return columns[0] if len(columns) == 1 else f"concat_ws(chr(31), {', '.join(columns)})"


def _map(field: str, relation: str, which: str) -> str:
    """Every word that lines have for a field → what a rule makes of it, and when."""
    words = f"select distinct {_word(field)} as word from {relation} as line where {which}"
    also = ""
    if field in MATCHED:
        also = f"""
        union all
        select rules.* replace (other.name as value), 1 as heard from rules
        join also_named as other on other.dimension = '{field}' and other.other = rules.value
        where field = '{field}'"""
    return f"""
        select word, since, makes, rule, coalesce(
            lead(since) over (partition by word order by since), {_NEVER}) as until
        from (
            select words.word, said.* from ({words}) as words
            join (select *, 0 as heard from rules where field = '{field}' {also}) as said
                on {_fits(field)}
            where words.word <> ''
            qualify row_number() over (
                partition by word, since order by heard, length(value) desc, rule desc
            ) = 1
        )"""


def _fits(field: str) -> str:
    """Whether a word fits a rule's value: a number begins with it; elsewhere * is any text."""
    if field == "order":
        return "starts_with(lower(words.word), lower(rtrim(said.value, '*')))"
    told = "list_transform(string_split(words.word, chr(31)), lambda one: lower(trim(one)))"
    escaped = "regexp_replace(lower(said.value), '([\\\\%_])', '\\\\\\1', 'g')"
    pattern = f"replace({escaped}, '*', '%')"
    return (
        f"case when contains(said.value, '*')"
        f" then len(list_filter({told}, lambda one: one like {pattern} escape '\\')) > 0"
        f" else list_contains({told}, lower(said.value)) end"
    )


def _apply(writer: Writer, relation: str, which: str, fields: list[str]) -> set[int]:
    """Change the lines that are of another type now; the months they lie in."""
    by_rule = (
        caught(fields, relation, which, "line.rowid as lies, ")
        if fields
        else f"select line.rowid as lies, line.*, null as makes from {relation} as line"
        f" where {which} and line.type_in_file is not null"
    )
    negative = "coalesce(amount_with_tax, amount_without_tax) < 0 or quantity < 0"
    writer.run(
        f"""
        create or replace temp table ruled as
        with told as ({by_rule}),
        wanted as (
            select lies, month, line_type::varchar as was,
                coalesce(type_in_file, line_type)::varchar as own,
                case when makes is null or makes = '{AS_IN_FILE}' then own
                    when makes = 'sale' and ({negative}) then 'return' else makes end as now
            from told
        )
        select * from wanted where now <> was"""
    )
    months = {int(month) for (month,) in writer.rows("select distinct month from ruled")}
    if months:
        writer.run(
            f"update {relation} as line set line_type = ruled.now,"
            " type_in_file = case when ruled.now <> ruled.own then ruled.own end"
            " from ruled where line.rowid = ruled.lies"
        )
    writer.run("drop table ruled")
    return months
