"""No figure adds two bases: what the books of three bases tell of one is what a store tells that
has the files of that basis alone, for every measure, on every page, in every download."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from chanplan.__main__ import main
from chanplan.domain.period import Period
from chanplan.domain.scope import TAX_VIEWS, Scope
from chanplan.metrics.catalogue import catalogue
from chanplan.metrics.query import MetricQuery
from chanplan.workspace import Workspace
from tests.company_books.test_books import bring
from tests.pages.conftest import Open

FILES = {
    "order": ("天猫_订单_2025-01", "天猫_宝贝_2025-01"),
    "shipment": ("ERP_出货_2025-01", "ERP_出货_2025-02"),
    "sell_out": ("流向_2025-01", "流向_2025-02"),
}
BOTH = Period(202501, 202502)
PAGES = ("overview", "channels", "products", "concentration", "fit", "pivot")
DIMENSIONS = (None, "channel", "partner", "region", "product", "source", "month", "customer")


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Basis → a store of its files alone; "all" → of all of them."""
    folder = tmp_path_factory.mktemp("bases")
    for basis, names in {**FILES, "all": sum(FILES.values(), ())}.items():
        with Workspace.open(folder / basis) as space:
            for name in names:
                bring(space, f"{name}.csv")
    return {basis: folder / basis for basis in (*FILES, "all")}


@pytest.mark.parametrize("basis", FILES)
def test_every_measure_by_every_dimension(homes: Mapping[str, Path], basis: str) -> None:
    measures = [one.name for one in catalogue().shown() if not one.beside]
    queries = [
        MetricQuery((measure,), Scope(BOTH, basis, tax), (by,) if by else ())
        for measure in measures
        for tax in TAX_VIEWS
        for by in DIMENSIONS
    ]
    told = []
    for home in (homes["all"], homes[basis]):
        with Workspace.open(home) as space:
            told.append([space.ask(one).frame.to_dict("records") for one in queries])
    unlike = [one for one, here, there in zip(queries, *told, strict=True) if here != there]
    assert unlike == []
    assert any(row for rows in told[0] for row in rows)


@pytest.mark.parametrize("basis", FILES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page(open_page: Open, homes: Mapping[str, Path], page: str, basis: str) -> None:
    month = {"period": "month", "month": "2025-01"}
    whole = open_page(homes["all"], page, basis=basis, **month)
    shown = [figures(whole)]
    alone = open_page(homes[basis], page, **month)
    shown.append(figures(alone))
    assert not whole.exception and not alone.exception
    assert shown[0] == shown[1]


def figures(app) -> dict[str, list]:
    """What a page tells in numbers: its cards, tables and headlines."""
    frames = [one.value for one in app.dataframe]
    return {
        "cards": [(one.label, one.value, one.delta) for one in app.metric],
        "tables": [frame.astype(str).to_dict("list") for frame in frames],
        "headlines": [one.value for one in app.header],
    }


@pytest.mark.parametrize("basis", FILES)
def test_every_download_of_the_command_line(homes: Mapping[str, Path], basis: str) -> None:
    asked = ["ask", "net_sales", "quantity", "--by", "product", "--by", "month", "--basis", basis]
    told = [
        CliRunner().invoke(main, [*asked, "--csv", "--home", str(homes[home])])
        for home in ("all", basis)
    ]
    assert [one.exit_code for one in told] == [0, 0], told[0].output
    assert told[0].output == told[1].output
    assert told[0].output.count("\n") > 1
