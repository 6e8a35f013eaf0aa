"""The process: streams, signals, exit codes. `transfers` and ``python -m transfers`` begin here.

Little is imported before signals and streams are in order: an interrupt while modules load ends like any other.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # what signal is made of, without the enumerations, which take 2 ms to build
import gc
import io
import os
import sys

from transfers.errors import DatabaseError, InputError, ProblemsError, TransfersError

FAULT = 70  # a fault of the program; no script must take it for wrong input
INTERRUPTED = 130
TERMINATED = 143
READER_LEFT = 141
COMPLETE = "_TRANSFERS_COMPLETE"  # set by a shell that wants to know how a line can go on

_signals: list[int] = []  # that came; a long query swallows the exception and ends with one of its own


def main() -> None:
    """Run the command line and end the process with its exit code."""
    # Loading modules makes many objects and no garbage; looking for some costs a tenth of a short command.
    gc.set_threshold(100_000, 50, 50)
    code = run(sys.argv[1:])
    # Everything is written and closed by now, and taking the interpreter apart takes as long as a query.
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Run a command line; its exit code. Errors are printed on stderr."""
    _signals.clear()
    signal.signal(signal.SIGTERM, _terminate)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    _prepare_streams()
    try:
        code = answer(arguments)
        sys.stdout.flush()
    except SystemExit as leaving:
        code = _report(leaving) if _signals else leaving.code if isinstance(leaving.code, int) else FAULT
    except BaseException as error:
        code = _report(error)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        pass  # said already
    return code


def answer(arguments: list[str]) -> int:
    """Find the command and run it; a plain command line goes past click, which takes longer to import than most to run."""
    if COMPLETE not in os.environ:
        if arguments[:1] == ["load"]:
            from transfers.run_load import run_plain_load

            code = run_plain_load(arguments[1:])
        else:
            from transfers.commands import run_plain

            code = run_plain(arguments)
        if code is not None:
            return code
    from transfers.cli import run_command

    return run_command(arguments)


def _prepare_streams() -> None:
    """UTF-8 whatever the locale says; a stream that is closed swallows what is written to it."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - for as long as the process lives
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(getattr(sys.stdout, "buffer", None), io.RawIOBase):
        # PYTHONUNBUFFERED: a pipe whose reader leaves would take part of a text, and nobody would notice.
        buffered = io.BufferedWriter(sys.stdout.buffer)
        sys.stdout = io.TextIOWrapper(buffered, encoding="utf-8", errors="backslashreplace")


def _terminate(number: int, frame: object) -> None:
    _signals.append(number)
    raise SystemExit(TERMINATED)


def _interrupt(number: int, frame: object) -> None:
    _signals.append(number)
    raise KeyboardInterrupt


def _report(error: BaseException) -> int:
    """Print what went wrong; the exit code."""
    if isinstance(error, KeyboardInterrupt) or _signals:
        return _say(["error: interrupted"], TERMINATED if signal.SIGTERM in _signals else INTERRUPTED)
    if isinstance(error, BrokenPipeError):
        _drop_output()
        return READER_LEFT
    if isinstance(error, MemoryError):
        error = DatabaseError("there is not enough memory for this")
    if isinstance(error, FileNotFoundError) and error.filename is None:  # os.getcwd; no output is ever not found
        error = InputError("the current folder was deleted; change into another one, or give full paths")
    if isinstance(error, OSError) and error.filename is None:
        _drop_output()
        error = DatabaseError(f"the output cannot be written: {error.strerror}")
    if isinstance(error, ProblemsError):
        count = len(error.problems)
        lines = [*map(str, error.problems), f"error: {count} problem{'s' if count > 1 else ''} found"]
        return _say(lines, error.exit_code)
    if isinstance(error, TransfersError):
        return _say([f"error: {error}"], error.exit_code)
    from traceback import format_exception

    lines = [line for part in format_exception(error) for line in part.rstrip("\n").split("\n")]
    return _say([*lines, "error: this is a fault of the program, not of your input"], FAULT)


def _say(lines: list[str], code: int) -> int:
    from transfers.render.visible import as_line

    try:  # noqa: SIM105 - contextlib would be one more import for a load that has nothing to do
        sys.stderr.write("".join(as_line(line) + "\n" for line in lines))
    except OSError:
        pass  # nobody listens; the exit code still tells
    return code


def _drop_output() -> None:
    """Let nothing more be written where writing failed; the buffer would be tried again at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


if __name__ == "__main__":
    main()
