"""Names that may mean one thing, each pair with what speaks for it; nothing is ever merged here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final, Literal, get_args

from chanplan.domain.names import Pair
from chanplan.plans import resembling
from chanplan.plans.wording import Wording, declared, form_of, worded

# spelling  the same but for width, case, spaces and signs
# ending    the same but for words that many names end in (有限公司, 旗舰店)
# known     two names of one thing in the declared list (天猫, Tmall)
# label     the one is a code, and the other is what that code is called
# alike     a letter or two apart: a weak hint
Evidence = Literal["spelling", "ending", "known", "label", "alike"]
EVIDENCE: Final[tuple[Evidence, ...]] = get_args(Evidence)
# How likely two such names are one, judged and not measured; of `alike` the share of letters.
_LIKENESS: Final[Mapping[str, float]] = {
    "spelling": 1.0,
    "known": 0.97,
    "ending": 0.95,
    "label": 0.95,
}
# Where no list of names is complete, letters are compared; 果味气泡水 青柠 and 青桔 are two.
_COMPARED: Final = ("channel", "partner", "customer")
# A region may go by the name of its province.
_KNOWN_TOO: Final[Mapping[str, str]] = {"region": "province"}


@dataclass(frozen=True)
class Member:
    """A member as the lines tell it.

    sales   net sales of the basis in which it has most; None where no line counts
    sources that name it; first, last: its months, such as 202403, 0 without a line
    label   what it is called, where its name is a code
    listed  it stands in an uploaded table of its dimension
    """

    name: str
    sales: Decimal | None = None
    sources: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    label: str | None = None
    listed: bool = False


@dataclass(frozen=True)
class Suggestion:
    """Two members that may be one.

    name, master  the one that would go by the other's name
    evidence      what speaks for it; `words`: the endings that are only in one of the names
    likeness      0 to 1
    together      sources that name both, which speaks against it
    """

    dimension: str
    name: Member
    master: Member
    evidence: Evidence
    likeness: float
    words: tuple[str, ...] = ()
    together: tuple[str, ...] = ()

    @property
    def pair(self) -> Pair:
        """What accepting or refusing it is about."""
        return Pair(self.dimension, self.name.name, self.master.name)


@dataclass(frozen=True)
class _Worded:
    """A member with its name taken apart, and the key that members of one thing share."""

    member: Member
    wording: Wording
    key: str


def suggested(
    dimension: str,
    members: Iterable[Member],
    apart: Collection[frozenset[str]] = (),
    weak: bool = True,
) -> list[Suggestion]:
    """Pairs of a dimension's members, the strongest evidence and the largest sums first. Each
    name is suggested for one master at most, so that all may be accepted at once.

    apart  pairs that a person has told apart
    weak   whether letters are compared as well
    """
    every = [_taken_apart(member, dimension) for member in members]
    found: dict[str, Suggestion] = {}
    masters = [_gathered(group, dimension, apart, found) for group in _grouped(every).values()]
    _add(found, _labelled(every, dimension), apart)
    if weak and dimension in _COMPARED:
        _add(found, _alike(masters, dimension), apart)
    return sorted(found.values(), key=_order)


def _taken_apart(member: Member, dimension: str) -> _Worded:
    wording = worded(member.name, dimension)
    folded = form_of(wording.form.casefold())
    known = _known(dimension)
    key = known.get(folded) or known.get(wording.base)
    return _Worded(member, wording, f"known {key}" if key else wording.base)


def _grouped(every: Iterable[_Worded]) -> dict[str, list[_Worded]]:
    groups: dict[str, list[_Worded]] = {}
    for one in every:
        groups.setdefault(one.key, []).append(one)
    return groups


def _gathered(
    group: Sequence[_Worded],
    dimension: str,
    apart: Collection[frozenset[str]],
    found: dict[str, Suggestion],
) -> _Worded:
    """The master of names with one key; each other one is suggested for it."""
    master = min(group, key=_rank)
    for one in group:
        if one is not master and (evidence := _evidence(one, master)):
            words = _only_in_one(one, master) if evidence == "ending" else ()
            _add(found, [_made(dimension, one.member, master.member, evidence, words)], apart)
    return master


def _rank(one: _Worded) -> tuple[object, ...]:
    """The company's own name for it goes first, then the larger one."""
    member = one.member
    return not member.listed, -(member.sales or 0), member.first or 999_999, member.name


def _evidence(one: _Worded, master: _Worded) -> Evidence | None:
    if one.wording.form == master.wording.form:
        return "spelling"
    if one.wording.base != master.wording.base:
        return "known"
    # Each ends in a word of its own: 旗舰店 and 专营店 are two shops.
    own, its = set(one.wording.without), set(master.wording.without)
    return "ending" if own <= its or its <= own else None


def _only_in_one(one: _Worded, other: _Worded) -> tuple[str, ...]:
    own, its = one.wording.without, other.wording.without
    return tuple(word for word in (*own, *its) if (word in own) != (word in its))


def _labelled(every: Sequence[_Worded], dimension: str) -> Iterator[Suggestion]:
    """A source tells the code, another one what it is called; not where two codes are called so."""
    codes: dict[str, list[Member]] = {}
    for one in every:
        if one.member.label and one.wording.is_code:
            label = worded(one.member.label, dimension)
            codes.setdefault(label.form, []).append(one.member)
    for one in every:
        coded = codes.get(one.wording.form, [])
        if len(coded) == 1 and not one.wording.is_code:
            yield _made(dimension, one.member, coded[0], "label")


def _alike(masters: Sequence[_Worded], dimension: str) -> Iterator[Suggestion]:
    """Names a letter or two apart, of which not both are in the company's own list."""
    named = {one.wording.base: one for one in masters if not one.wording.is_code}
    words = {base: one.wording.words for base, one in named.items()}
    for first, second, likeness in resembling.pairs(words):
        one, other = sorted((named[first], named[second]), key=_rank, reverse=True)
        if not (one.member.listed and other.member.listed):
            yield _made(dimension, one.member, other.member, "alike", (), likeness)


def _made(
    dimension: str,
    one: Member,
    master: Member,
    evidence: Evidence,
    words: tuple[str, ...] = (),
    likeness: float | None = None,
) -> Suggestion:
    sure = _LIKENESS[evidence] if likeness is None else likeness
    together = tuple(source for source in one.sources if source in master.sources)
    return Suggestion(dimension, one, master, evidence, sure, words, together)


def _add(
    found: dict[str, Suggestion],
    more: Iterable[Suggestion],
    apart: Collection[frozenset[str]],
) -> None:
    """Those that are new, concern a line at all, and nobody has refused."""
    for one in more:
        name, master = one.name.name, one.master.name
        turned = master in found and found[master].master.name == name
        known = name in found or turned or frozenset((name, master)) in apart
        if not known and (one.name.sources or one.master.sources):
            found[name] = one


def _order(one: Suggestion) -> tuple[object, ...]:
    sales = abs(one.name.sales or Decimal(0))
    return EVIDENCE.index(one.evidence), -one.likeness, -sales, one.name.name


@cache
def _known(dimension: str) -> Mapping[str, str]:
    """Form of a known name → what it is a name of."""
    lists = declared()["known"]
    names = [*lists.get(_KNOWN_TOO.get(dimension, ""), []), *lists.get(dimension, [])]
    return {form_of(name.casefold()): group[0] for group in names for name in group}
