"""The product without a screen: store, metrics and ingest introduced to each other."""

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
