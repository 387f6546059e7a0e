"""One syntax tree at a time: Python 3.11 counts the depth of all threads' trees in one place, and trips over it."""

from threading import Lock

READING = Lock()
"""Held while a text becomes a tree: a formula, or the head of an npy file, which NumPy reads so."""
