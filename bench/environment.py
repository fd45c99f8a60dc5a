"""The peers' environment, and what the benchmark ran on."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from bench.contestants import BENCH, PEERS_PYTHON, Contestant

PEERS = BENCH / "peers.txt"
_VERSIONS = (
    "import json, sys; from importlib.metadata import version; "
    "print(json.dumps({name: version(name) for name in sys.argv[1:]}))"
)


def make_peers_environment() -> None:
    """Make ``bench/.venv`` with the programs of ``bench/peers.txt``; nothing is done when it is up to date."""
    stamp = PEERS_PYTHON.parent.parent / ".peers"
    if stamp.exists() and stamp.read_bytes() == PEERS.read_bytes():
        return
    print("Making bench/.venv with the programs to compare (some minutes).", flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(PEERS_PYTHON.parent.parent)], check=True)
    install = [str(PEERS_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(PEERS)]
    subprocess.run(install, check=True)
    stamp.write_bytes(PEERS.read_bytes())


def versions(contestants: tuple[Contestant, ...]) -> dict[str, str]:
    """Return the version of every contestant's program by the contestant's key."""
    peers = sorted({c.distribution for c in contestants if c.is_peer})
    asked = subprocess.run([str(PEERS_PYTHON), "-c", _VERSIONS, *peers], capture_output=True, text=True, check=True)
    found = json.loads(asked.stdout)
    return {c.key: found[c.distribution] if c.is_peer else version(c.distribution) for c in contestants}


def machine() -> str:
    """Return processor, cores, memory, system and Python in one line."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        f"{model}, {os.cpu_count()} cores, {gigabytes:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, Java {_java()}"
    )


def load() -> float:
    """Return the load average of the last minute."""
    return os.getloadavg()[0]


def _java() -> str:
    if shutil.which("java") is None:
        return "absent"
    told = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    return told.split('"')[1] if told.count('"') >= 2 else "unknown"
