"""What may be planted in the sample company: each truth with its start, size and place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Livestream:
    """抖音直播 grows from its quiet level to its height; a part of 天猫's customers goes there and
    goes on paying 天猫's prices: product by product its average price rises, by 3 % in 2025.

    ramp  months until both are complete; switching: share of 天猫's members who change
    """

    start: int = 202404
    ramp: int = 15
    switching: float = 0.22


@dataclass(frozen=True)
class PriceCut:
    """One series is sold cheaper in one channel; nothing else about its sales changes."""

    start: int = 202503
    channel: str = "京东"
    series: str = "山野"
    cut: float = 0.12


@dataclass(frozen=True)
class Launch:
    """A new product (the only one that exists for no other reason), slow at first."""

    start: int = 202504
    ramp: int = 6


@dataclass(frozen=True)
class Fading:
    """A partner buys less every month: a growing part of its orders does not happen."""

    partner: str = "D008"
    start: int = 202410
    monthly: float = 0.07


@dataclass(frozen=True)
class Diversion:
    """A dealer sells part of what it takes into a neighbour's province, below the usual price;
    the neighbour sells that much less often."""

    partner: str = "D001"
    into: str = "浙江"
    victim: str = "D004"
    start: int = 202501
    share: float = 0.45
    below: float = 0.15


@dataclass(frozen=True)
class Stuffing:
    """A dealer takes too much in the last month of quarters and less in the month after."""

    partner: str = "D011"
    months: tuple[int, ...] = (202412, 202503, 202506, 202509)
    times: float = 2.0
    after: float = 0.35


@dataclass(frozen=True)
class Training:
    """Dealers whose people were trained sell more from then on, in and out."""

    partners: tuple[str, ...] = ("D002", "D006", "D009", "D013", "D015", "D018")
    start: int = 202505
    effect: float = 0.12


@dataclass(frozen=True)
class RestatedSellOut:
    """One month of sell-out is sent again, lower: lines of some dealers had been told twice."""

    month: int = 202506
    partners: tuple[str, ...] = ("D010", "D012", "D016")
    share: float = 0.3


@dataclass(frozen=True)
class UnitError:
    """One quarter's store export writes the number of bottles in the column of cases: quantities
    too large by the bottles a case holds, amounts right."""

    quarter: int = 20252
    category: str = "果酒"


@dataclass(frozen=True)
class NewChannel:
    """社区团购 does not exist before, and takes months to reach its ordinary size."""

    start: int = 202407
    ramp: int = 9


@dataclass(frozen=True)
class Truths:
    """Which truths are planted; None leaves one out."""

    livestream: Livestream | None = None
    price_cut: PriceCut | None = None
    launch: Launch | None = None
    fading: Fading | None = None
    diversion: Diversion | None = None
    stuffing: Stuffing | None = None
    training: Training | None = None
    restated: RestatedSellOut | None = None
    unit_error: UnitError | None = None
    new_channel: NewChannel | None = None


NONE = Truths()
PLANTED = Truths(
    Livestream(), PriceCut(), Launch(), Fading(), Diversion(), Stuffing(), Training(),
    RestatedSellOut(), UnitError(), NewChannel(),
)  # fmt: skip
