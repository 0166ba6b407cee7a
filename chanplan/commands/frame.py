"""What all commands share: the store's folder, the reader's language, one sentence for a fault."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TypeVar, cast

import click

from chanplan.domain.errors import ChanplanError
from chanplan.domain.scope import TAX_VIEWS, Basis, TaxView
from chanplan.language.scale import Language
from chanplan.language.sentences import explain
from chanplan.language.words import LANGUAGES, of_locale, text
from chanplan.settings import Settings, from_environment

if TYPE_CHECKING:
    from chanplan.workspace import Workspace
    from chanplan.workspace.early import Early

P = ParamSpec("P")
R = TypeVar("R")

# What a shell expects: 1 for a fault, 2 for a command that was written wrongly.
FAULT = 1

home_option = click.option(
    "--home", type=click.Path(path_type=Path), help="Folder of the store (default: data/store)."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
tax_option = click.option(
    "--tax",
    type=click.Choice(TAX_VIEWS),
    help="Default: the company's, where lines tell it; else with_tax.",
)
quiet_option = click.option("--quiet", is_flag=True, help="Say nothing but what went wrong.")


def language() -> Language:
    """CHANPLAN_LANGUAGE, else the shell's locale."""
    asked = os.environ.get("CHANPLAN_LANGUAGE")
    if asked in LANGUAGES:
        return asked
    return of_locale(os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0])


def complain(fault: ChanplanError, about: str | None = None) -> None:
    """Say one sentence on standard error."""
    say(explain(fault, language()), about)


def say(sentence: str, about: str | None = None) -> None:
    """One line on standard error, naming the file it is about."""
    line = " ".join(sentence.split())
    click.echo(f"{about}: {line}" if about else line, err=True)


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn every fault into one sentence and exit code 1: never a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except ChanplanError as fault:
            complain(fault)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            _stop_quietly()
        except Exception as fault:  # noqa: BLE001 - the last line of defence
            say(
                text(
                    language(),
                    "errors.unexpected_command",
                    detail=f"{type(fault).__name__}: {fault}",
                )
            )
        sys.exit(FAULT)

    return run


def _stop_quietly() -> NoReturn:
    """The reader of our output has gone (`… | head`): nothing is wrong."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def side(workspace: Workspace, basis: Basis, asked: str | None) -> TaxView:
    """The side of the tax of a command: as asked, else the usual one, which is said where it is
    the company's word."""
    if asked is not None:
        return cast(TaxView, asked)
    usual = workspace.company.usual_tax(basis)
    if workspace.company.said.tax == usual:
        told = text(language(), f"tax.{usual}")
        say(text(language(), "commands.company_tax", side=told))
    return usual


def settings(home: Path | None) -> Settings:
    """The settings of the environment, and the folder the command names."""
    told = from_environment()
    return told if home is None else replace(told, home=home)


def open_workspace(home: Path | None, early: Early | None = None) -> Workspace:
    """The store a command works on, its folder held already where the command began early; what
    opening it had to mend is said."""
    from chanplan.reports import opening
    from chanplan.workspace import Workspace

    workspace = Workspace(settings(home), holding=early.holding if early else None)
    for sentence in opening.mended(workspace, language()):
        say(sentence)
    return workspace
