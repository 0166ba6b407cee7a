"""What the options of `targets split` mean: amounts, growth, members and locks."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import click

from chanplan.domain.period import is_month
from chanplan.domain.targets import NODE
from chanplan.ingest import values
from chanplan.plans.splitting import Lock

MONTH, QUARTER = "month", "quarter"


def amount(said: str, option: str) -> Decimal:
    """12000000, 12,000,000 or 1200万."""
    found = values.number_of(said)
    if found is None:
        raise click.BadParameter(f"{said!r} is not an amount", param_hint=option)
    return found


def rate(said: str) -> Decimal:
    """8% or 0.08 as 0.08."""
    try:
        return Decimal(said.strip().removesuffix("%")) / (100 if "%" in said else 1)
    except InvalidOperation as fault:
        raise click.BadParameter(
            f"{said!r} is not a rate such as 8%", param_hint="--growth"
        ) from fault


def members(said: str) -> tuple[str, ...]:
    """The dimensions of "month,channel,region", without the time, which is always split."""
    names = [one.strip() for one in said.split(",") if one.strip()]
    unknown = [one for one in names if one not in (*NODE, MONTH, QUARTER)]
    if unknown:
        known = ", ".join((MONTH, QUARTER, *NODE))
        raise click.BadParameter(f"{unknown[0]!r} is none of {known}", param_hint="--by")
    return tuple(one for one in names if one in NODE)


def lock(said: str, by: tuple[str, ...], year: int) -> Lock:
    """channel=天猫:300000, month=2026-02:900000, or channel=天猫,quarter=1:90000."""
    where, colon, told = said.rpartition(":")
    parts = dict(one.strip().partition("=")[::2] for one in where.split(",")) if colon else {}
    named = [name for name in by if name in parts]
    if not parts or not set(parts) <= {*by, MONTH, QUARTER} or named != list(by[: len(named)]):
        form = f"{'=…,'.join(by)}=…:AMOUNT" if by else "month=2026-02:AMOUNT"
        raise click.BadParameter(f"{said!r} is not {form}", param_hint="--lock")
    return Lock(tuple(parts[name] for name in named), amount(told, "--lock"), _months(parts, year))


def _months(parts: dict[str, str], year: int) -> tuple[int, ...]:
    if said := parts.get(MONTH):
        digits = "".join(sign for sign in said if sign.isdigit())
        month = int(digits) if len(digits) > 2 else year * 100 + int(digits or 0)
        if not is_month(month):
            raise click.BadParameter(
                f"{said!r} is not a month such as 2026-02", param_hint="--lock"
            )
        return (month,)
    if said := parts.get(QUARTER):
        number = said[-1]
        if number not in "1234":
            raise click.BadParameter(f"{said!r} is not a quarter, 1 to 4", param_hint="--lock")
        first = int(number) * 3 - 2
        return tuple(year * 100 + month for month in range(first, first + 3))
    return ()
