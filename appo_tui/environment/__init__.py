"""A directory of Puppet code and what is in it, without running or resolving any of it."""

from appo_tui.environment.facts import NO_FACTS, Facts, read_facts_file
from appo_tui.environment.faults import EnvironmentReadError
from appo_tui.environment.reading import Environment, find_environment, read_environment
from appo_tui.environment.watching import watch

__all__ = [
    "NO_FACTS",
    "Environment",
    "EnvironmentReadError",
    "Facts",
    "find_environment",
    "read_environment",
    "read_facts_file",
    "watch",
]
