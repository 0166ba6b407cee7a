"""The product without a screen: store, metrics and ingest introduced to each other."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chanplan.store.joined import Joined
    from chanplan.store.journal import author
    from chanplan.store.originals import Original
    from chanplan.workspace.actuals import Actuals
    from chanplan.workspace.answers import Answer
    from chanplan.workspace.looking import Coverage
    from chanplan.workspace.naming import Decision
    from chanplan.workspace.rebuilding import Rebuilt, rebuild
    from chanplan.workspace.records import Outcome
    from chanplan.workspace.viewing import SavedView
    from chanplan.workspace.workspace import Workspace

__all__ = [
    "Actuals",
    "Answer",
    "Coverage",
    "Decision",
    "Joined",
    "Original",
    "Outcome",
    "Rebuilt",
    "SavedView",
    "Workspace",
    "author",
    "rebuild",
]

# Where each is: loaded when it is asked for, so that a file can be on its way before (`early`).
_WHERE = {
    "Joined": "chanplan.store.joined",
    "author": "chanplan.store.journal",
    "Original": "chanplan.store.originals",
    "Actuals": "chanplan.workspace.actuals",
    "Answer": "chanplan.workspace.answers",
    "Coverage": "chanplan.workspace.looking",
    "Decision": "chanplan.workspace.naming",
    "Rebuilt": "chanplan.workspace.rebuilding",
    "rebuild": "chanplan.workspace.rebuilding",
    "Outcome": "chanplan.workspace.records",
    "SavedView": "chanplan.workspace.viewing",
    "Workspace": "chanplan.workspace.workspace",
}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
