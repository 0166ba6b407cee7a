"""What the page of segments knows: the types at a day, and how they differ from an earlier one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from chanplan.analysis.customers import migration, rfm, segment_map, segments_story
from chanplan.analysis.customers.facts import Asked
from chanplan.analysis.customers.rfm import Rules
from chanplan.ui import figure, population, session
from chanplan.ui.session import say
from chanplan.workspace.customers.customers import Customers

# Rows that a table shows; the downloads have all of them.
MOST_LISTED = 500


@dataclass(frozen=True)
class Found:
    """Labels, sizes and moves of a population; `moved` is of nobody without an earlier day."""

    asked: Asked
    rules: Rules
    since: date | None
    labels: pd.DataFrame
    sizes: pd.DataFrame
    moved: pd.DataFrame
    down: pd.DataFrame

    @property
    def present(self) -> list[str]:
        """The types that have customers."""
        return segments_story.present(rfm.SEGMENTS, self.sizes)


def customers() -> Customers:
    """The door to customers."""
    return session.workspace().customers


def find(asked: Asked, rules: Rules, since: date | None) -> Found:
    """Everything the page shows above its affinities; kept until the data changes."""
    key = ("segments_page", asked, rules, since)
    return customers().kept(key, lambda: _find(asked, rules, since))


def _find(asked: Asked, rules: Rules, since: date | None) -> Found:
    labels = customers().segmented(asked, rules=rules)
    sizes = segment_map.sizes(labels, customers().mix(asked, "channel"), rfm.SEGMENTS)
    before = labels.head(0)
    if since is not None:
        before = customers().segmented(replace(asked, as_of=since), rules=rules)
    moved = migration.moves(before, labels)
    return Found(asked, rules, since, labels, sizes, moved, migration.fallen(moved))


def name_of(segment: str) -> str:
    """What a type is called."""
    return say(f"segments.{segment}")


def names_of(segments: Iterable[str]) -> list[str]:
    """The same for many."""
    known = {name: name_of(name) for name in (*rfm.SEGMENTS, migration.NOT_YET, migration.GONE)}
    return [known[each] for each in segments]


def named(found: Found, frame: pd.DataFrame) -> pd.DataFrame:
    """The same with a column `name`, what each customer is called."""
    return frame.assign(name=figure.names_of(found.asked.dimension, frame["customer"]))


def about(found: Found) -> list[tuple[str, str]]:
    """Whose figures these are, for the downloads."""
    return [(say("download.about"), population.about(found.asked))]


def file_name(found: Found, what: str) -> str:
    """What a table of this page is saved under."""
    return say("download.name", what=what, period=population.head(found.asked))
