"""Readers of cells: each turns what a person wrote into a value of a profile, as far as it can."""
