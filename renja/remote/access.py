"""The file system behind an address, and what its many errors mean to a user."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any

from renja.failures import RemoteInputError, RemoteOutputError
from renja.remote.address import RemoteAddress

INSTALL = "Install what it needs: pip install 'renja-tables[remote]'."
CREDENTIALS = "Give credentials in the usual way, for S3 AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or AWS_PROFILE."
DENIED = "Check whose credentials are used and what they may do there: list, read, and for outputs write and delete."
MISSING = "Check the address; buckets are not made by this program."
NETWORK = (
    "Check the network and the server's address (S3: AWS_ENDPOINT_URL); the same command goes on where it stopped."
)
_LIBRARY_ERRORS = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
)
_NO_CREDENTIALS = frozenset(
    {"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "ProfileNotFound"}
)
_HTTP_DENIED = frozenset({401, 403})


def file_system(address: RemoteAddress) -> tuple[Any, str]:
    """Return fsspec's file system for an address, and the address as it calls it.

    To be called inside :func:`reading` or :func:`writing`; listings are never remembered.
    """
    from fsspec.core import url_to_fs  # noqa: PLC0415 - an optional extra

    found: tuple[Any, str] = url_to_fs(address.url, use_listings_cache=False)
    return found


@contextmanager
def reading(address: RemoteAddress) -> Iterator[None]:
    """Turn what goes wrong inside into :class:`~renja.failures.RemoteInputError`."""
    with _translated(address, RemoteInputError):
        yield


@contextmanager
def writing(address: RemoteAddress) -> Iterator[None]:
    """Turn what goes wrong inside into :class:`~renja.failures.RemoteOutputError`."""
    with _translated(address, RemoteOutputError):
        yield


@contextmanager
def _translated(address: RemoteAddress, trouble: Callable[[str, str, str], Exception]) -> Iterator[None]:
    try:
        yield
    except _transport_errors() as error:
        reason, remedy = _explain(error)
        raise trouble(str(address), reason, remedy) from error


def _transport_errors() -> tuple[type[Exception], ...]:
    """Return what fsspec and the transports that are installed raise; not all of it are OSErrors."""
    found: list[type[Exception]] = [OSError, ImportError, ValueError, NotImplementedError]
    for module, name in _LIBRARY_ERRORS:
        with suppress(ImportError):
            found.append(getattr(import_module(module), name))
    return tuple(found)


def _explain(error: Exception) -> tuple[str, str]:
    """Return what happened and what to do about it."""
    status = getattr(error, "status", None)
    if type(error).__name__ in _NO_CREDENTIALS:
        return "no credentials were found", CREDENTIALS
    if isinstance(error, PermissionError) or status in _HTTP_DENIED:
        return f"access was denied ({_said(error)})", DENIED
    if isinstance(error, FileNotFoundError):
        return "there is no such bucket, folder or file", MISSING
    if isinstance(error, ImportError):
        return f"a part of this program is not installed ({_said(error)})", INSTALL
    if isinstance(error, ValueError) and not isinstance(error, UnicodeError) and "rotocol" in str(error):
        return (
            "unknown kind of address",
            "Use s3://, https:// (inputs only) or a folder; other kinds need their library.",
        )
    if isinstance(error, NotImplementedError):
        return "this kind of address cannot do that", "Use s3:// or a folder."
    return f"the connection failed ({_said(error)})", NETWORK


def _said(error: Exception) -> str:
    """Return the first line of an error, without the query of a URL in it."""
    lines = str(error).split("?", 1)[0].strip().splitlines()
    return lines[0] if lines else type(error).__name__
