"""A well-known channel is called as the company calls it, else in the reader's language."""

import pytest

from chanplan.plans.calling import called, once


@pytest.mark.parametrize(
    ("name", "known", "language", "told"),
    [
        ("天猫", [], "en", "Tmall"),
        ("天猫", [], "zh", "天猫"),
        ("天猫", ["京东", "天猫"], "en", "天猫"),  # the company's own name goes first
        ("天猫", ["TMALL"], "zh", "TMALL"),
        ("经销商", ["Web"], "en", "Distributor"),
        ("线下门店", [], "en", "Offline stores"),
        ("Amazon", [], "zh", "Amazon"),  # as the file has it
        ("我的小店", ["天猫"], "en", "我的小店"),  # nobody knows another name of it
    ],
)
def test_a_channel_by_its_name(name: str, known: list[str], language: str, told: str) -> None:
    assert called(name, "channel", known, language) == told


def test_one_thing_is_offered_once() -> None:
    offered = ["天猫", "JD", "Tmall", "京东", "门口小店"]
    assert once(offered, "channel") == ["天猫", "JD", "门口小店"]
