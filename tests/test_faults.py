"""What can go wrong, row by row, and the tests that prove what then happens.

The rows are those of the team's table of faults (reliability.md); where it lies beside the
checkout, the two are held against each other.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

TABLE = "## Fault → what the person sees"

PROVEN: dict[str, tuple[str, ...]] = {
    "process killed in an import": (
        "workspace/test_kills.py::test_a_killed_process_costs_nothing",
        "workspace/test_workspace.py::test_an_import_cut_off_between_journal_and_commit_lands_at_the_next_start",
        "workspace/test_faults.py::test_an_engine_that_fails_after_its_commit_has_done_the_deed",
    ),
    "the same file again": (
        "pages/test_imports_page.py::test_the_same_file_again_changes_nothing_and_asks_nothing",
        "workspace/test_faults.py::test_the_same_file_from_two_people_at_once_counts_once",
    ),
    "the same source and month, other content": (
        "workspace/test_restating.py::test_lines_that_would_count_twice_are_asked_and_nothing_is_loaded",
        "workspace/test_restating.py::test_replacing_keeps_other_partners_and_other_months",
        "workspace/test_undo.py::test_random_changes_taken_back_leave_the_exact_state_before",
    ),
    "wrong or mixed encoding": ("ingest/test_read_text.py::test_what_cannot_be_read_says_where",),
    "shifted or ragged row, unreadable number or date, NaN, sum of column unlike stated total": (
        "ingest/test_written_numbers.py::test_shifted_rows_are_set_aside_and_never_loaded_shifted",
        "ingest/test_clean.py::test_what_is_no_number_or_could_be_two_is_never_guessed",
        "ingest/test_wide.py::test_a_total_that_is_not_the_sum_is_told",
        "ingest/polluted/test_polluted.py::test_polluted_files_are_read_right_or_refused_for_the_right_reason",
    ),
    "rows": (
        "ingest/test_load.py::test_rows_in_file_are_loaded_set_aside_or_skipped",
        "pages/test_imports_page.py::test_a_plain_file_is_shown_loaded_and_counted",
        "workspace/test_fuzz.py::test_fuzzed_files_are_read_or_refused_and_nothing_dies",
    ),
    "two tables in a sheet, two-row header, no header, ambiguous day/month": (
        "ingest/test_headings.py::test_of_two_tables_in_a_sheet_one_is_asked_for",
        "ingest/test_headings.py::test_what_stands_above",
        "workspace/test_far_tables.py::test_a_table_below_the_rows_that_are_looked_at_is_seen_when_they_are_loaded",
        "ingest/test_recognise.py::test_a_sheet_that_fits_nothing_names_what_was_found_and_missing",
        "ingest/test_recognise.py::test_day_and_month_are_asked_when_both_readings_hold",
    ),
    "subtotal rows": (
        "ingest/test_load.py::test_totals_are_never_lines_whatever_stands_in_their_date",
    ),
    "encrypted, truncated, bomb, far cell, fake .xls": (
        "ingest/test_read_workbook.py::test_refusals",
        "ingest/test_read_workbook.py::test_a_truncated_workbook",
        "ingest/test_in_sheet.py::test_a_damaged_sheet_is_named",
        "ingest/test_read_workbook.py::test_a_stray_far_cell",
        "ingest/test_read_workbook.py::test_a_parser_at_its_limits_dies_alone",
        "ingest/test_read_parquet.py::test_damage_is_found_by_a_process_of_its_own",
        "ingest/test_read_markup.py::test_a_page_is_its_tables",
        "workspace/test_fuzz.py::test_fuzzed_files_are_read_or_refused_and_nothing_dies",
    ),
    "hostile text (`=cmd`, `<script>`, quotes, `../`)": (
        "workspace/test_faults.py::test_hostile_text_is_kept_as_it_is_and_leaves_inert",
        "reports/test_tables.py::test_excel_holds_numbers_not_text",
        "reports/test_tables.py::test_text_that_could_be_a_formula_is_escaped",
        "ui/test_plain.py::test_markup_is_taken_at_its_word",
        "store/test_originals.py::test_a_hostile_name_never_becomes_a_path",
    ),
    "disk full, out of memory, long query": (
        "workspace/test_faults.py::test_a_full_disk_is_told_at_every_step_and_costs_nothing",
        "workspace/test_faults.py::test_where_giving_up_cannot_be_written_down_the_deed_is_taken_back",
        "store/test_gateway.py::test_an_engine_that_gives_up_is_opened_anew",
        "store/test_gateway.py::test_memory_that_runs_out_is_told_and_rolled_back",
        "store/test_gateway.py::test_a_question_that_takes_too_long_is_stopped_and_others_go_on",
        "workspace/test_faults.py::test_readers_see_the_old_or_the_new_state_and_never_between",
    ),
    "two people edit the same plan cell": (
        "pages/test_planning_page.py::test_the_second_of_two_people_is_told_and_nothing_is_overwritten",
        "workspace/customers/test_care_items.py::test_the_second_of_two_people_is_told_and_nothing_is_overwritten",
    ),
    "click or closed tab during an import": (
        "browser/test_many_files.py::a_closed_tab_neither_breaks_nor_hides_an_import",
        "pages/test_worker.py::test_who_comes_back_can_stop_the_own_import",
        "workspace/test_stopping.py::test_it_is_taken_back_in_every_stage_and_comes_in_afterwards",
        "store/test_gateway.py::test_a_stop_signal_rolls_back",
        "pages/test_worker.py::test_everyone_sees_a_running_import_and_its_end",
        "pages/test_worker.py::test_the_second_waits_for_the_first",
        "workspace/test_faults.py::test_two_uploads_at_once_both_land",
    ),
    "interrupted upgrade of the store": (
        "workspace/test_surviving.py::test_a_store_of_an_older_program_is_made_anew_at_the_next_start",
        "workspace/test_surviving.py::test_a_rebuild_that_fails_leaves_the_old_store",
        "workspace/test_kills.py::test_a_killed_process_costs_nothing",
    ),
    # Not in the table, though among its facts.
    "a second process": (
        "store/test_gateway.py::test_a_second_process_is_told_who_holds_the_store",
        "commands/test_survival.py::test_a_second_process_is_told_in_one_sentence",
    ),
    "odd places": (
        "workspace/test_places.py::test_a_store_and_its_files_may_be_called_anything",
        "workspace/test_places.py::test_the_longest_names_are_taken_and_longer_ones_are_told",
        "workspace/test_places.py::test_a_folder_that_the_engine_would_misread_is_refused",
        "workspace/test_places.py::test_what_may_not_be_written_or_read_is_told_and_changes_nothing",
        "workspace/test_places.py::test_a_clock_set_back_changes_no_order",
        "workspace/test_surviving.py::test_a_log_that_is_damaged_costs_nothing",
        "workspace/test_surviving.py::test_a_damaged_database_is_told_and_a_rebuild_brings_all_back",
    ),
}
BESIDES = {"a second process", "odd places"}


@pytest.mark.parametrize("row", PROVEN)
def test_every_row_names_tests_that_are_there(row: str) -> None:
    for name in PROVEN[row]:
        file, _, test = name.partition("::")
        tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, name


def test_the_rows_are_those_of_the_table(shared: Path) -> None:
    table = (shared.parent / "reliability.md").read_text("utf-8").partition(TABLE)[2]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("|")]
    assert set(rows[2:]) == PROVEN.keys() - BESIDES
