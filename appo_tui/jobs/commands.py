"""Puppet's command lines. ``{bundle}`` and ``{run}`` stand for directories on the node."""

from __future__ import annotations

import re

from appo_tui.jobs.request import JobOptions

_ENVIRONMENT_NAME = re.compile(r"\w+\Z", re.ASCII)
_CERTNAME = re.compile(r"[a-z0-9._-]+\Z")
_FIRST_STRICT = 8
"""The first major version of Puppet that refuses by default what old code does."""


def puppet_name(environment: str) -> str:
    """The environment's name where Puppet accepts it, else Puppet's own default."""
    return environment if _ENVIRONMENT_NAME.match(environment) else "production"


def apply_arguments(options: JobOptions, environment: str, certname: str, major: int) -> tuple[str, ...]:
    """What stands after ``puppet`` in apply mode, for a node with this major version of Puppet."""
    words = ["apply", *_spoken(options), "--environment", puppet_name(environment)]
    words += ["--node_name_value", certname]
    if _CERTNAME.match(certname):  # it refuses capitals; node_name_value takes them
        words += ["--certname", certname]
    if major >= _FIRST_STRICT:
        words += ["--include_legacy_facts", "--strict=warning", "--no-strict_variables"]
    words += ["--environmentpath={bundle}/environments", "--hiera_config={bundle}/hiera.yaml"]
    return (*words, *_REPORT, "{run}/manifests")


def agent_arguments(options: JobOptions, environment: str) -> tuple[str, ...]:
    """What stands after ``puppet`` in agent mode, as the orchestrator's agents ran it."""
    words = ["agent", "--onetime", "--no-daemonize", "--no-splay", *_spoken(options)]
    words += ["--no-usecacheonfailure", "--no-use_cached_catalog"]
    if options.enforce_environment:
        words += ["--environment", environment]
    return (*words, *_REPORT)


_REPORT = ("--lastrunreport={run}/report.yaml", "--lastrunfile={run}/summary.yaml")


def _spoken(options: JobOptions) -> list[str]:
    words = ["--verbose", "--detailed-exitcodes", "--color=false", "--logdest", "logstash_event"]
    switches = (
        ("--noop", options.noop),
        ("--no-noop", options.no_noop),
        ("--debug", options.debug),
        ("--trace", options.trace),
        ("--evaltrace", options.evaltrace),
    )
    return words + [word for word, wanted in switches if wanted]
