"""The store's tables."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

VERSION: Final = "0002"
"""The newest migration below migrations/versions."""

metadata = MetaData()

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("request", Text, nullable=False),
    Column("environment", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("noop", Boolean, nullable=False),
    Column("enforce_environment", Boolean, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("retry_of", Integer),
    Column("node_count", Integer, nullable=False),
    Column("node_states", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created", Float, nullable=False),
    Column("started", Float),
    Column("finished", Float),
    Column("changed", Float, nullable=False),
    Index("jobs_by_state", "state"),
    sqlite_autoincrement=True,
)
"""A row a job; everything after ``node_count`` is a fold of its events, kept here for lists."""

events = Table(
    "events",
    metadata,
    Column("job", Integer, ForeignKey("jobs.id"), primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
"""All events but log chunks, as JSON."""

log_chunks = Table(
    "log_chunks",
    metadata,
    Column("job", Integer, ForeignKey("jobs.id"), primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("time", Float, nullable=False),
    Column("node", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("length", Integer, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("log_chunks_by_line", "job", "node", "attempt", "first"),
)
"""Log chunks: they share the sequence numbers of their job with ``events``."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("job", Integer, ForeignKey("jobs.id"), primary_key=True, autoincrement=False),
    Column("reference", Text, primary_key=True),
    Column("environment", Text, nullable=False),
    Column("node", Text, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("time", Float, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("deliveries_by_reference", "environment", "reference", "job"),
)
"""What runs computed for other nodes, a row a service resource; without secrets, as in its event."""

leases = Table(
    "leases",
    metadata,
    Column("job", Integer, ForeignKey("jobs.id"), primary_key=True, autoincrement=False),
    Column("token", Integer, nullable=False),
    Column("runner", Text, nullable=False),
    Column("heartbeat", Float, nullable=False),
)
"""Who writes a job's events. ``token`` grows with each taking over; heartbeat 0 means given back."""

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("job", Integer, ForeignKey("jobs.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("time", Float, nullable=False),
)
"""What users ask of a running job: stop, force."""

claims = Table(
    "claims",
    metadata,
    Column("node", Text, primary_key=True),
    Column("job", Integer, ForeignKey("jobs.id"), nullable=False, index=True),
)
"""The job that works on a node, as long as its lease is alive."""
