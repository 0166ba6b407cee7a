"""Which customers buy alike: groups found in their buying, explained, named, known again."""

from chanplan.analysis.customers.clusters.choice import DEFAULT, FEATURES, MOST_K, Choice
from chanplan.analysis.customers.clusters.clustering import OUTLIER, Clustering, cluster

__all__ = ["DEFAULT", "FEATURES", "MOST_K", "OUTLIER", "Choice", "Clustering", "cluster"]
