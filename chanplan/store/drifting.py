"""How a source's new lines are unlike those it told before: members, prices, months, sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from chanplan.domain.drift import Drift
from chanplan.domain.ports import Writer
from chanplan.store import matched

# A price so many times another one is another unit, not a price rise.
JUMP = 5
# Prices of fewer products than this prove nothing about the file.
_FEWEST_PRODUCTS = 3
# A month is large beside the largest of so many months at least.
_FEWEST_MONTHS = 3
_LARGE = 2
# Names told one by one; the count tells the rest.
MOST_NAMED = 20
_PAID = "coalesce(amount_with_tax, amount_without_tax)"


def told(writer: Writer, batch: int, source: str, basis: str) -> list[Drift]:
    """A batch that does not count yet, beside what its source has told of other months.

    Read from the summaries, so that a store of many years costs no more than a small one.
    """
    months = writer.rows(f"select distinct month from sales_line where batch = {batch:d}")
    # Told one by one: a query in their place would read the whole batch each time.
    listed = ", ".join(f"{month:d}" for (month,) in months) or "null"
    before = (
        "(select * from rollup_product where source = ? and basis = ?"
        f" and (month in ({listed})) is not true)"
    )
    said = [source, basis]
    new = matched.named(writer, f"(select * from sales_line where batch = {batch:d})")
    if not writer.rows(f"select 1 from {before} limit 1", said):
        return list(_units(writer, new))
    return [
        *_never_seen(writer, new, before, said),
        *_prices(writer, new, before, said),
        *_months(writer, new, before, said),
        *_units(writer, new),
    ]


def _never_seen(writer: Writer, new: str, before: str, said: Sequence[str]) -> Iterable[Drift]:
    for dimension in ("channel", "product"):
        found = [
            str(name)
            for (name,) in writer.rows(
                f"select {dimension} from {new} where {dimension} is not null"
                f" and {dimension} not in (select {dimension} from {before}"
                f" where {dimension} is not null) group by 1 order by sum({_PAID}) desc, 1",
                said,
            )
        ]
        if found:
            names = tuple(found[:MOST_NAMED])
            yield Drift(f"{dimension}s_new", {"names": names, "count": len(found)})


def _prices(writer: Writer, new: str, before: str, said: Sequence[str]) -> Iterable[Drift]:
    """Average prices of products that both have; a middle one that jumps is a unit's change.

    Of lines that name no product, all are one.
    """
    price = f"sum({_PAID}) / sum(base_quantity)"
    kept = "where line_type = 'sale' and base_quantity > 0 group by 1"
    named = "select coalesce(product, '') as product"
    found = writer.rows(
        f"with now as ({named}, {price} as price from {new} {kept}),"
        f" earlier as ({named}, {price} as price from {before} {kept})"
        " select product, earlier.price, now.price from now join earlier using (product)"
        " where now.price > 0 and earlier.price > 0 order by product",
        said,
    )
    times = sorted((float(now) / float(then), float(then), float(now)) for _, then, now in found)
    alone = [product for product, _, _ in found] == [""]
    middle = times[len(times) // 2] if alone or len(times) >= _FEWEST_PRODUCTS else None
    if middle and not 1 / JUMP < middle[0] < JUMP:
        factor, then, now = middle
        values = {"times": _plain(factor), "before": _plain(then), "now": _plain(now)}
        yield Drift("price_jump", values)
        return
    jumped = [
        (str(product), float(now) / float(then))
        for product, then, now in found
        if product and not 1 / JUMP < float(now) / float(then) < JUMP
    ]
    if jumped:
        names = tuple(product for product, _ in jumped[:MOST_NAMED])
        first = _plain(jumped[0][1])
        yield Drift("products_jump", {"names": names, "count": len(jumped), "times": first})


def _months(writer: Writer, new: str, before: str, said: Sequence[str]) -> Iterable[Drift]:
    """Months that are missing between what is there, and months far above any before."""
    counted = "line_type in ('sale', 'return', 'adjustment', 'freight')"
    by_month = f"select month, sum({_PAID}) as paid from {{}} where {counted} group by month"
    earlier: dict[int, Decimal | None] = dict(writer.rows(by_month.format(before), said))
    now: dict[int, Decimal | None] = dict(writer.rows(by_month.format(new)))
    if missing := tuple(_between(earlier, now)):
        yield Drift("months_missing", {"months": missing})
    largest = max((paid or 0 for paid in earlier.values()), default=Decimal(0))
    if len(earlier) < _FEWEST_MONTHS or largest <= 0:
        return
    for month, paid in sorted(now.items()):
        if paid and paid > _LARGE * largest:
            times = _plain(float(paid) / float(largest))
            yield Drift("month_large", {"month": int(month), "amount": paid, "times": times})


def _between(earlier: Iterable[int], now: Iterable[int]) -> Iterable[int]:
    """Months that neither has, after the last month before the new ones and among these."""
    first = min(now, default=0)
    start = max((month for month in earlier if month < first), default=first)
    known = sorted({start, *now})
    there = {*earlier, *known}
    for one, following in pairwise(known):
        month = _next(one)
        while month < following:
            if month not in there:
                yield month
            month = _next(month)


def _next(month: int) -> int:
    return month + 1 if month % 100 < 12 else (month // 100 + 1) * 100 + 1


def _units(writer: Writer, new: str) -> Iterable[Drift]:
    """Units that the products' table says nothing of, where there is such a table."""
    found = writer.rows(
        f"select unit from {new} where unit is not null and base_unit is null and exists"
        " (select 1 from products join batch_month using (batch) where active and unit is not null)"
        " group by unit order by count(*) desc, unit"
    )
    if found:
        names = tuple(str(unit) for (unit,) in found[:MOST_NAMED])
        yield Drift("units_unknown", {"names": names, "count": len(found)})


def _plain(value: float) -> Decimal:
    """Three significant figures: these are hints, not sums."""
    return Decimal(f"{value:.3g}")
