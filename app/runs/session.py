"""One run inside its process: trains, obeys commands between two events, and says what happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import orjson

from app.runs import checkpoint
from app.runs.event import number
from app.runs.moment import is_kept, next_moment
from engine.events import EpochEnded, Event, StateChanged
from engine.trainer import Trainer

SAVE_SECONDS = 2.0

Commands = SimpleQueue[dict[str, Any] | None]
Say = Callable[[dict[str, Any]], None]


class Session:
    """A trainer with its commands and its listener. Ends when the run has ended or the server has gone."""

    def __init__(
        self,
        trainer: Trainer,
        folder: Path,
        say: Say,
        commands: Commands,
        *,
        seconds: float = 0.0,
        every: float | None = None,
        paused: bool = False,
    ) -> None:
        self._trainer = trainer
        self._folder = folder
        self._say = say
        self._commands = commands
        self._seconds = seconds
        self._every = every
        self._paused = paused
        self._steps: list[int] = []
        self._ended = False
        self._saved_at = time.monotonic()
        self._looked_at = 0.0

    def run(self) -> None:
        """Train until the end, a stop, or the server's end."""
        if self._trainer.iteration == 0:
            self._save(moment=True)
        while not self._ended:
            self._obey(wait=self._paused and self._end == self._trainer.iteration)
            if self._ended:
                return
            if self._end > self._trainer.iteration:
                self._train()
            elif not self._paused:
                # It was held at its last iteration.
                self._finish({"type": "state", "state": "finished"})

    @property
    def _end(self) -> int:
        """The iteration that the commands so far let it train to."""
        if not self._paused:
            return self._trainer.config.iterations
        return self._steps[-1] if self._steps else self._trainer.iteration

    def _train(self) -> None:
        """Train to the end or to the next moment, unless a command says otherwise."""
        trainer, config = self._trainer, self._trainer.config
        moment = next_moment(trainer.iteration, config.iterations, config.save_every)
        until = min(self._end, moment)
        for event in self._timed(trainer.step(until - trainer.iteration)):
            self._tell(event)
            self._obey()
            if self._ended or self._end < until:
                return
        if trainer.diverged is not None:
            self._finish(trainer.diverged.to_message())
        elif trainer.iteration == config.iterations:
            self._finish({"type": "state", "state": "finished"})
        else:
            if trainer.iteration == moment or trainer.iteration in self._steps:
                self._save(moment=trainer.iteration == moment)
            if trainer.iteration in self._steps:
                self._show()
            while self._steps and self._steps[0] <= trainer.iteration:
                self._steps.pop(0)
                self._say({"type": "stepped"})

    def _timed(self, events: Iterator[Event]) -> Iterator[Event]:
        """The events, with the seconds counted that they took to come."""
        while True:
            started = time.perf_counter()
            event = next(events, None)
            self._seconds += time.perf_counter() - started
            if event is None:
                return
            yield event

    def _tell(self, event: Event) -> None:
        if isinstance(event, StateChanged):
            # Said at the end, when the last checkpoint is in place.
            return
        message = event.to_message()
        if message["type"] == "steps":
            message["loss"] = [number(loss) for loss in message["loss"]]
        elif message["type"] == "progress":
            message["seconds"] = self._seconds
        self._say(message)
        now = time.monotonic()
        if message["type"] == "steps" and self._every is not None and now >= self._looked_at + self._every:
            self._looked_at = now
            self._trainer.watch()
        if isinstance(event, EpochEnded):
            epochs = self._trainer.config.iterations // self._trainer.iterations_per_epoch
            self._save(moment=is_kept(event.epoch, epochs))
        elif now >= self._saved_at + SAVE_SECONDS:
            self._save()

    def _obey(self, *, wait: bool = False) -> None:
        while wait or not self._commands.empty():
            command = self._commands.get()
            wait = False
            match command:
                case None:
                    self._ended = True
                    # The server has gone: whoever listens next hears it too.
                    self._commands.put(None)
                    return
                case {"command": "run"}:
                    self._forget_steps()
                    self._paused = False
                case {"command": "pause"}:
                    self._pause()
                case {"command": "step", "count": count}:
                    self._steps.append(min(self._end + count, self._trainer.config.iterations))
                case {"command": "stop", "reason": reason}:
                    said = {} if reason is None else {"reason": reason}
                    self._finish({"type": "state", "state": "stopped", **said})
                    # What comes now is for the next run.
                    return
                case {"command": "save"}:
                    self._save()
                case {"command": "learning_rate", "value": value}:
                    self._trainer.learning_rate = value
                case {"command": "watch", "every": every}:
                    self._every = every
                    if self._end == self._trainer.iteration:
                        self._show()

    def _pause(self) -> None:
        """Stand still; the iteration that a person stopped at is one to be looked at again."""
        self._forget_steps()
        self._save(moment=True)
        self._show()
        if not self._paused:
            self._paused = True
            self._say({"type": "state", "state": "paused"})

    def _show(self) -> None:
        """A look inside at where the run stands still, for those who watch."""
        if self._every is not None:
            self._say(self._trainer.sample().to_message())

    def _forget_steps(self) -> None:
        for _ in self._steps:
            self._say({"type": "stepped"})
        self._steps.clear()

    def _finish(self, state: dict[str, Any]) -> None:
        self._save(moment=self._trainer.diverged is None)
        self._tell(self._trainer.progress())
        self._ended = True
        self._say(state)

    def _save(self, *, moment: bool = False) -> None:
        iteration = self._trainer.iteration
        file = self._folder / f"{iteration:010d}.npz"
        if moment:
            look = self._trainer.sample().to_message()
            checkpoint.put(file.with_suffix(".json"), orjson.dumps(look, option=orjson.OPT_SERIALIZE_NUMPY))
        checkpoint.save(file, self._trainer.state())
        self._say({"type": "saved", "iteration": iteration, "moment": moment})
        self._saved_at = time.monotonic()
