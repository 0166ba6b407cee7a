"""What is asked of the page of clusters: whose, at which day, by which traits; one button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from chanplan.analysis.customers.clusters import DEFAULT, FEATURES, MOST_K, Choice, Clustering
from chanplan.analysis.customers.clusters.choice import LEAST_K
from chanplan.analysis.customers.clusters.choosing import MEANINGFUL, SAMPLE
from chanplan.analysis.customers.clusters.fitting import STARTS
from chanplan.analysis.customers.clusters.grouping import LEAST_ROWS
from chanplan.analysis.customers.clusters.scaling import APART, DRAWN_IN
from chanplan.analysis.customers.clusters.stability import DRAWS, STABLE
from chanplan.analysis.customers.facts import Asked
from chanplan.domain.errors import ChanplanError
from chanplan.reports.cluster_names import cluster_name, cluster_names
from chanplan.ui import guard, navigation, population
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, language, say, workspace
from chanplan.ui.view import View
from chanplan.workspace.customers import cluster_names as names
from chanplan.workspace.customers.clusters import Clustered

REFUSED = "clusters_refused"
_PRESSED = "clusters_pressed"
_PROPOSED = 0


@dataclass(frozen=True)
class Shown:
    """What the page shows: of whom, what was found, and what its groups are called."""

    asked: Asked
    clustered: Clustered
    called: Mapping[int, str]

    @property
    def called_in_order(self) -> list[int]:
        """The groups, those apart last."""
        return [int(at) for at in self.found.sizes["cluster"]]

    @property
    def gone(self) -> list[str]:
        """What groups were called that are there no more."""
        return [cluster_name(one, language()) for one in self.clustered.named.gone]

    @property
    def found(self) -> Clustering:
        """The groups."""
        return self.clustered.found


def asked(view: View) -> Asked:
    """The population and the day."""
    return population.at_day(population.asked(view))


def shown(asked: Asked) -> Shown | None:
    """The form, and what came of its last press; None where nothing was asked yet, or nothing
    can be found: the page says why."""
    refused = st.session_state.pop(REFUSED, None)
    if isinstance(refused, ChanplanError):
        guard.show(refused)
    last = names.last(workspace().store, asked.population)
    top = st.container()
    choice = _form(asked, last.choice if last else Choice(), last is None)
    if choice is None and last is None:
        return None
    with top:
        found = _found(asked, choice)
        return found if _told(found.found) else None


def _found(asked: Asked, choice: Choice | None) -> Shown:
    space = workspace()
    with st.spinner(say("clusters.working")):
        clustered = space.customers.clustered(asked, choice)
        if choice is not None and clustered.found.k is not None:
            names.keep(space, asked.population, clustered.found, clustered.named)
    return Shown(asked, clustered, cluster_names(clustered.named.known, language()))


def _form(asked: Asked, now: Choice, first: bool) -> Choice | None:
    """One button; what it does by default is said, what else it can do is folded away."""
    numbers = {k: say("clusters.groups", k=k) for k in range(LEAST_K, MOST_K + 1)}
    numbers = {_PROPOSED: say("clusters.k_proposed"), **numbers}
    with st.form(f"clusters_{asked.population}", border=False):
        if first:
            st.markdown(say("clusters.default_says", features=feature_names(DEFAULT)))
        with st.expander(say("clusters.advanced")):
            chosen = st.multiselect(
                say("clusters.features"),
                list(FEATURES),
                list(now.features),
                format_func={name: feature_name(name) for name in FEATURES}.__getitem__,
                placeholder=say("clusters.features_hint"),
                key=f"clusters_features_{asked.population}",
            )
            k = st.selectbox(
                say("clusters.k"),
                list(numbers),
                now.k - LEAST_K + 1 if now.k else 0,
                format_func=numbers.__getitem__,
                key=f"clusters_k_{asked.population}",
            )
            st.caption(_method())
        go = say("clusters.go" if first else "clusters.again")
        st.form_submit_button(
            go,
            type="primary" if first else "secondary",
            icon=":material/bubble_chart:",
            on_click=_press,
        )
    # A callback, since the shell may run the page twice for one press.
    pressed = st.session_state.pop(_PRESSED, False)
    if pressed and not chosen:
        st.warning(say("clusters.choose_traits"))
        return None
    return Choice(tuple(chosen), k or None) if pressed else None


def _press() -> None:
    st.session_state[_PRESSED] = True


def _told(found: Clustering) -> bool:
    """Why there are no groups, or how little to build on those there are; whether there are any."""
    values = {
        "stability": _two(found.stability),
        "stable": figures().exact(STABLE),
        "silhouette": _two(found.silhouette),
        "meaningful": figures().exact(MEANINGFUL),
    }
    if found.verdict in ("few", "alike"):
        left = left_out(found) or feature_names(found.choice.features)
        count = figures().count(found.customers)
        st.info(say(f"clusters.no_{found.verdict}", count=count, least=LEAST_ROWS, left=left))
        if found.verdict == "few":
            navigation.link("segments")
        return False
    if found.verdict != "sound":
        st.warning(say(f"clusters.is_{found.verdict}", **values))
    return True


def left_out(found: Clustering) -> str:
    """Traits that tell nobody apart, and why."""
    told = [
        say(f"clusters.left_{why}", feature=feature_name(name).lower())
        for name, why in found.left_out
    ]
    return say("crumbs.join").join(told)


def feature_name(name: str) -> str:
    """What a trait is called."""
    return say(f"clusters.feature.{name}")


def feature_names(features: Sequence[str]) -> str:
    """Several of them in a sentence."""
    listed = [feature_name(name).lower() for name in features]
    return say("crumbs.join").join(listed)


def called(one: Shown, cluster: int) -> str:
    """A group's name, shown as it is: people may have given it."""
    return plain(one.called[cluster])


def _two(value: float | None) -> str:
    return figures().exact(value)


def _method() -> str:
    return say(
        "clusters.method_says",
        starts=STARTS,
        drawn=f"{DRAWN_IN:g}",
        apart=f"{APART:g}",
        sample=figures().count(SAMPLE),
        draws=DRAWS,
    )
