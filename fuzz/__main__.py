"""Fuzz one entry point: ``python -m fuzz TARGET CORPUS [libFuzzer options, such as -max_total_time=200]``.

Needs atheris (`make fuzz` installs it). CORPUS is filled by ``python -m fuzz.corpus FOLDER``. An input that ends in
anything but a quiet return is written out as crash-...; ``python -m fuzz TARGET crash-...`` replays it.
"""

from __future__ import annotations

import sys

import atheris

INSTRUMENTED = {
    "opening": ["extract.opening"],
    "file": ["extract"],
    "drawing": ["extract"],
    "grid": ["extract.grids", "extract.unruled"],
    "number": ["normalize"],
    "header": ["normalize", "schemas"],
}
"""Packages whose branches guide a target; instrumenting more only makes it slower."""


def main() -> None:
    """Run libFuzzer on the target named first on the command line."""
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=INSTRUMENTED[name]):
        from fuzz.targets import TARGETS  # noqa: PLC0415 - instrumented as it is imported
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
