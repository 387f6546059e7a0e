"""Moments: few enough for a slider, dense where a network changes fast."""

from app.runs.moment import MOST, is_kept, next_moment


def moments(iterations: int, save_every: int | None = None) -> list[int]:
    found = [0]
    while found[-1] < iterations:
        found.append(next_moment(found[-1], iterations, save_every))
    return found[1:]


def test_the_chapters_run_is_saved_in_steps_of_one_two_five() -> None:
    assert moments(10_000) == [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]


def test_the_end_is_a_moment() -> None:
    assert moments(3) == [1, 2, 3]


def test_every_so_many_steps() -> None:
    assert {25, 50, 75, 100} <= set(moments(100, save_every=25))


def test_never_more_than_a_slider_can_show() -> None:
    assert len(moments(1_000_000, save_every=1)) < MOST + 30
    assert sum(is_kept(epoch, 10_000) for epoch in range(10_001)) < 60
