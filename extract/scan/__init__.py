"""A page picture: upright, straight, rulings found, text recognised."""
