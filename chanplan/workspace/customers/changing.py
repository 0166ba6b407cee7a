"""Which deeds change what is known of customers: not every word that people keep does."""

from __future__ import annotations

from chanplan.store import Store
from chanplan.store.cluster_fits import CLUSTERS
from chanplan.store.muting import MUTE
from chanplan.store.views import VIEW

# Kinds of journal entries after which every customer is what it was: names, views, mutings, and
# what is said of care (kinds that begin with "care").
_QUIET = (CLUSTERS, MUTE, VIEW)
_CARE = "care"


def changed(store: Store) -> int:
    """The number of the newest entry taken in that may have changed a customer: what takes long
    to work out is kept until then, and not until somebody gives a name."""
    taken_in = store.position
    for entry in reversed(store.journal.after(0)):
        quiet = entry.kind in _QUIET or entry.kind.startswith(_CARE)
        if entry.seq <= taken_in and not quiet:
            return entry.seq
    return 0
