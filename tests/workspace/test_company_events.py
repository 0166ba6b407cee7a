"""The company's own events come in by hand or by upload; the newest word on each year stands."""

from datetime import date

from chanplan.workspace import Workspace, by_hand
from tests.workspace.test_returns import bring

SHEET = (
    "活动名称,活动开始日,活动结束日,预售开始日,活动渠道\n"
    "会员日,2024-08-08,2024-08-10,,\n双11,2024-10-31,2024-11-12,2024-10-20,\n"
    "会员日,2023-08-01,2023-08-03,,天猫\n反了,2024-05-05,2024-05-01,,\n"
)


def test_uploaded_said_again_and_undone(tmp_path):
    with Workspace.open(tmp_path) as space:
        assert space.events() == ()
        bring(space, "活动.csv", SHEET)
        assert [(one.code, one.start, one.last) for one in space.events()] == [
            ("own:会员日:天猫", date(2023, 8, 1), date(2023, 8, 3)),
            ("own:会员日:", date(2024, 8, 8), date(2024, 8, 10)),
            ("double_11", date(2024, 10, 20), date(2024, 11, 12)),
        ]
        said = [
            {"event": "会员日", "first": "2024-08-18", "last": "2024-08-20"},
            {"event": "618", "first": "2024-06-01", "last": "2024-06-18", "cancelled": "是"},
        ]
        made = by_hand.save(space, "company_events", said, "改期")
        assert [(one.code, one.cancelled) for one in space.events()] == [
            ("618", True), ("own:会员日:", False),
        ]  # fmt: skip
        bring(space, "店庆.csv", "活动名称,活动开始日,活动结束日\n店庆,2024-09-01,2024-09-02\n")
        assert [one.code for one in space.events()][-1] == "own:店庆:"
        space.switch_all([made.batch], active=False)
        assert len(space.events()) == 4
