"""Merging events: fewer messages, the same story."""

from app.runs.event import Event, encode, merge


def steps(seq: int, first: int, count: int) -> Event:
    numbers = list(range(first, first + count))
    return encode(seq, {"type": "steps", "iteration": numbers, "loss": [n / 10 for n in numbers]})


def epoch(seq: int) -> Event:
    return encode(seq, {"type": "epoch", "epoch": 1, "iteration": 0, "train_accuracy": 0.1, "test_accuracy": 0.1})


def test_neighbouring_steps_become_one_message_with_the_last_seq() -> None:
    (merged,) = merge([steps(3, 1, 5), steps(4, 6, 5)], points=100)
    assert merged.seq == 4
    assert merged.message["iteration"] == list(range(1, 11))
    assert merged.message["loss"] == [n / 10 for n in range(1, 11)]


def test_another_event_keeps_its_place() -> None:
    merged = merge([steps(1, 1, 5), epoch(2), steps(3, 6, 5), steps(4, 11, 5)], points=100)
    assert [event.seq for event in merged] == [1, 2, 4]


def test_in_full_no_point_is_lost_and_no_message_is_long() -> None:
    merged = merge([steps(seq, seq * 40, 40) for seq in range(20)], points=100)
    assert [n for event in merged for n in event.message["iteration"]] == list(range(800))
    assert all(len(event.message["iteration"]) <= 100 for event in merged)


def test_thinned_it_is_one_message_of_so_many_points_that_keeps_the_newest() -> None:
    (merged,) = merge([steps(seq, seq * 40, 40) for seq in range(20)], points=100, thin=True)
    iterations = merged.message["iteration"]
    assert len(iterations) == 100
    assert iterations == sorted(iterations)
    assert iterations[-1] == 799


def test_a_single_message_is_passed_on_as_it_is() -> None:
    event = steps(1, 1, 5)
    (merged,) = merge([event], points=100)
    assert merged is event
