"""Hiera: data by key."""
