"""What a job was asked to be: its row in the store, which never changes."""

from __future__ import annotations

from typing import Literal

import msgspec

from appo_tui.plan.entities import JobPlan

Mode = Literal["apply", "agent"]


class JobOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How a job runs.

    Attributes:
        mode: ``apply`` needs no Puppet server; ``agent`` runs Puppet against the user's own.
        noop: simulate; ``no_noop`` overrides nodes that are set to simulate. Not both.
        concurrency: most nodes at once; None for no limit.
        run_as: the user that Puppet runs as on the nodes, by sudo; None for the login user.
        enforce_environment: agent mode: make nodes run in the job's environment.
        availability: test service resources before their consumers run.
    """

    mode: Mode = "apply"
    noop: bool = False
    no_noop: bool = False
    concurrency: int | None = None
    description: str = ""
    run_as: str | None = None
    enforce_environment: bool = True
    availability: bool = True
    debug: bool = False
    trace: bool = False
    evaltrace: bool = False


class JobRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A job as it was asked for. It holds no secret: the runner reads values from the files again.

    Attributes:
        root: the environment's directory, absolute.
        environment: the environment's name.
        plan: what is to run; its digest is compared with the files when the runner starts.
        options: how.
        facts_file, inventory_file: as given on the command line, absolute; None where not given.
        owner, host: who started it, from where.
        retry_of: the job that this one retries.
        simulated: its nodes only simulate Puppet (the demo): shown wherever the job is.
        command: the command line that starts a job like this.
        key: what the job is called on the nodes, the same in no other store; the store makes it.
        imported: it was carried out in another history: nothing on its nodes is this one's.
    """

    root: str
    environment: str
    plan: JobPlan
    options: JobOptions
    owner: str
    host: str
    facts_file: str | None = None
    inventory_file: str | None = None
    retry_of: int | None = None
    simulated: bool = False
    command: str = ""
    key: str = ""
    imported: bool = False
