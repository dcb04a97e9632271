"""What a user was asked for before a job started. It goes to the runner through a pipe and nowhere else."""

from __future__ import annotations

import msgspec


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """Secrets of one job.

    Attributes:
        passphrases: private key file, absolute -> its passphrase.
        login_password: for nodes that the inventory gives no password for; empty where none was asked for.
        sudo_password: for ``--run-as`` where sudo asks for one.
    """

    passphrases: dict[str, str] = {}
    login_password: str = ""
    sudo_password: str | None = None

    def __repr__(self) -> str:
        """Nothing of what it holds."""
        return "Credentials(...)"


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """What a runner reads from its standard input: where its job is, and the job's credentials.

    ``log`` is the file that holds what the runner says of its own faults; a runner without any removes it.
    """

    store_url: str
    job: int
    credentials: Credentials = Credentials()
    log: str = ""

    def __repr__(self) -> str:
        """The job only: the URL may hold a password."""
        return f"Errand(job={self.job})"
