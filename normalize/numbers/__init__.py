"""Printed numbers and quantities: the grammar of one token, and the notation its column prevails in."""
