"""Every contestant on every document, interleaved, several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.contestants import Contestant, Run, absence, run_once

MIN_RUNS = 2
"""Runs of a contestant on a document before its time is up."""


@dataclass(slots=True)
class Score:
    """The runs of one contestant on one document."""

    contestant: Contestant
    pdf: Path
    runs: list[Run] = field(default_factory=list)
    failure: str = ""

    @property
    def seconds(self) -> float:
        """Median wall time."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """Median processor time."""
        return median(run.cpu for run in self.runs)

    @property
    def megabytes(self) -> float:
        """Median peak memory."""
        return median(run.megabytes for run in self.runs)


def hold_contest(
    contestants: Sequence[Contestant], documents: Sequence[Path], *, repeats: int, budget: float
) -> list[Score]:
    """Run everyone on everything, one run at a time, round after round, so that a busy minute hits all alike.

    A contestant whose runs on a document took ``budget`` seconds is left out of further rounds on it (:data:`MIN_RUNS`
    at least); one that fails on a document is not asked again.
    """
    scores = [Score(contestant, pdf, failure=absence(contestant)) for pdf in documents for contestant in contestants]
    for round_number in range(repeats):
        for score in scores:
            spent = sum(run.seconds for run in score.runs)
            if score.failure or (round_number >= MIN_RUNS and spent > budget):
                continue
            run = run_once(score.contestant, score.pdf)
            score.failure = run.failure
            if not run.failure:
                score.runs.append(run)
            print(_line(round_number, score, run), flush=True)
    return scores


def _line(round_number: int, score: Score, run: Run) -> str:
    told = run.failure or f"{run.seconds:.2f} s, cpu {run.cpu:.2f} s, {run.megabytes:.0f} MB, {run.tables} tables"
    return f"{round_number + 1}  {score.pdf.stem:24} {score.contestant.key:16} {told}"
