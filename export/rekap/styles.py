"""Number formats of the recapitulation."""

AMOUNT = '[$-421]#,##0;[$-421]-#,##0;"–"'
"""Rupiah grouped as Indonesians do, whatever the language of the program that shows them; nothing is a dash."""
SHARE = "[$-421]0.0%"
COUNT = "[$-421]#,##0"
