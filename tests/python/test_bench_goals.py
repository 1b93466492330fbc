"""The goals of the benchmarks: which figures they are about, what counts as met,
and the table that answers the questions."""

import json
import pathlib
import sys

import pytest

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"


@pytest.fixture(scope="module", autouse=True)
def on_the_path():
    sys.path.insert(0, str(BENCH))
    yield
    sys.path.remove(str(BENCH))


@pytest.fixture
def goals():
    import goals

    return goals


def figure(name, value, unit=""):
    return {"name": name, "question": name, "value": value, "unit": unit, "spread": None}


def cells(table, number):
    (line,) = [line for line in table.splitlines() if line.startswith(f"| {number} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_there_is_a_row_for_each_of_the_seventeen_questions(goals):
    assert [row.number for row in goals.ROWS] == list(range(1, 18))
    assert all(row.parts for row in goals.ROWS)
    assert len(goals.table({}).splitlines()) == 2 + 17
    assert all(cells(goals.table({}), number)[-1] == "not measured" for number in range(1, 18))


def test_each_goal_is_about_something_that_a_benchmark_measures(goals):
    import run_bench

    programs = {path.stem for path in BENCH.glob("*/*_bench.cpp")}
    for row in goals.ROWS:
        for name in [part.name for part in row.parts] + [name for name in (*row.original, *row.peer) if "/" in name]:
            assert name.split("/")[0] in {*run_bench.BENCHMARKS, *programs}, name


def test_a_figure_of_a_run_stands_beside_its_goal(goals):
    assert goals.of(figure("path/net103/speed", 0.96)) == "row 1: ≥ 0.95, met"
    assert goals.of(figure("path/net103/speed", 0.94)) == "row 1: ≥ 0.95, NOT MET"
    assert goals.of(figure("start/import", 0.15)) == "row 13: ≤ 0.15 s, met"
    assert goals.of(figure("path/net103/step", 7.0)) == ""


def test_of_many_figures_the_worst_answers(goals):
    results = {
        one["name"]: one
        for one in [
            figure("plot_bench/redraw/stored:1000000/in_view:100", 1.5, "ms"),
            figure("plot_bench/redraw/stored:1000000/in_view:800", 4.2, "ms"),
            figure("plot_bench/redraw_while_appending/stored:1000000/zoom:1", 3.0, "ms"),
        ]
    }
    row = cells(goals.table(results), 9)
    assert row[4] == "any zoom: 4.2 ms · appending: 3 ms"
    assert row[5] == "any zoom: ≤ 4 ms · appending: ≤ 4 ms"
    assert row[6] == "no: any zoom"


def test_a_part_that_was_not_measured_is_named(goals):
    row = cells(goals.table({"start/window": figure("start/window", 0.4, "s")}), 14)
    assert row[4:] == ["window: 0.4 s · picture: –", "window: ≤ 0.5 s · picture: ≤ 0.3 s", "not measured: picture"]


def test_others_are_shown_as_measured_else_as_known(goals):
    assert cells(goals.table({}), 15)[2:4] == ["1.9–2.3 s (Import3d)", "–"]
    measured = {name: figure(name, value, "s") for name, value in (("start/import3d", 2.04), ("start/swc", 0.12))}
    assert cells(goals.table(measured), 15)[2:] == ["1.9–2.3 s (Import3d)", "2.04 s", "0.12 s", "≤ 0.3 s", "yes"]
    both = {
        name: figure(name, value, "ratio")
        for name, value in (
            ("peers/net103/compneurovis 0.4.0a1, 10 steps per picture", 0.0042),
            ("peers/net103/compneurovis 0.4.0a1, 1000 steps per picture", 0.35),
        )
    }
    assert cells(goals.table(both), 1)[2] == "0.0042 (10 steps per picture) · 0.35 (1000 steps per picture)"


def test_the_growth_with_size_has_a_goal_of_its_own(goals):
    slope = figure("store_bench/append_one_by_one/*/0/slope", 1.02)
    assert goals.of(slope) == "row 10: ≤ 1.1, met"
    assert goals.of(figure("store_bench/append_one_by_one/20000/*/slope", 9)) == ""


def test_later_files_replace_what_earlier_ones_say(goals, tmp_path):
    for name, value in (("a.json", 0.9), ("b.json", 0.97)):
        (tmp_path / name).write_text(json.dumps({"results": [figure("path/passive10k/speed", value, "ratio")]}))
    results = goals.read([tmp_path / "a.json", tmp_path / "b.json"])
    assert cells(goals.table(results), 4)[4:] == ["0.97", "≥ 0.909", "yes"]
