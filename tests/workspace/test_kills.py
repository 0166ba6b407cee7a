"""Thirty kills in every run of the tests; `make proof` does three hundred."""

from __future__ import annotations

from benchmarks import proof_kills


def test_a_killed_process_costs_nothing(tmp_path):
    results = list(proof_kills.prove(tmp_path, 30))
    assert [wrong for _, _, wrong in results] == [0, 0, 0]
    assert all(tried >= 30 for _, tried, _ in results)
