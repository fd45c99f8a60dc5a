"""Tables that rulings do not show, or show only in part."""
