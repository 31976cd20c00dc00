"""Turns the readable sources of the sample library into the files that ship in the wheel."""
