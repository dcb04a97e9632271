"""The report of a simulated run, as Puppet 7 writes it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from appo_tui.demo.log import timestamp
from appo_tui.demo.programs import VERSION
from appo_tui.demo.transaction import Outcome

_TAG = "--- !ruby/object:Puppet::Transaction::Report\n"


@dataclass(frozen=True, slots=True)
class Run:
    """A run as a whole. Times are in seconds since the epoch, durations in seconds."""

    certname: str
    environment: str
    noop: bool
    began: float
    ended: float
    retrieval: float
    outcomes: Sequence[Outcome]
    logs: Sequence[Mapping[str, object]]

    @property
    def status(self) -> str:
        """``failed``, ``changed`` or ``unchanged``."""
        if any(each.status == "failure" for each in self.outcomes):
            return "failed"
        return "changed" if any(_changed(each) for each in self.outcomes) else "unchanged"

    @property
    def exit_code(self) -> int:
        """What ``--detailed-exitcodes`` gives: 0, 2 for changes, 4 for failures, 6 for both; 0 in no-op."""
        if self.noop:
            return 0
        changed = any(_changed(each) for each in self.outcomes)
        failed = any(each.status == "failure" for each in self.outcomes)
        return 2 * changed + 4 * failed


def _changed(outcome: Outcome) -> bool:
    return outcome.status == "success" or (outcome.refreshed and outcome.status != "noop")


def write_report(run: Run, report: Path | None, summary: Path | None) -> None:
    """Writes the report and its summary to the files that were asked for."""
    counts = _counts(run.outcomes)
    version = int(run.began)
    if report is not None:
        _write(report, _TAG + _dump(_report(run, counts, version)))
    if summary is not None:
        _write(summary, "---\n" + _dump(_summary(run, counts, version)))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_text(text, encoding="utf-8", errors="replace")
    new.chmod(0o640)
    new.replace(file)


def _dump(value: object) -> str:
    dumper: type = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(value, Dumper=dumper, sort_keys=False, allow_unicode=True))


def _counts(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Returns the report's counts of resources."""
    found = list(outcomes)
    return {
        "total": len(found),
        "skipped": sum(each.skipped for each in found),
        "failed": sum(each.status == "failure" for each in found),
        "failed_to_restart": 0,
        "restarted": sum(each.refreshed and each.status != "noop" for each in found),
        "changed": sum(_changed(each) for each in found),
        "out_of_sync": sum(each.status is not None for each in found),
        "scheduled": 0,
        "corrective_change": 0,
    }


def _report(run: Run, counts: Mapping[str, int], version: int) -> dict[str, object]:
    return {
        "host": run.certname,
        "time": timestamp(run.began),
        "configuration_version": version,
        "transaction_uuid": str(uuid.uuid4()),
        "report_format": 12,
        "puppet_version": VERSION,
        "status": run.status,
        "transaction_completed": True,
        "noop": run.noop,
        "noop_pending": run.noop and any(each.status == "noop" for each in run.outcomes),
        "environment": run.environment,
        "logs": [dict(entry) for entry in run.logs],
        "metrics": _metrics(run, counts),
        "resource_statuses": {str(each.resource.reference): _status(each) for each in run.outcomes},
        "corrective_change": False,
        "catalog_uuid": str(uuid.uuid4()),
        "cached_catalog_status": "not_used",
    }


def _metrics(run: Run, counts: Mapping[str, int]) -> dict[str, object]:
    events = _events(run.outcomes)
    tables: dict[str, Mapping[str, object]] = {
        "resources": counts,
        "time": _times(run),
        "changes": {"total": counts["changed"]},
        "events": events,
    }
    return {
        name: {
            "name": name,
            "label": name.capitalize(),
            "values": [[key, key.replace("_", " ").capitalize(), value] for key, value in table.items()],
        }
        for name, table in tables.items()
    }


def _events(outcomes: Iterable[Outcome]) -> dict[str, int]:
    found = Counter(status for each in outcomes for status in _statuses(each))
    return {"total": found.total(), **found}


def _statuses(outcome: Outcome) -> list[str]:
    refresh = ["noop" if outcome.status == "noop" else "success"] if outcome.refreshed else []
    return [*([outcome.status] if outcome.status else []), *refresh]


def _times(run: Run) -> dict[str, float]:
    spent: Counter[str] = Counter()
    for outcome in run.outcomes:
        spent[outcome.resource.reference.type.lower()] += outcome.ended - outcome.began  # type: ignore[assignment] # seconds
    return {
        **{kind: round(float(seconds), 6) for kind, seconds in spent.items()},
        "config_retrieval": round(run.retrieval, 6),
        "catalog_application": round(run.ended - run.began, 6),
        "total": round(run.ended - run.began, 6),
    }


def _status(outcome: Outcome) -> dict[str, object]:
    resource = outcome.resource
    failed = outcome.status == "failure"
    return {
        "title": resource.reference.title,
        "file": resource.file,
        "line": resource.line,
        "resource": str(resource.reference),
        "resource_type": resource.reference.type,
        "provider_used": None,
        "containment_path": list(resource.containment_path),
        "evaluation_time": None if outcome.skipped else round(outcome.ended - outcome.began, 6),
        "tags": list(resource.tags),
        "time": timestamp(outcome.began),
        "failed": failed,
        "failed_to_restart": False,
        "changed": _changed(outcome),
        "out_of_sync": outcome.status is not None,
        "skipped": outcome.skipped,
        "change_count": int(outcome.status == "success"),
        "out_of_sync_count": int(outcome.status is not None),
        "events": _resource_events(outcome),
        "corrective_change": False,
    }


def _resource_events(outcome: Outcome) -> list[dict[str, object]]:
    events: list[dict[str, object]] = []
    if outcome.change is not None:
        change = outcome.change
        events.append(
            {
                "audited": False,
                "property": change.property,
                "previous_value": change.previous,
                "desired_value": change.desired,
                "historical_value": None,
                "message": outcome.message,
                "name": change.name,
                "status": outcome.status,
                "time": timestamp(outcome.ended),
                "redacted": None,
                "corrective_change": False,
            }
        )
    if outcome.refreshed:
        events.append(
            {
                "audited": False,
                "property": None,
                "previous_value": None,
                "desired_value": None,
                "historical_value": None,
                "message": "Triggered 'refresh' from 1 event",
                "name": "refresh",
                "status": "noop" if outcome.status == "noop" else "success",
                "time": timestamp(outcome.ended),
                "redacted": False,
                "corrective_change": False,
            }
        )
    return events


def _summary(run: Run, counts: Mapping[str, int], version: int) -> dict[str, object]:
    return {
        "version": {"config": version, "puppet": VERSION},
        "application": {
            "run_mode": "user",
            "initial_environment": run.environment,
            "converged_environment": run.environment,
        },
        "resources": dict(sorted(counts.items())),
        "time": {**_times(run), "last_run": int(run.ended)},
        "changes": {"total": counts["changed"]},
        "events": _events(run.outcomes),
    }
