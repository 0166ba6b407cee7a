"""The company's levels as one tree sized by net sales; what has no parent is a node of its own.

Levels as in definitions §0: 大区→省→市, 渠道大类→渠道→伙伴, 品牌→品类→系列→SKU, 部门→主管→业务员.
A member whose level above nobody has told stands below "no parent" with all its money, so that
the tree sums to the total whatever is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from chanplan.analysis import arithmetic
from chanplan.analysis.arithmetic import ZERO, Member
from chanplan.analysis.story import MEASURE, Finding
from chanplan.domain.scope import Scope
from chanplan.metrics.query import MetricQuery

# Tree → its levels, the highest first.
TREES: Mapping[str, tuple[str, ...]] = {
    "region": ("region", "province", "city"),
    "channel": ("channel_group", "channel", "partner"),
    "product": ("brand", "category", "series", "product"),
    "sales": ("department", "manager", "salesperson"),
}
Path = tuple[Member, ...]


@dataclass(frozen=True)
class Node:
    """One member in its place.

    path  the members from the highest level down to itself; None where nobody has told one
    size  its part of the picture: what its parts sold, those below zero left out
    others  how many members were put together here because they are small; 0 for one of its own
    """

    path: Path
    money: Decimal
    size: Decimal
    others: int = 0


@dataclass(frozen=True)
class Orphan:
    """A member whose parent nobody has told: of which level it is, and its money."""

    level: str
    member: str
    money: Decimal


@dataclass(frozen=True)
class Tree:
    """levels   from the highest down
    nodes    every node, parents before their parts; () is the total
    orphans  the largest first
    """

    levels: tuple[str, ...]
    nodes: Mapping[Path, Node]
    orphans: tuple[Orphan, ...]


def query(scope: Scope, levels: Sequence[str]) -> MetricQuery:
    """Net sales by all levels of a tree."""
    return MetricQuery((MEASURE,), scope, tuple(levels))


def tree(frame: pd.DataFrame, levels: Sequence[str]) -> Tree:
    """The answer of `query` as a tree. What no file names at the lowest levels ends above them."""
    columns = [arithmetic.members(frame, level) for level in levels]
    money = arithmetic.numbers(frame, MEASURE)
    sums: dict[Path, Decimal] = {(): ZERO}
    sizes: dict[Path, Decimal] = {(): ZERO}
    for *members, sold in zip(*columns, money, strict=True):
        path = _trimmed(tuple(members))
        for depth in range(len(path) + 1):
            above = path[:depth]
            sums[above] = sums.get(above, ZERO) + (sold or ZERO)
            sizes[above] = sizes.get(above, ZERO) + max(sold or ZERO, ZERO)
    order = sorted(sums, key=lambda path: (len(path), -sums[path], str(path)))
    nodes = {path: Node(path, sums[path], sizes[path]) for path in order}
    return Tree(tuple(levels), nodes, _orphans(levels, sums))


def folded(found: Tree, most: int) -> Tree:
    """The same with at most so many parts of every node, the others put together."""
    parts: dict[Path, list[Node]] = {}
    for path, node in found.nodes.items():
        if path:
            parts.setdefault(path[:-1], []).append(node)
    kept: dict[Path, Node] = {(): found.nodes[()]}
    for path in found.nodes:
        if path not in kept or kept[path].others:
            continue
        ranked = sorted(parts.get(path, []), key=lambda node: -node.size)
        few = len(ranked) <= most + 1
        for node in ranked if few else ranked[:most]:
            kept[node.path] = node
        if not few:
            rest = ranked[most:]
            money, size = (sum((getattr(r, c) for r in rest), ZERO) for c in ("money", "size"))
            kept[*path, ""] = Node((*path, ""), money, size, len(rest))
    return Tree(found.levels, kept, found.orphans)


def told(found: Tree) -> tuple[Finding, ...]:
    """`tree_leads`, the largest node of the highest level; `tree_whole`, or `tree_orphans`: who
    has no parent, with which money; `tree_unnamed` where no file names a member; `no_sales` for an
    empty one."""
    total = found.nodes[()].money
    tops = [node for path, node in found.nodes.items() if len(path) == 1 and path[0] is not None]
    if total <= 0 or not tops:
        return (Finding("no_sales", {}),)
    first = max(tops, key=lambda node: node.money)
    leads = Finding(
        "tree_leads",
        {
            "dimension": found.levels[0],
            "member": first.path[0],
            "value": first.money,
            "share": arithmetic.share(first.money, total),
        },
    )
    return (leads, _of_orphans(found, total), *_unnamed(found, total))


def _of_orphans(found: Tree, total: Decimal) -> Finding:
    if not found.orphans:
        return Finding("tree_whole", {})
    lost = sum((one.money for one in found.orphans), ZERO)
    values = {"count": len(found.orphans), "value": lost, "share": arithmetic.share(lost, total)}
    return Finding("tree_orphans", values)


def _unnamed(found: Tree, total: Decimal) -> tuple[Finding, ...]:
    """Sales of which no file names a member of any level: they stand in the total alone."""
    named = sum((node.money for path, node in found.nodes.items() if len(path) == 1), ZERO)
    if named == total:
        return ()
    rest = total - named
    values = {"dimension": found.levels[-1], "value": rest, "share": arithmetic.share(rest, total)}
    return (Finding("tree_unnamed", values),)


def _trimmed(path: Path) -> Path:
    while path and path[-1] is None:
        path = path[:-1]
    return path


def _orphans(levels: Sequence[str], sums: Mapping[Path, Decimal]) -> tuple[Orphan, ...]:
    """A member below several unknown levels is one orphan, of its own level."""
    found: dict[tuple[str, str], Decimal] = {}
    for path, money in sums.items():
        if len(path) > 1 and path[-2] is None and path[-1] is not None:
            key = (levels[len(path) - 1], path[-1])
            found[key] = found.get(key, ZERO) + money
    orphans = [Orphan(*key, money) for key, money in found.items()]
    return tuple(sorted(orphans, key=lambda one: (-abs(one.money), one.level, one.member)))
