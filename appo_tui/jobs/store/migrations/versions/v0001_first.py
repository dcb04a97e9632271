"""The first schema: made from the tables themselves, so there is nothing to run."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Do nothing: a new store is created at this version."""
