"""The options every command that reads a PDF shares, and the settings they make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from renja.page_ranges import parse_page_ranges
from renja.settings import DEFAULT_DPI, MAX_DPI, MIN_DPI, OcrMode

Function = TypeVar("Function", bound=Callable[..., Any])


def _pages(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[int, ...]:
    try:
        return parse_page_ranges(text) if text else ()
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _keys(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key.strip() for key in (text or "").split(",") if key.strip()))


def reading_options(function: Function) -> Function:
    """Add ``--pages --tables --schema-dir --ocr --dpi`` to a command."""
    options = (
        click.option("--pages", metavar="LIST", callback=_pages, help="Read only these pages, for instance 1-5,8."),
        click.option(
            "--tables", metavar="KEYS", callback=_keys, help="Keep only these kinds, for instance iii_1,iv_1."
        ),
        click.option(
            "--schema-dir",
            type=click.Path(path_type=Path),
            help="Folder of .yaml table kinds that add to or replace the bundled ones.",
        ),
        click.option(
            "--ocr",
            type=click.Choice([mode.value for mode in OcrMode]),
            default=OcrMode.AUTO.value,
            show_default=True,
            help="Recognise page pictures: where the text layer is missing or lies, on all pages, or never.",
        ),
        click.option(
            "--dpi",
            type=click.IntRange(MIN_DPI, MAX_DPI),
            default=DEFAULT_DPI,
            show_default=True,
            help="Resolution at which pictures are recognised.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def known_tables(keys: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``keys``; raise click.BadParameter for one that no schema declares."""
    for key in keys:
        if key not in known:
            raise click.BadParameter(f"'{key}' is no known table kind; see `renja schema list`", param_hint="--tables")
    return keys
