"""`match`: names that may mean one thing; accepted, refused, set and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from chanplan.commands import frame, written
from chanplan.domain.errors import MatchError
from chanplan.domain.names import Pair
from chanplan.language.likeness import why
from chanplan.language.words import text
from chanplan.plans.suggesting import EVIDENCE, Suggestion
from chanplan.workspace import Decision, Workspace

ALL = "all"
_WHICH = f"DIMENSION:NAME, {ALL}, or {', '.join(EVIDENCE)}"


@click.command("match")
@click.option("--accept", multiple=True, metavar="WHICH", help=f"Suggestions: {_WHICH}.")
@click.option("--refuse", multiple=True, metavar="WHICH", help="Two things; not suggested again.")
@click.option("--set", "given", multiple=True, metavar="DIMENSION:NAME=MASTER", help="By hand.")
@click.option("--undo", multiple=True, metavar="WHICH", help=f"DIMENSION:NAME or {ALL}.")
@frame.home_option
@frame.json_option
@frame.guarded
def match(
    accept: tuple[str, ...],
    refuse: tuple[str, ...],
    given: tuple[str, ...],
    undo: tuple[str, ...],
    home: Path | None,
    as_json: bool,
) -> None:
    """Tell which names mean one member (天猫, Tmall). Without an option, list what may."""
    by_hand = [_given(one) for one in given]
    with frame.open_workspace(home) as workspace:
        chosen = {
            "back": _decided(workspace, undo),
            "accept": [*_suggested(workspace, accept), *by_hand],
            "refuse": _suggested(workspace, refuse),
        }
        for says, pairs in chosen.items():
            workspace.names.match(says, pairs)  # type: ignore[arg-type]
        waiting, decided = workspace.names.suggestions(), workspace.names.decisions()
    done = sum(map(len, chosen.values()))
    if as_json:
        told = {
            "done": done,
            "waiting": [*map(_waiting, waiting)],
            "decided": [*map(_told, decided)],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for line in _lines(waiting, decided):
        click.echo(line)


def _given(said: str) -> Pair:
    dimension, found, names = said.partition(":")
    name, equals, master = names.partition("=")
    if not (found and equals):
        raise click.BadParameter(f"{said!r} is not DIMENSION:NAME=MASTER", param_hint="--set")
    return Pair(dimension, name, master)


def _suggested(workspace: Workspace, which: Sequence[str]) -> list[Pair]:
    """The suggested pairs that these words mean."""
    waiting = workspace.names.suggestions() if which else ()
    return _chosen(which, [(one.pair, one.evidence) for one in waiting], EVIDENCE)


def _decided(workspace: Workspace, which: Sequence[str]) -> list[Pair]:
    """The decided pairs that these words mean."""
    decided = workspace.names.decisions() if which else ()
    return _chosen(which, [(one.pair, one.says) for one in decided], ())


def _chosen(
    which: Sequence[str], pairs: Sequence[tuple[Pair, str]], kinds: Sequence[str]
) -> list[Pair]:
    chosen: dict[Pair, None] = {}
    for word in which:
        found = [pair for pair, kind in pairs if _meant(word, pair, kind)]
        if not found and word != ALL and word not in kinds:
            raise MatchError("match_none", which=word)
        chosen |= dict.fromkeys(found)
    return list(chosen)


def _meant(word: str, pair: Pair, kind: str) -> bool:
    one = f"{pair.dimension}:{pair.name}"
    return word in (ALL, kind, one, f"{one}={pair.master}")


def _waiting(one: Suggestion) -> dict[str, Any]:
    return {
        **_names(one.pair),
        "evidence": one.evidence,
        "why": why(one, frame.language()),
        "likeness": round(one.likeness, 2),
        "sources_with_both": list(one.together),
        "members": [
            {
                "name": member.name,
                "net_sales": written.plain(member.sales),
                "sources": list(member.sources),
                "months": [written.month(m) for m in (member.first, member.last) if m],
                "listed": member.listed,
            }
            for member in (one.name, one.master)
        ],
    }


def _told(one: Decision) -> dict[str, Any]:
    return {
        **_names(one.pair),
        "says": one.says,
        "stands_for": one.stands_for,
        "at": one.at,
        "by": one.by,
    }


def _names(pair: Pair) -> dict[str, str]:
    return {"dimension": pair.dimension, "name": pair.name, "master": pair.master}


def _lines(waiting: Iterable[Suggestion], decided: Iterable[Decision]) -> Iterable[str]:
    """A line each; the words before the first tab can be given back to --accept or --undo."""
    say: Callable[..., str] = lambda key, **values: text(frame.language(), key, **values)  # noqa: E731
    rows = [
        f"{_spelled(one.pair)}\t{one.evidence}\t{why(one, frame.language())}" for one in waiting
    ]
    done = [f"{_spelled(one.pair)}\t{say(f'commands.match_{one.says}')}" for one in decided]
    yield say("commands.match_waiting" if rows else "commands.match_nothing", count=len(rows))
    yield from rows
    if done:
        yield say("commands.match_decided", count=len(done))
        yield from done


def _spelled(pair: Pair) -> str:
    return f"{pair.dimension}:{pair.name}={pair.master}"
