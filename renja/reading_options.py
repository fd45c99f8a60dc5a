"""The options every command that reads a PDF shares, and the settings they make."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from renja.page_ranges import parse_page_ranges
from renja.settings import DEFAULT_DPI, MAX_DPI, MIN_DPI, OcrMode, Settings

Function = TypeVar("Function", bound=Callable[..., Any])


def _pages(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[int, ...]:
    try:
        return parse_page_ranges(text) if text else ()
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _keys(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key.strip() for key in (text or "").split(",") if key.strip()))


schema_dir_option = click.option(
    "--schema-dir",
    type=click.Path(path_type=Path),
    help="Folder of YAML files that declare table kinds, besides or instead of the bundled ones.",
)
nomenclature_option = click.option(
    "--nomenklatur",
    type=click.Path(path_type=Path),
    help="Official list of sub kegiatan (xlsx) to check codes and names against.",
)


def reading_options(function: Function) -> Callable[..., Any]:
    """Add the options that say how a PDF is read; the command receives them as one ``settings``."""
    options = (
        click.option("--pages", metavar="LIST", callback=_pages, help="Read only these pages, for instance 1-5,8."),
        click.option(
            "--tables", metavar="KEYS", callback=_keys, help="Keep only tables of these kinds, for instance iii_1,iv_1."
        ),
        schema_dir_option,
        nomenclature_option,
        click.option(
            "--ocr",
            type=click.Choice([mode.value for mode in OcrMode]),
            default=OcrMode.AUTO.value,
            show_default=True,
            help="Read pages as pictures: where they have no reliable text layer (auto), everywhere, or nowhere.",
        ),
        click.option(
            "--dpi",
            type=click.IntRange(MIN_DPI, MAX_DPI),
            default=DEFAULT_DPI,
            show_default=True,
            help="Resolution at which such pictures are read.",
        ),
        click.option("--password", default="", metavar="TEXT", help="Password of an encrypted PDF."),
    )

    @functools.wraps(function)
    def with_settings(
        *,
        pages: tuple[int, ...],
        tables: tuple[str, ...],
        schema_dir: Path | None,
        nomenklatur: Path | None,
        ocr: str,
        dpi: int,
        password: str,
        **others: Any,  # noqa: ANN401 - whatever else the command declares
    ) -> Any:  # noqa: ANN401 - whatever the command returns
        settings = Settings(
            pages=pages,
            tables=known_tables(tables, schema_dir) if tables or schema_dir else (),
            ocr=OcrMode(ocr),
            dpi=dpi,
            schema_dir=schema_dir,
            nomenclature=nomenklatur,
            password=password,
        )
        return function(settings=settings, **others)

    decorated: Callable[..., Any] = with_settings
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def known_tables(keys: tuple[str, ...], schema_dir: Path | None) -> tuple[str, ...]:
    """Return ``keys``; raise click.BadParameter for one that no schema declares.

    Raises :class:`~schemas.errors.SchemaError` for a schema file that cannot be used, before any document is read.
    """
    from schemas.loader import load_schemas  # noqa: PLC0415 - most runs name no kinds, and start sooner

    known = load_schemas(schema_dir)
    for key in keys:
        if key not in known:
            raise click.BadParameter(f"'{key}' is no known table kind; see `renja schema list`", param_hint="--tables")
    return keys
