"""Graphs that a person keeps."""
