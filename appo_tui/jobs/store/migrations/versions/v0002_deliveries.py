"""The table of deliveries; what was delivered before is found again once it is delivered anew."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    from appo_tui.jobs.store.schema import deliveries

    deliveries.create(op.get_bind())
