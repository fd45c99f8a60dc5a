"""``python -m renja``: the command where its script is not on the path."""

from renja.cli import main

main()
