"""Hypothesis on a machine that other tests load too: no example has a deadline."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
