"""How each kind of journal entry is taken in; those that came together, together."""

from __future__ import annotations

from chanplan.store import Store, care, closing, cluster_fits, deeds, targets
from chanplan.store.journal import Entry
from chanplan.workspace import muting, naming, saying, switching, ticking, viewing
from chanplan.workspace.closing import Closings
from chanplan.workspace.customers import care_items
from chanplan.workspace.inspecting import Inspecting
from chanplan.workspace.loading import Loading
from chanplan.workspace.naming import Naming
from chanplan.workspace.starting import Deeds


def ways(
    store: Store,
    inspecting: Inspecting,
    loading: Loading,
    closings: Closings,
    names: Naming,
    anew: bool,
) -> Deeds:
    """Kind → what takes in its entries; `anew`: into a database made anew."""
    return {
        "import": lambda entries: loading.replay(entries, landed=anew),
        "remember": lambda entries: inspecting.take_in_memory(*entries),
        "switch": lambda entries: switching.take_in(store, *entries),
        closing.CLOSE: lambda entries: closings.take_in(*entries),
        ticking.TICK: lambda entries: ticking.take_in(store, *entries),
        saying.COMPANY: lambda entries: saying.take_in(store, entries),
        muting.MUTE: lambda entries: muting.take_in(store, *entries),
        cluster_fits.CLUSTERS: lambda entries: _clusters(store, *entries),
        viewing.VIEW: lambda entries: viewing.take_in(store, *entries),
        naming.MATCH: lambda entries: names.take_in(*entries),
        targets.CHOOSE: lambda entries: _targets(store, *entries),
        targets.LOCK: lambda entries: _targets(store, *entries),
        **dict.fromkeys(care.KINDS, lambda told: care_items.take_in(store, *told)),
        deeds.FORGET: lambda entries: store.pass_over(entries[-1].seq),
    }


def _clusters(store: Store, entry: Entry) -> None:
    from chanplan.workspace.customers import cluster_names  # loads what no import needs

    cluster_names.take_in(store, entry)


def _targets(store: Store, entry: Entry) -> None:
    with store.taking_in(entry.seq) as writer:
        targets.take_in(writer, entry)
