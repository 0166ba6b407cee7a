"""`match`: what is listed can be accepted, refused, set and taken back in the same words."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanplan.workspace import Workspace
from tests.commands.shell import chanplan
from tests.workspace.test_names import ERP, SHOP
from tests.workspace.test_workspace import bring


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop's file; the ERP's comes by the command line."""
    folder = tmp_path_factory.mktemp("matching")
    with Workspace.open(folder / "store") as workspace:
        bring(workspace, "店铺.csv", SHOP.encode())
    (folder / "ERP.csv").write_text(ERP, "utf-8")
    return folder


def test_from_the_import_to_the_undo(home: Path) -> None:
    store = ("--home", home / "store")
    said = chanplan("import", home / "ERP.csv", *store)
    assert said.out.splitlines()[-1].startswith("Names that may be ones you know: 3")
    done = chanplan(
        "match", "--accept", "known", "--refuse", "product:气泡水330ML", "--json", *store
    )
    assert done.json["done"] == 2
    [waiting] = done.json["waiting"]
    assert waiting["dimension"] == "customer" and waiting["evidence"] == "ending"
    assert waiting["why"] == "the same but for “有限公司”"
    assert [one["net_sales"] for one in waiting["members"]] == ["127", "140"]
    told = {(one["name"], one["says"]) for one in done.json["decided"]}
    assert told == {("Tmall", "accept"), ("气泡水 330ml", "refuse")}
    back = chanplan("match", "--undo", "all", "--set", "channel:京东=JD", *store).out
    assert "channel:京东=JD\tone and the same" in back and "channel:Tmall=天猫\tknown" in back


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--accept", "channel:Nowhere"), 1, "No pair of names answers to “channel:Nowhere”."),
        (("--set", "channel:Nowhere=天猫"), 1, "There are no such names: Nowhere."),
        (("--set", "channel"), 2, "DIMENSION:NAME=MASTER"),
    ],
)
def test_what_is_not_there_is_one_sentence(
    home: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    said = chanplan("match", *words, "--home", home / "store")
    assert said.code == code and told in said.err and "Traceback" not in said.err
