"""Themes of our own, beside Textual's."""

from __future__ import annotations

from textual.theme import Theme

THEMES = (
    Theme(
        name="appo-dark",
        primary="#3f7cac",
        secondary="#9ab8d0",
        accent="#e0b050",
        foreground="#d8dee4",
        background="#10151a",
        surface="#1b232b",
        panel="#243039",
        success="#6fbf73",
        warning="#e0a040",
        error="#e8685a",
        dark=True,
    ),
    Theme(
        name="appo-light",
        primary="#1f5f8b",
        secondary="#3d5a73",
        accent="#8a5a00",
        foreground="#1c2329",
        background="#fbfbf9",
        surface="#eceae4",
        panel="#dedcd4",
        success="#1e7a34",
        warning="#8a5a00",
        error="#b3261e",
        dark=False,
    ),
    # Blue, orange and their lightness tell apart what red and green do not for one man in twelve; the
    # hues are those that Okabe and Ito proposed.
    Theme(
        name="appo-colour-blind",
        primary="#0072b2",
        secondary="#56b4e9",
        accent="#f0e442",
        foreground="#f2f2f2",
        background="#111111",
        surface="#1e1e1e",
        panel="#2a2a2a",
        success="#56b4e9",
        warning="#e69f00",
        error="#d55e00",
        dark=True,
    ),
    Theme(
        name="appo-contrast",
        primary="#005fd7",
        secondary="#ffffff",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        success="#00ff5f",
        warning="#ffd700",
        error="#ff5f5f",
        dark=True,
    ),
)
