"""Options that take several words: `--by channel month`, `--by channel,month` and `--by` twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click

Belongs = Callable[[str], bool]


class Words(click.ParamType[tuple[str, ...]]):
    """Known words, one or several with commas between them; gives a tuple."""

    name = "words"

    def __init__(self, known: Sequence[str]) -> None:
        self.known = click.Choice(known)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        words = [word.strip() for word in str(value).split(",") if word.strip()]
        return tuple(self.known.convert(word, param, ctx) for word in words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return self.known.get_metavar(param, ctx)


def all_of(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What `Words` gave each time, one after the other, each word once."""
    return tuple(dict.fromkeys(word for words in found for word in words))


def among(known: Iterable[str]) -> Belongs:
    """Whether all words of a text with commas are known."""
    names = frozenset(known)
    return lambda text: all(word.strip() in names for word in text.split(","))


def taking_many(options: Mapping[str, Belongs]) -> type[click.Command]:
    """A command class in which each of `options` goes on taking words while they belong to it.

    `options` maps an option to a test of the next word, so that an argument that follows is
    not swallowed.
    """

    class ManyWords(click.Command):
        def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
            return super().parse_args(ctx, list(_spread(args, options)))

    return ManyWords


def _spread(args: Iterable[str], options: Mapping[str, Belongs]) -> Iterable[str]:
    """Repeat the option's name before every further word that belongs to it."""
    option, first = "", False
    for word in args:
        if word.startswith("-"):
            name, joined, _ = word.partition("=")
            option, first = (name, not joined) if name in options else ("", False)
            yield word
        elif option and (first or options[option](word)):
            if not first:
                yield option
            first = False
            yield word
        else:
            option = ""
            yield word
