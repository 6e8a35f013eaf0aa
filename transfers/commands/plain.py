"""Reading a plain command line: options written out in full, with values of the right kind. Everything else is left to click."""

from __future__ import annotations

from transfers.commands.options import LIMIT_USUALLY, MOST, as_typed
from transfers.settings import Settings

TYPE_CHECKING = False  # see transfers.errors
if TYPE_CHECKING:
    from typing import Any

    from transfers.commands.options import Command, Option


def read_settings(arguments: list[str]) -> tuple[Settings, list[str]]:
    """The options before the command, and the rest of the command line."""
    settings = Settings()
    position = 0
    while position < len(arguments):
        taken = _read_setting(settings, arguments, position)
        if not taken:
            break
        position += taken
    return settings, arguments[position:]


def _read_setting(settings: Settings, arguments: list[str], position: int) -> int:
    """Read one of the options that all commands take; how many words it takes, 0 when there is none here."""
    option, equals, value = arguments[position].partition("=")
    if option == "--silent" and not equals:
        settings.silent = True
        return 1
    if option not in ("--db", "--collection"):
        return 0
    if not equals:
        value = arguments[position + 1] if position + 1 < len(arguments) else ""
    if not value or value.startswith("-"):
        return 0
    setattr(settings, option[2:], value)
    return 1 if equals else 2


def read_values(command: Command, settings: Settings, arguments: list[str]) -> dict[str, Any] | None:
    """The values of a command's options and arguments by their names; None for a line that click has to read."""
    options = {option.flag: option for option in command.options}
    values: dict[str, Any] = {option.name: _unless_given(option) for option in command.options}
    others: list[str] = []
    position = 0
    while position < len(arguments):
        word = arguments[position]
        if not word.startswith("-"):
            others.append(word)
            position += 1
            continue
        taken = _read_setting(settings, arguments, position)
        if not taken:
            name, equals, value = word.partition("=")
            taken = _read_option(values, options.get(name), [value] if equals else [None, *arguments[position + 1:position + 2]])
        if not taken:
            return None
        position += taken
    return _with_argument(command, values, others)


def _unless_given(option: Option) -> Any:
    if option.kind == "flag":
        return False
    if option.kind == "number":
        return LIMIT_USUALLY
    return () if option.many else None


def _read_option(values: dict[str, Any], option: Option | None, words: list[str | None]) -> int:
    """Read one option; how many words it takes, 0 when there is no such option or its value is not plainly right.

    Args:
        values: where the value goes.
        option: the option.
        words: its value, when it stands behind an equals sign; else None and the next word, if there is one.
    """
    if option is None:
        return 0
    if option.kind == "flag":
        values[option.name] = True
        return 1 if words[0] is None else 0
    value = words[-1]
    if value is None or value.startswith("-") or not _is_right(option, value):
        return 0
    read = int(value) if option.kind == "number" else as_typed(value)
    values[option.name] = (*values[option.name], read) if option.many else read
    return len(words)


def _is_right(option: Option, value: str) -> bool:
    if option.kind == "word":
        return value in option.words
    if option.kind == "number":
        return value.isascii() and value.isdigit() and len(value) < 6 and int(value) <= MOST
    return True


def _with_argument(command: Command, values: dict[str, Any], others: list[str]) -> dict[str, Any] | None:
    """The values with the command's argument among them, and the options for formats read into one `Format`."""
    argument = command.argument
    if (len(others) != 1 if argument and not argument.many else bool(others) != bool(argument)):
        return None
    if argument:
        values[argument.name] = as_typed(tuple(others) if argument.many else others[0])
    if command.formats:
        from transfers.commands.output import read_format

        values["wanted"] = read_format(values)
    return values
