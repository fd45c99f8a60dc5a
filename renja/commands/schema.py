"""``renja schema``: which table kinds are known and how each is recognised."""

from __future__ import annotations

from pathlib import Path

import click

from renja.failures import UnknownSchemaError
from renja.reading_options import schema_dir_option
from schemas.loader import load_schemas
from schemas.render import render_schema, render_schema_list


@click.group("schema")
def command() -> None:
    """Show the table kinds this program knows."""


@command.command("list")
@schema_dir_option
def list_kinds(schema_dir: Path | None) -> None:
    """List the table kinds: key, number of columns, title."""
    click.echo(render_schema_list(load_schemas(schema_dir)))


@command.command("show", short_help="Show the columns of a table kind.")
@click.argument("key")
@schema_dir_option
def show(key: str, schema_dir: Path | None) -> None:
    """Show the columns of the table kind KEY and the headers by which they are recognised."""
    schemas = load_schemas(schema_dir)
    if key not in schemas:
        raise UnknownSchemaError(key)
    click.echo(render_schema(schemas[key]))
