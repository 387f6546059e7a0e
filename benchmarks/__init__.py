"""Measurements beside the peers, in one interleaved run: `make bench`, or `python -m benchmarks step scalar`."""
