"""Who has done what and when, as the journal tells it, in codes and values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from chanplan.domain.names import pairs_of
from chanplan.domain.recipe import Recipe
from chanplan.store import Store, care, deeds
from chanplan.store.cluster_fits import CLUSTERS
from chanplan.store.company import COMPANY
from chanplan.store.journal import Entry
from chanplan.store.muting import MUTE
from chanplan.store.targets import CHOOSE, LOCK
from chanplan.store.ticks import TICK
from chanplan.store.views import VIEW
from chanplan.workspace.naming import MATCH


@dataclass(frozen=True)
class Deed:
    """One entry of the journal. `code` has its sentence in the word files under [history].

    import, mend, import_failed    batch, file, source
    import_noted                   batch, file, source, note
    switched_on, switched_off      files
    closed, opened, flash          months (integers such as 202403), reason
    remember                       source, headers
    forget_column, forget_batch    column; files
    names_accept, names_refuse, names_back    pairs ("Tmall → 天猫")
    view_saved, view_dropped       name
    view_renamed                   name, was
    target_chosen, target_unchosen, target_locked, target_opened    year, version
    alert_muted, alert_back        until
    month_ticked, month_unticked   month, step, note
    company                        key, value (null: as the settings say), reason
    clusters_kept, clusters_renamed, clusters_back    population, names (those people gave)
    care_said                      keys, count
    care_back                      seq
    play_said, play_back           segment
    other                          kind
    """

    seq: int
    at: str
    by: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def deeds_of(store: Store) -> list[Deed]:
    """Everything that people did to the store, the newest first."""
    entries = store.journal.after(0)
    names = {one.seq: str(one.body["name"]) for one in entries if one.kind == deeds.IMPORT}
    standing = {one.seq for one in deeds.imports(store.journal)}
    gone = {batch for one in deeds.forgotten(store.journal) for batch in one.batches}
    given_up = {one.body["seq"] for one in entries if one.kind == deeds.ABANDON}
    told = [
        _deed(entry, names, failed=entry.seq not in standing | gone)
        for entry in entries
        if _told_of(entry, given_up)
    ]
    return told[::-1]


def _told_of(entry: Entry, given_up: Collection[int]) -> bool:
    """Not what was refused, and not a decision on names that are forgotten. A file whose import
    failed lies among the originals, so that is told."""
    if entry.kind == deeds.ABANDON or (entry.kind == MATCH and not entry.body["pairs"]):
        return False
    if entry.kind == care.SAID and not entry.body["items"]:
        return False
    return entry.kind == deeds.IMPORT or entry.seq not in given_up


def came_together(store: Store) -> list[int]:
    """The imports of the newest press of a button, of those that count; [] where none does."""
    found = store.fetch("select distinct batch from batch_month where active")
    counting = {int(batch) for batch in found["batch"]}
    newest = [one for one in deeds.imports(store.journal) if one.seq in counting]
    if not newest:
        return []
    last = newest[-1].body.get("together_to", newest[-1].seq)
    return [one.seq for one in newest if one.body.get("together_to", one.seq) == last]


def _deed(entry: Entry, names: Mapping[int, str], failed: bool) -> Deed:
    tell = _TOLD.get(entry.kind, _other)
    code, values = tell(entry, names)
    if entry.kind == deeds.IMPORT and failed:
        code = "import_failed"
    return Deed(entry.seq, entry.at, entry.by, code, values)


Told = tuple[str, Mapping[str, Any]]


def _import(entry: Entry, _: Mapping[int, str]) -> Told:
    recipe = entry.body["recipe"]
    values = {"batch": entry.seq, "file": entry.body["name"], "source": recipe["source"]}
    if note := entry.body.get("note"):
        return "import_noted", {**values, "note": note}
    return ("mend" if recipe.get("repairs") else "import"), values


def _switch(entry: Entry, names: Mapping[int, str]) -> Told:
    chosen = entry.body.get("batches") or [entry.body["batch"]]
    files = tuple(names.get(batch, str(batch)) for batch in chosen)
    return ("switched_on" if entry.body["active"] else "switched_off"), {"files": files}


def _close(entry: Entry, _: Mapping[int, str]) -> Told:
    months = tuple(int(month) for month in entry.body["months"])
    said = {"months": months, "reason": str(entry.body.get("reason") or "")}
    if entry.body["closed"]:
        return ("flash" if entry.body.get("kind") == "flash" else "closed"), said
    return "opened", said


def _remember(entry: Entry, _: Mapping[int, str]) -> Told:
    recipe = Recipe.from_json(entry.body["recipe"])
    headers = tuple(header for header in recipe.file_headers() if header)
    return "remember", {"source": recipe.source, "headers": headers}


def _forget(entry: Entry, names: Mapping[int, str]) -> Told:
    if column := entry.body.get("column"):
        return "forget_column", {"column": column}
    files = tuple(names.get(batch, str(batch)) for batch in entry.body["batches"])
    return "forget_batch", {"files": files}


def _names(entry: Entry, _: Mapping[int, str]) -> Told:
    pairs = tuple(f"{pair.name} → {pair.master}" for pair in pairs_of(entry.body))
    return f"names_{entry.body['says']}", {"pairs": pairs}


def _view(entry: Entry, _: Mapping[int, str]) -> Told:
    name, was = str(entry.body["name"]), entry.body["was"]
    if was is not None:
        return "view_renamed", {"name": name, "was": str(was)}
    return ("view_dropped" if entry.body["query"] is None else "view_saved"), {"name": name}


def _target(on: str, off: str) -> Callable[[Entry, Mapping[int, str]], Told]:
    def told(entry: Entry, _: Mapping[int, str]) -> Told:
        said = {name: entry.body[name] for name in ("year", "version")}
        return (on if entry.body["on"] else off), said

    return told


def _mute(entry: Entry, _: Mapping[int, str]) -> Told:
    until = entry.body["until"]
    return ("alert_back" if until is None else "alert_muted"), {"until": str(until or "")}


def _clusters(entry: Entry, _: Mapping[int, str]) -> Told:
    fit = entry.body["fit"] or {"clusters": []}
    names = tuple(one["called"] for one in fit["clusters"] if one["called"])
    said = {"population": entry.body["population"], "names": names}
    return f"clusters_{entry.body['deed']}", said


def _care(entry: Entry, _: Mapping[int, str]) -> Told:
    items = entry.body["items"]
    return "care_said", {"keys": tuple(str(one["key"]) for one in items), "count": len(items)}


def _care_back(entry: Entry, _: Mapping[int, str]) -> Told:
    return "care_back", {"seq": entry.body["seq"]}


def _play(entry: Entry, _: Mapping[int, str]) -> Told:
    code = "play_back" if entry.body["action"] is None else "play_said"
    return code, {"segment": str(entry.body["segment"])}


def _ticked(entry: Entry, _: Mapping[int, str]) -> Told:
    said = {"month": int(entry.body["month"]), "step": str(entry.body["step"])}
    code = "month_ticked" if entry.body["done"] else "month_unticked"
    return code, {**said, "note": str(entry.body["note"] or "")}


def _company(entry: Entry, _: Mapping[int, str]) -> Told:
    said = {name: str(entry.body[name] or "") for name in ("key", "value", "reason")}
    return "company", said


def _other(entry: Entry, _: Mapping[int, str]) -> Told:
    return "other", {"kind": entry.kind}


_TOLD: Mapping[str, Callable[[Entry, Mapping[int, str]], Told]] = {
    deeds.IMPORT: _import,
    "switch": _switch,
    "close": _close,
    MATCH: _names,
    "remember": _remember,
    deeds.FORGET: _forget,
    MUTE: _mute,
    COMPANY: _company,
    TICK: _ticked,
    VIEW: _view,
    CLUSTERS: _clusters,
    CHOOSE: _target("target_chosen", "target_unchosen"),
    LOCK: _target("target_locked", "target_opened"),
    care.SAID: _care,
    care.BACK: _care_back,
    care.PLAYBOOK: _play,
}
