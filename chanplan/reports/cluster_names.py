"""What a group of customers is called, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from chanplan.analysis.customers.clusters import OUTLIER
from chanplan.analysis.customers.clusters.matching import Known
from chanplan.analysis.customers.clusters.naming import Name, Trait
from chanplan.language import Language, text

# How often and how much are one word in Chinese: 高频大额.
_TOGETHER = ("frequency", "amount")


def cluster_names(known: Mapping[int, Known], language: Language) -> dict[int, str]:
    """Cluster → its name, the one apart included."""
    told = {cluster: cluster_name(one, language) for cluster, one in known.items()}
    return {**told, OUTLIER: text(language, "clusters.outlier")}


def cluster_name(one: Known, language: Language) -> str:
    """What a person calls it, else its traits: 高频大额 · 渠道多; "Frequent, large, many
    channels"."""
    return one.called or by_traits(one.name, language)


def by_traits(name: Name, language: Language) -> str:
    """The name by traits alone."""
    told = _traits(name.traits, language) or text(language, "clusters.middle")
    if name.number:
        told = text(language, "clusters.numbered", name=told, number=name.number)
    return told


def _traits(traits: tuple[Trait, ...], language: Language) -> str:
    words = [(feature, text(language, _key(feature, degree))) for feature, degree in traits]
    if language == "en":
        joined = ", ".join(word for _, word in words)
        return joined[:1].upper() + joined[1:]
    core = "".join(word for feature, word in words if feature in _TOGETHER)
    return " · ".join([*filter(None, [core]), *(w for f, w in words if f not in _TOGETHER)])


def _key(feature: str, degree: int) -> str:
    return f"clusters.trait.{feature}_{'n' if degree < 0 else ''}{abs(degree)}"
