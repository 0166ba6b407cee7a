"""Options that take several words: `--by channel month` as well as `--by channel --by month`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import click

Belongs = Callable[[str], bool]


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
