"""The road that a refused move shows: the moves that come first."""

import json
from pathlib import Path

import pytest

from casebook.workflow import Workflow

CASES = Workflow.from_data(
    json.loads((Path(__file__).parents[2] / "schemas/case/workflow.json").read_text("utf-8"))
)


@pytest.mark.parametrize(
    ("start", "goal", "road"),
    [
        ("reported", "planned", ["assess", "plan"]),
        ("reported", "aftercare", ["assess", "plan", "aftercare"]),
        ("waiting", "aftercare", ["resume"]),
        ("investigating", "investigating", []),
    ],
)
def test_waiting_and_resuming_is_no_way_on(start, goal, road):
    """``resume`` leads back to where a case waited from, not to wherever one likes."""
    assert CASES.path(start, goal) == road


def test_no_road_leads_through_an_end():
    assert CASES.path("reported", "merged") == ["merge"]
    assert CASES.path("transferred", "planned") == []
