"""What a start had to mend, in sentences: a log set aside, imports loaded again or given up."""

from __future__ import annotations

from chanplan.domain.period import readable
from chanplan.language import Language, text
from chanplan.workspace import Rebuilt, Workspace
from chanplan.workspace.starting import named

# A sentence names so many files; of more it says how many.
MOST_NAMED = 5


def mended(workspace: Workspace, language: Language) -> list[str]:
    """A sentence each; none where the store was as its journal says."""
    back = workspace.brought_back
    told = {
        "log_set_aside": ([workspace.healed] if workspace.healed else []),
        "brought_back": back.loaded,
        "import_given_up": back.given_up,
    }
    sentences = [
        text(language, f"commands.{key}", files=named(names), count=len(names))
        for key, names in told.items()
        if names
    ]
    if otherwise := [one.month for one in workspace.closings.otherwise()]:
        sentences.append(text(language, "closing.otherwise_told", months=readable(otherwise)))
    return sentences


def compared(made: Rebuilt, language: Language) -> list[str]:
    """What a rebuilding found beside the database of before, and what may differ in it."""
    few = made.recleaned[:MOST_NAMED]
    told = {
        "tables": ", ".join(made.differing),
        "kept": made.kept,
        "count": len(made.recleaned),
        "files": ", ".join(few) + (" …" if len(made.recleaned) > MOST_NAMED else ""),
    }
    keys = [_beside(made), *(["commands.recleaned"] if made.recleaned else [])]
    sentences = [text(language, key, **told) for key in keys]
    if made.otherwise:
        months = readable(made.otherwise)
        sentences.append(text(language, "closing.otherwise_told", months=months))
    return sentences


def _beside(made: Rebuilt) -> str:
    if made.identical is None:
        return "commands.rebuilt_alone" if made.kept is None else "commands.rebuilt_unread"
    return "commands.rebuilt_same" if made.identical else "commands.rebuilt_differs"
