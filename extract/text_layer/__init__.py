"""The text layer of a digital page: glyphs, words and rulings."""
