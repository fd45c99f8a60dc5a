"""The command, one document's pipeline, the batch, the exit codes."""
