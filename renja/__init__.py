"""The command, one document's pipeline, the batch, the exit codes.

:mod:`renja.cli` finds the subcommand in :mod:`renja.commands`. :mod:`renja.pipeline` takes one document through all
rooms: ``extract`` → ``normalize`` → ``schemas``; ``export`` writes the result. :mod:`renja.batch` does that for many
documents in worker processes, :mod:`renja.remote` for those behind URLs. :mod:`renja.failures` turns every expected
error into a message and one of :mod:`renja.exit_codes`.
"""
