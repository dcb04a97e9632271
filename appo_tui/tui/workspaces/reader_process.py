"""Reading environments in a process of its own: the screen keeps a core and its interpreter to itself."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from contextlib import suppress
from queue import SimpleQueue
from select import select
from threading import Lock, Thread
from typing import TYPE_CHECKING, BinaryIO, NoReturn

if TYPE_CHECKING:
    from appo_tui.evaluator.manifests import ManifestCache
    from appo_tui.model.entities import Model
    from appo_tui.session import Session
    from appo_tui.tui.workspaces.model_transfer import ModelReader, ModelWriter

_MODEL_ANEW, _MODEL, _UNCHANGED, _FAILED = b"a", b"m", b"u", b"f"
"""What an answer begins with; a model follows the first two, all of it the first."""

_PATIENCE_SECONDS = 1.0
"""How long the environment that is wanted now waits for the process to be done with another."""


class NoAnswerError(Exception):
    """The process has ended, or is busy, or has met what it can't tell: who asked must read by itself."""


class ReaderProcess:
    """Reads models. It begins with that of a session before it is asked, and keeps what it has parsed.

    It is to be made while this process has one thread, for it forks. It ends when this process does.

    Attributes:
        process: its id.
    """

    def __init__(self, session: Session) -> None:
        asked, asks = os.pipe()
        answered, answers = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.close(asks)
            os.close(answered)
            _answer_all(session, os.fdopen(asked, "rb"), os.fdopen(answers, "wb"))
        os.close(asked)
        os.close(answers)
        self._asks = os.fdopen(asks, "wb")
        self._answers = os.fdopen(answered, "rb")
        self._one_at_a_time = Lock()
        self._asked: Session | None = session
        """For whose model an answer is on its way."""
        self._models: ModelReader | None = None
        self._last: Model | None = None
        self._ended = False

    def read(self, session: Session) -> Model:
        """The model of a session's environment as it is now.

        Raises:
            NoAnswerError: it can't be had from there.
            WorkspaceError: the program is being left.
        """
        patience = _PATIENCE_SECONDS if self._is_at_another(session) else -1
        if not self._one_at_a_time.acquire(timeout=patience):
            raise NoAnswerError
        try:
            model = self._answer_to(session)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            if self._ended:
                from appo_tui.tui.workspaces.workspace import WorkspaceError

                raise WorkspaceError("The program is being left.") from error
            raise NoAnswerError from error
        finally:
            self._one_at_a_time.release()
        if model is None:
            raise NoAnswerError
        return model

    def end(self) -> None:
        """End the process, whatever it does; who waits for a model gets none."""
        if self._ended:
            return
        self._ended = True
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        with self._one_at_a_time, suppress(OSError):
            self._answers.close()
            self._asks.close()

    def _answer_to(self, session: Session) -> Model | None:
        if self._ended:
            raise EOFError
        if self._is_at_another(session):
            if not select([self._answers], [], [], _PATIENCE_SECONDS)[0]:
                raise TimeoutError
            self._take()
        if self._asked is None:
            self._ask(session)
        return self._take()

    def _is_at_another(self, session: Session) -> bool:
        return self._asked not in (None, session)

    def _ask(self, session: Session) -> None:
        pickle.dump(session, self._asks)
        self._asks.flush()
        self._asked = session

    def _take(self) -> Model | None:
        from appo_tui.model.uncollected import uncollected
        from appo_tui.tui.workspaces.model_transfer import ModelReader

        kind = self._answers.read(1)
        if not kind:
            raise EOFError
        if kind == _MODEL_ANEW:
            self._models = ModelReader(self._answers)
        if kind in (_MODEL_ANEW, _MODEL) and self._models is not None:
            first = self._last is None
            with uncollected():
                self._last = self._models.read()
                if first:
                    # What is there by now stays: the collector need not walk through it while keys are typed.
                    gc.freeze()
        self._asked = None
        return None if kind == _FAILED else self._last


def _answer_all(session: Session, asked: BinaryIO, answers: BinaryIO) -> NoReturn:
    """The life of the process: a model of the given session, then of each that is asked for."""
    try:
        _leave_the_terminal()
        gc.disable()  # of what a reading makes nearly all stays
        sessions: SimpleQueue[Session] = SimpleQueue()
        Thread(target=_take_in, args=(asked, sessions), daemon=True).start()
        from appo_tui.model import reading_cache

        answering = _Answering(reading_cache(), answers)
        answering.answer(session)
        gc.freeze()
        while True:
            answering.answer(sessions.get())
            gc.collect()  # now that nobody waits
    finally:
        # Nothing that belongs to the process that this one was forked from may be flushed or ended here.
        os._exit(0)


def _take_in(asked: BinaryIO, sessions: SimpleQueue[Session]) -> None:
    """Take in what is asked for; when nobody can ask any more, end the process, whatever it waits for."""
    try:
        while True:
            sessions.put(pickle.load(asked))  # its writer is the process that has started this one
    finally:
        os._exit(0)


class _Answering:
    """What has been told so far, and the pipe for more."""

    def __init__(self, cache: ManifestCache, answers: BinaryIO) -> None:
        self._cache = cache
        self._answers = answers
        self._told: tuple[str, ...] = ()
        self._writer: ModelWriter | None = None

    def answer(self, session: Session) -> None:
        """Answer with the model of a session's environment, unless it is the one that was told last."""
        from appo_tui.session import read_model

        try:
            model = read_model(session, self._cache)
        except Exception:  # noqa: BLE001 (who has asked meets the same, and tells the user)
            self._answers.write(_FAILED)
        else:
            telling = (str(model.root), model.environment, model.digest)
            if telling == self._told:
                self._answers.write(_UNCHANGED)
            else:
                self._write(model)
            self._told = telling
        self._answers.flush()

    def _write(self, model: Model) -> None:
        from appo_tui.tui.workspaces.model_transfer import ModelWriter

        if self._writer is None or self._writer.outgrown:
            self._writer = ModelWriter(self._answers)
            self._answers.write(_MODEL_ANEW)
        else:
            self._answers.write(_MODEL)
        self._writer.write(model)


def _leave_the_terminal() -> None:
    """It is the other process's: nothing is written there, and Ctrl-C means that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
