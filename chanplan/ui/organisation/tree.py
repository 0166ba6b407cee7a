"""The company's levels as a picture, who has no parent, and a move of members below another one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chanplan.analysis import hierarchy
from chanplan.analysis.arithmetic import Member
from chanplan.analysis.hierarchy import TREES, Tree
from chanplan.charts import tree as drawing
from chanplan.plans.organisation import KINDS
from chanplan.ui import address, crumbs, figure, findings, session, sidebar, tables
from chanplan.ui.members import PICKER_WIDTH
from chanplan.ui.organisation import asked, draft, saying
from chanplan.ui.plain import plain
from chanplan.ui.session import figures, say
from chanplan.ui.tables import Column
from chanplan.ui.view import View

_TREE, _BELOW, _NODE = "org_tree", "org_below", "org_node"
# Level → the kind of members that are moved there, and the attribute that says their parent.
PARENTS = {
    "channel": ("channels", "channel_group"),
    "partner": ("partners", "channel"),
    "province": ("regions", "region"),
    "product": ("products", "series"),
    "salesperson": ("salespeople", "manager"),
}
# What else says where a product or a salesperson belongs.
FURTHER = {"product": ("brand", "category", "series"), "salesperson": ("manager", "department")}


def show(view: View) -> None:
    """Which tree, the picture, members without a parent, the editor, the whole as a table."""
    shown = {
        code: say(f"organisation.tree_{code}")
        for code, levels in TREES.items()
        if session.members(levels[-1]) or session.members(levels[-2])
    }
    if not shown:
        st.info(say("organisation.no_members"))
        return
    code = address.switch(_TREE, shown, say("organisation.which_tree"))
    levels = tuple(level for level in TREES[code] if session.members(level))
    missing = [level for level in TREES[code] if level not in levels]
    found = asked.tree(view.scope, levels)
    title, *more = hierarchy.told(found)
    findings.title(title, say("organisation.drawn", levels=_named(levels)))
    if missing:
        st.caption(say("organisation.level_missing", levels=_named(missing)))
    if found.nodes[()].size > 0:
        _picture(found)
        _narrow(found)
    for each in more:
        st.markdown(findings.tell(each, "none"))
    _orphans(view, found)
    _editor(view, levels)
    _table(view, found)


def _named(levels: list[str] | tuple[str, ...]) -> str:
    return " → ".join(figure.dimension_name(level) for level in levels)


def _picture(found: Tree) -> None:
    names: dict[tuple[int, Member], str] = {}
    for at, level in enumerate(found.levels):
        members = {path[at] for path in found.nodes if len(path) == at + 1}
        told = figure.names_of(level, members)
        names |= {(at, one): name for one, name in zip(members, told, strict=True)}
        names[at, None] = say("organisation.no_parent", of=figure.dimension_name(level))
    drawn = drawing.tree(
        hierarchy.folded(found, drawing.MOST_PARTS),
        names,
        say("figures.total"),
        lambda count: say("members.others", count=count),
        figures(),
        figure.look(),
    )
    figure.show(drawn, "org_picture", say("organisation.tree_alt", levels=_named(found.levels)))


def _narrow(found: Tree) -> None:
    """A member of the highest level to which every page can be narrowed."""
    level = found.levels[0]
    if not sidebar.offers(level):
        return
    members = [str(path[0]) for path in found.nodes if len(path) == 1 and path[0] is not None]
    names = dict(zip(members, figure.names_of(level, members), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=PICKER_WIDTH):
            label = say("organisation.open_node")
            one = address.choice(_NODE, members, members[0], label, names.__getitem__)
        crumbs.keep_only(level, one, plain(names[one]))


def _orphans(view: View, found: Tree) -> None:
    if not found.orphans:
        return
    st.subheader(say("organisation.orphans", count=len(found.orphans)), anchor=False)
    frame = pd.DataFrame(
        [
            (figure.dimension_name(one.level), figure.name_of(one.level, one.member), one.money)
            for one in found.orphans
        ],
        columns=["level", "name", "money"],
        dtype=object,
    )
    columns = [
        Column("level", say("organisation.level")),
        Column("name", say("organisation.member"), width=260),
        Column("money", figure.measure_name("net_sales"), "money"),
    ]
    name = say("organisation.orphans_file")
    alt = say("organisation.orphans_alt")
    tables.show(frame, columns, "org_orphans", alt, _about(view), name)


def _editor(view: View, levels: tuple[str, ...]) -> None:
    """Members, and the parent they are to stand below."""
    below = [level for level in levels if level in PARENTS]
    if not below:
        return
    with st.expander(say("organisation.move"), icon=":material/move_up:", key="org_editor"):
        names = {level: figure.dimension_name(level) for level in below}
        level = below[-1]
        if len(below) > 1:
            label = say("organisation.level")
            level = address.choice(_BELOW, below, below[-1], label, names.__getitem__)
        kind, attribute = PARENTS[level]
        choices = FURTHER.get(level, (attribute,))
        _move(view, level, kind, choices)


def _move(view: View, level: str, code: str, attributes: tuple[str, ...]) -> None:
    kind = KINDS[code]
    frame = asked.members(code, view.scope)
    members = [str(one) for one in frame["member"]]
    shown = dict(zip(members, figure.names_of(level, members), strict=True))
    with st.grid(3, min_column_width=200, gap="small"):
        attribute = attributes[0]
        if len(attributes) > 1:
            levels = {one: figure.dimension_name(kind.attributes[one] or one) for one in attributes}
            attribute = st.selectbox(
                say("organisation.parent_level"),
                attributes,
                key=f"org_attribute_{level}",
                format_func=levels.__getitem__,
            )
        chosen = st.multiselect(
            say("organisation.whom", of=figure.dimension_name(level)),
            members,
            key=f"org_whom_{level}_{draft.of(code).turn}",
            format_func=shown.__getitem__,
            placeholder=say("organisation.whom_hint"),
        )
        parents = session.members(kind.attributes[attribute] or attribute)
        parent = st.selectbox(
            say("organisation.parent"),
            parents,
            index=None,
            key=f"org_parent_{level}_{attribute}",
            placeholder=say("organisation.parent_hint"),
            accept_new_options=True,
        )
    st.button(
        say("organisation.put"),
        key="org_put",
        icon=":material/add:",
        disabled=not (chosen and parent),
        on_click=draft.put,
        args=(code, {(member, attribute): str(parent) for member in chosen}),
    )
    saying.pending(view, code, frame)


def _table(view: View, found: Tree) -> None:
    """Every node with its parents, to take away."""
    parents = {path[:-1] for path in found.nodes if path}
    deepest = [path for path in found.nodes if path and path not in parents]
    names = [
        figure.names_of(level, [path[at] if len(path) > at else None for path in deepest])
        for at, level in enumerate(found.levels)
    ]
    frame = pd.DataFrame(
        {
            **dict(zip(found.levels, names, strict=True)),
            "money": [found.nodes[path].money for path in deepest],
        },
        dtype=object,
    )
    columns = [Column(level, figure.dimension_name(level)) for level in found.levels]
    columns.append(Column("money", figure.measure_name("net_sales"), "money"))
    with st.expander(say("organisation.as_table")):
        name = say("organisation.tree_file")
        alt = say("organisation.tree_alt", levels=_named(found.levels))
        tables.show(frame, columns, "org_levels", alt, _about(view), name)


def _about(view: View) -> list[tuple[str, str]]:
    return [(say("download.about"), " · ".join(view.told))]
