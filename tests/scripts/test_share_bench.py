"""The benchmark of the share: what it paints, reads, counts and makes of it."""

import math
import os
import random
import socket
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.bench.share import bar_code, counters, plan
from scripts.bench.share.desktop import running_desktop
from scripts.bench.share.pictures import GRAIN, grain, grained, photograph
from scripts.bench.share.results import (
    Cell,
    Pair,
    Run,
    Spent,
    Turn,
    arrived,
    cells,
    figures,
    first_bytes,
    latencies,
    other_cores,
)
from scripts.bench.share.sampler import sampling
from scripts.bench.share.table import drawing, lines
from scripts.bench.share.texts import lines as code
from scripts.bench.share.texts import sentence
from scripts.display import virtual_display

NUMBERS = st.integers(0, bar_code.NUMBERS - 1)
ISSUE_METRICS = {
    *(
        f"share.{workload}.{metric}_ratio"
        for workload in ("typing", "scroll", "drag", "film", "slides")
        for metric in ("bytes", "latency", "steps", "cpu")
    ),
    "share.slides.first_bytes_ratio",
    "share.click.latency_ratio",
    "share.idle.kb_s",
    "share.idle.core",
}


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen of the size that is measured."""
    with virtual_display(plan.WIDTH, plan.HEIGHT) as name:
        yield name


def shades(number: int) -> list[float]:
    """The cells of a clean code, as a page reads them."""
    return [255.0 if white else 0.0 for white in bar_code.cells(number)]


@given(NUMBERS, st.integers(0, 60))
def test_a_code_is_read_through_the_noise_of_a_lossy_picture(number: int, noise: int) -> None:
    chance = random.Random(noise)  # noqa: S311 (noise)
    noisy = [abs(shade - chance.uniform(0, noise)) for shade in shades(number)]
    assert bar_code.read(noisy) == number


@given(NUMBERS, st.integers(0, bar_code.CELLS - 1))
def test_one_wrong_or_grey_cell_makes_a_code_unreadable(number: int, cell: int) -> None:
    wrong, grey = shades(number), shades(number)
    wrong[cell] = 255 - wrong[cell]
    grey[cell] = 128
    assert bar_code.read(wrong) is None
    assert bar_code.read(grey) is None


@pytest.mark.parametrize("shade", [0.0, 255.0])
def test_an_empty_corner_is_no_number(shade: float) -> None:
    assert bar_code.read([shade] * bar_code.CELLS) is None
    assert bar_code.read([]) is None


@pytest.mark.parametrize("number", [-1, bar_code.NUMBERS])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="12 bits"):
        bar_code.cells(number)


def test_the_code_is_on_the_screen_and_below_everything_that_moves() -> None:
    place = bar_code.place(plan.WIDTH, plan.HEIGHT)
    assert place.left + place.width <= plan.WIDTH
    assert place.top + place.height <= plan.HEIGHT
    lowest = max(plan.document_at(step)[1] + plan.DOCUMENT[1] for step in range(1000))
    assert max(lowest, plan.FILM_AT[1] + plan.FILM[1]) <= place.top


@given(st.integers(0, 100_000))
def test_what_moves_stays_on_the_screen(step: int) -> None:
    x, y = plan.document_at(step)
    assert 0 <= x <= plan.WIDTH - plan.DOCUMENT[0]
    assert 0 <= y <= plan.HEIGHT - plan.DOCUMENT[1]
    x, y = plan.film_window(step, (480, 340))
    assert 0 <= x <= 480
    assert 0 <= y <= 340
    assert 0 <= plan.scrolled_by(step, 8040) < 8040


@given(st.integers(0, 1000))
def test_the_document_moves_with_each_step_as_far_as_a_hand_moves_it(step: int) -> None:
    before, after = plan.document_at(step), plan.document_at(step + 1)
    assert 0 < math.dist(before, after) <= 30


def test_pictures_and_texts_are_the_same_in_each_run_and_differ_by_seed() -> None:
    first, again, other = (photograph(160, 90, seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert first.shape == (90, 160, 4)
    assert code(50, 1) == code(50, 1) != code(50, 2)
    assert len(sentence(77, 3)) == 77


def test_a_photograph_has_shades_and_its_grain_is_weak() -> None:
    picture = photograph(320, 180, 5)
    assert picture[..., :3].std() > 25
    noisy = grained(picture, grain(320, 180, 6))
    difference = noisy[..., :3].astype(float) - picture[..., :3]
    assert 0.5 * GRAIN < difference.std() < 1.5 * GRAIN


def run(painted: list[tuple[int, float]], seen: list[tuple[int, float]], **spent: float) -> Run:
    """A run that ended at 100 s, to which half of its bytes came before the first step."""
    received = int(spent.get("received", 1000))
    counted = Spent(10.0, received, spent.get("agent_s", 1.0), 0.5)
    return Run(painted, seen, 100.0, counted, counted=[(0.0, received // 2), (100.0, received)])


def test_a_step_that_was_skipped_counts_until_a_later_one_is_seen() -> None:
    measured = run([(1, 10.0), (2, 11.0), (3, 12.0)], [(1, 10.5), (3, 12.25)])
    assert latencies(measured) == [0.5, 1.25, 0.25]
    assert arrived(measured) == 2


def test_a_step_that_was_never_seen_counts_until_looking_ended() -> None:
    measured = run([(1, 10.0), (2, 11.0)], [(1, 10.5)])
    assert latencies(measured) == [0.5, 89.0]


def test_numbers_of_before_and_an_older_picture_do_not_count() -> None:
    measured = run([(7, 10.0), (8, 11.0)], [(6, 9.0), (7, 10.5), (6, 10.6), (9, 10.7), (8, 11.5)])
    assert latencies(measured) == [0.5, 0.5]
    assert arrived(measured) == 2


def turn(latency: float, received: int, agent_s: float, skip: int = 1) -> Turn:
    """A turn of which each workload had 10 steps, of which every `skip`th was seen."""
    painted = [(number, float(number)) for number in range(1, 11)]
    seen = [(number, at + latency) for number, at in painted if number % skip == 0]
    one = run(painted, seen, received=received, agent_s=agent_s)
    runs = {workload.name: one for workload in plan.MOVING}
    return Turn(Spent(10.0, 20_000, 0.5, 1.0), runs, [latency])


def test_the_metrics_are_those_of_the_issue_and_ratios_are_ours_by_theirs() -> None:
    pair = Pair(turn(0.1, 500, 3.0, skip=2), turn(0.2, 2000, 1.0))
    found = {one.name: one.value for one in figures([pair])}
    assert found.keys() == ISSUE_METRICS
    assert found["share.film.bytes_ratio"] == 0.25
    assert found["share.slides.first_bytes_ratio"] == 0.25
    assert found["share.film.steps_ratio"] == 0.5
    assert found["share.film.cpu_ratio"] == pytest.approx(3.0)
    assert found["share.click.latency_ratio"] == pytest.approx(0.5)
    assert found["share.idle.kb_s"] == 2.0
    assert found["share.idle.core"] == 0.05


def test_what_was_not_measured_has_no_figure() -> None:
    one = turn(0.1, 500, 1.0)
    part = Turn(None, {"film": one.runs["film"]}, [])
    names = {one.name for one in figures([Pair(part, part)])}
    assert names == {
        f"share.film.{metric}_ratio" for metric in ("bytes", "latency", "steps", "cpu")
    }
    assert cells([part]).keys() == {"film"}
    assert other_cores([Turn(None, {}, [])]) == 0.0


def test_a_judged_step_is_there_when_its_picture_can_be_read() -> None:
    seen = [(1, 10.1), (2, 11.1), (3, 12.1)]
    judged = run([(1, 10.0), (2, 11.0), (3, 12.0)], seen)._replace(
        readable=[(1, 10.5), (3, 12.75)],
        counted=[(9.0, 100), (10.2, 400), (10.5, 500), (11.0, 600), (12.0, 700), (12.8, 1700)],
    )
    assert latencies(judged) == [0.5, 1.75, 0.75]
    assert arrived(judged) == 3
    assert first_bytes(judged) == (500 - 100) + (1700 - 600) + (1700 - 700)


def test_a_run_of_which_no_bytes_were_counted_has_none_of_a_first_picture() -> None:
    with pytest.raises(ValueError, match="no bytes"):
        first_bytes(run([(1, 10.0)], [(1, 10.5)])._replace(counted=[]))


def test_a_peer_that_measured_nothing_is_said_and_not_divided_by() -> None:
    with pytest.raises(ValueError, match="measured nothing"):
        figures([Pair(turn(0.1, 500, 1.0), turn(0.1, 0, 1.0))])


def test_cells_are_medians_over_the_rounds_by_second_of_steps() -> None:
    table = cells([turn(0.1, 10_000, 1.0), turn(0.3, 20_000, 2.0), turn(0.2, 90_000, 9.0)])
    assert table["typing"] == pytest.approx(Cell(20.0, 200.0, 10.0, 2.0))
    assert table["slides"].steps_s == 1.0


def test_the_processor_time_of_others_is_over_all_that_was_measured() -> None:
    assert other_cores([turn(0.1, 1, 1.0)]) == pytest.approx((1.0 + 5 * 0.5) / 60)


def test_the_table_and_the_drawing_hold_every_workload_and_both_sides() -> None:
    one = cells([turn(0.1, 10_000, 1.0)])
    other = cells([turn(0.2, 40_000, 2.0)])
    sides = {name: (one[name], other[name]) for name in one}
    table = list(lines(sides, (12.0, 34.0)))
    assert len(table) == 7
    assert table[-1].split() == ["click", "12.0", "/", "34.0"]
    picture = ElementTree.fromstring(drawing(sides, (12.0, 34.0)))  # noqa: S314 (our own)
    words = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert words.count("drag") == 4
    assert words.count("click") == 1
    assert "34.0" in words


def test_the_kernel_tells_what_a_socket_received() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as viewer:
            sender, _ = server.accept()
            with sender:
                before = counters.received(port, [os.getpid()])
                sender.sendall(b"x" * 12_345)
                read = 0
                while read < 12_345:
                    read += len(viewer.recv(65536))
                after = counters.received(port, [os.getpid()])
                assert counters.received(port, [1 << 30]) == {}
    assert list(before.values()) == [0]
    assert counters.grown(before, after) == 12_345


def test_the_bytes_of_a_socket_are_followed_while_they_come() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            sender, _ = server.accept()
            with sender, sampling(counters.of(port, [os.getpid()])) as counted:
                for total in (5_000, 10_000):
                    sender.sendall(b"x" * 5_000)
                    while not counted or counted[-1][1] < total:
                        pass
    times, came = zip(*counted, strict=True)
    assert list(times) == sorted(times)
    assert list(came) == sorted(came)
    assert came[-1] == 10_000


def test_a_socket_that_is_new_counts_whole_and_one_that_is_gone_not_at_all() -> None:
    assert counters.grown({1: 10, 2: 5}, {1: 15, 3: 7}) == 12


ROUNDED_S = 4 / counters.TICKS
"""The kernel rounds four counters down: user and system, of the process and of ended children."""


def test_processor_time_includes_children_and_those_that_have_ended() -> None:
    spin = "import time\nwhile time.process_time() < 0.2: pass"
    program = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}]);"
        "print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert process.pid in counters.tree(os.getpid())
        assert counters.processor_s(process.pid) >= 0.2 - ROUNDED_S
        assert process.stdin is not None
        process.stdin.close()
    assert process.pid not in counters.tree(os.getpid())


@pytest.mark.whole
def test_the_desktop_paints_each_step_in_order_and_hears_presses(display: str) -> None:
    environment = {**os.environ, "DISPLAY": display}
    with running_desktop(display) as desktop:
        first = desktop.show(plan.CLICK)
        center = [str(plan.MARKER[0] + 30), str(plan.MARKER[1] + 30)]
        subprocess.run(["xdotool", "mousemove", *center, "click", "1"], env=environment, check=True)
        while desktop.presses() != 1:
            pass
        shown = desktop.show(plan.MOVING[2], coming=5)
        painted = desktop.run(plan.MOVING[2], 5)
    assert shown == first + 1
    assert [number for number, _ in painted] == list(range(shown + 1, shown + 6))
    times = [at for _, at in painted]
    assert times == sorted(times)


def test_numbers_begin_again_before_they_run_out(display: str) -> None:
    with running_desktop(display) as desktop:
        assert desktop.show(plan.IDLE) == 1
        assert desktop.show(plan.IDLE, coming=bar_code.NUMBERS - 3) == 2
        assert desktop.show(plan.IDLE, coming=bar_code.NUMBERS - 3) == 1


def test_a_desktop_that_has_ended_is_said() -> None:
    with running_desktop(":no-such-display") as desktop, pytest.raises(RuntimeError, match="ended"):
        desktop.show(plan.IDLE)
