"""The company's own events, as said by hand or uploaded: the newest word on each and its year."""

from __future__ import annotations

from datetime import date

import pandas as pd

from chanplan.domain import events
from chanplan.domain.events import Event
from chanplan.store import Store, standing

_WORDS = f"""
    with told as (
        select word.batch, word.line, trim(word.event) as event, word.first, word.last,
            word.presale, nullif(trim(word.channel), '') as channel,
            coalesce(word.cancelled, false) as cancelled
        from ({standing.added("company_events")}) as word
        where word.event is not null and word.first <= word.last
    ), placed as (
        select *, row_number() over (
            partition by event, channel, year(last) order by batch desc, line desc
        ) as place
        from told
    )
    select event, first, last, case when presale <= first then presale end as presale, channel,
        cancelled
    from placed where place = 1 order by first, event, channel
"""
COLUMNS = ("event", "first", "last", "presale", "channel", "cancelled")


def told(store: Store) -> pd.DataFrame:
    """The words as they stand: `COLUMNS`, by day."""
    return store.fetch(_WORDS)


def own(store: Store) -> tuple[Event, ...]:
    """The same as events; later words on one known event, under another of its names, win."""
    return tuple(
        events.said(str(event), first, last, _day(presale), _text(channel), bool(cancelled))
        for event, first, last, presale, channel, cancelled in told(store).itertuples(
            index=False, name=None
        )
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) and not pd.isna(value) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
