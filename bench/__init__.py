"""Benchmarks: each prints ratios against a reference that it measures in the same run."""
