"""Puppet's reports as its versions write them: formats 4 to 6 of Puppet 3 and 4, 12 of Puppet 7 and 8."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appo_tui.jobs.node.report import parse_report

HEAD = """\
--- !ruby/object:Puppet::Transaction::Report
{places}
metrics:
  resources: !ruby/object:Puppet::Util::Metric
    name: resources
    label: Resources
    values:
    - [{total}, Total, 4]
    - [{skipped}, Skipped, 1]
    - [{failed}, Failed, 1]
    - [failed_to_restart, Failed to restart, 0]
    - [changed, Changed, 1]
    - [out_of_sync, Out of sync, 2]
  time: !ruby/object:Puppet::Util::Metric
    name: time
    label: Time
    values:
    - [config_retrieval, Config retrieval, 0.5]
logs:
- !ruby/object:Puppet::Util::Log
  level: {level}
  tags: {tags}
  message: Applied catalog in 0.04 seconds
  source: Puppet
  time: 2016-03-01 12:00:00.123456789 +01:00
report_format: {format}
status: failed
"""

STATUSES = """\
resource_statuses:
  File[/etc/app.conf]: !ruby/object:Puppet::Resource::Status
    resource: File[/etc/app.conf]
    file: &1 "/etc/puppet/code/site.pp"
    line: 3
    evaluation_time: 0.01
    change_count: 1
    out_of_sync_count: 1
    tags: {tags}
    time: 2016-03-01 12:00:00.123456789 +01:00
    events:
    - !ruby/object:Puppet::Transaction::Event
      audited: false
      property: ensure
      previous_value: {absent}
      desired_value: {present}
      historical_value:
      message: created
      name: {name}
      status: success
      time: 2016-03-01 12:00:00.123456789 +01:00
    out_of_sync: true
    changed: true
    resource_type: File
    title: "/etc/app.conf"
    skipped: false
    failed: false
    containment_path:
    - Stage[main]
    - ''
    - File[/etc/app.conf]
  Exec[migrate]: !ruby/object:Puppet::Resource::Status
    resource: Exec[migrate]
    file: *1
    line: 7
    events:
    - !ruby/object:Puppet::Transaction::Event
      property: returns
      previous_value: {notrun}
      desired_value:
      - '0'
      message: 'change from notrun to 0 failed'
      name: {executed}
      status: failure
    out_of_sync: true
    changed: false
    resource_type: Exec
    title: migrate
    skipped: false
    failed: true
  Service[app]: !ruby/object:Puppet::Resource::Status
    resource: Service[app]
    file: *1
    line: 9
    events: []
    resource_type: Service
    title: app
    skipped: true
    failed: false
  Notify[same]: !ruby/object:Puppet::Resource::Status
    resource: Notify[same]
    events: []
    resource_type: Notify
    title: same
    skipped: false
    failed: false
"""

SYMBOLS = {
    "total": "total",
    "skipped": "skipped",
    "failed": "failed",
    "level": ":notice",
    "tags": "!ruby/object:Puppet::Util::TagSet {hash: {file: true}}",
    "absent": ":absent",
    "present": ":file",
    "notrun": ":notrun",
    "name": ":file_created",
    "executed": ':"executed command"',
}
TAGGED = {
    name: f"!ruby/sym {value[1:]}" if value.startswith(":") else value for name, value in SYMBOLS.items()
} | {
    "tags": "!ruby/object:Puppet::Util::TagSet\n      hash:\n        file: true",
    "executed": "!ruby/sym executed",
}
PLAIN = {name: value.removeprefix(":") for name, value in SYMBOLS.items()} | {
    "tags": "[file]",
    "executed": "executed_command",
}
APPLY = "host: web1.test\ntime: 2016-03-01 12:00:00 +01:00\nkind: apply\nconfiguration_version: 1456830000"
IDENTIFIED = f"{APPLY}\ntransaction_uuid: 0fc1\nenvironment: production"

REPORTS = {
    "format 4, Puppet 3": (4, f"{APPLY}\npuppet_version: 3.8.7", TAGGED, ""),
    "format 5, Puppet 4.4": (5, f"{IDENTIFIED}\ncached_catalog_status: not_used", SYMBOLS, "0fc1"),
    "format 6, Puppet 4.6": (6, f"{IDENTIFIED}\nnoop: false\nnoop_pending: false", SYMBOLS, "0fc1"),
    "format 12, Puppet 8": (12, f"{IDENTIFIED}\ncorrective_change: false", PLAIN, "0fc1"),
}


@pytest.mark.parametrize(("number", "places", "values", "uuid"), REPORTS.values(), ids=REPORTS)
def test_a_report_tells_the_same_whoever_wrote_it(
    number: int, places: str, values: dict[str, str], uuid: str
) -> None:
    text = HEAD.format(format=number, places=places, **values) + STATUSES.format(**values)
    report = parse_report(text.encode())
    assert report is not None
    assert (report.status, report.configuration_version, report.transaction_uuid) == (
        "failed", "1456830000", uuid,
    )  # fmt: skip
    metrics = report.metrics
    assert (metrics.total, metrics.failed, metrics.changed, metrics.skipped) == (4, 1, 1, 1)
    told = [(each.status, each.property, each.old_value, each.new_value) for each in report.events]
    assert told == [
        ("success", "ensure", "absent", "file"),
        ("failure", "returns", "notrun", "['0']"),
        ("skipped", None, None, None),
    ]
    first = report.events[0]
    assert (first.resource_type, first.resource_title, first.line) == ("File", "/etc/app.conf", 3)
    assert {each.file for each in report.events} == {"/etc/puppet/code/site.pp"}


def test_a_text_in_quotes_is_no_symbol() -> None:
    text = HEAD.format(format=5, places=APPLY, **SYMBOLS)
    text += STATUSES.format(**SYMBOLS | {"present": '":file"'})
    report = parse_report(text.encode())
    assert report is not None
    assert report.events[0].new_value == ":file"


CUT_OFF = ["", "---\n", "--- !ruby/object:Puppet::Transaction::Report\nstatus: fai", "metrics: [b"]


@pytest.mark.parametrize("text", CUT_OFF)
def test_a_report_that_was_cut_off_is_none(text: str) -> None:
    assert parse_report(text.encode()) is None


RESOURCE = """\
metrics: {{resources: {{values: {values}}}}}
resource_statuses:
  one: &one {{resource_type: File, title: /a, line: {line}, containment_path: {path}, events: {events}}}
{more}
"""


def hostile(**parts: str) -> bytes:
    usual = {"values": "[]", "line": "1", "path": "[]", "events": "[]", "more": ""}
    return RESOURCE.format(**usual | parts).encode()


@pytest.mark.parametrize(
    "parts",
    [
        {"values": "[[total, Total, .inf], [changed, Changed, many], [failed]]"},
        {"values": "{a: b}"},
        {"line": "-1"},
        {"line": "99999999999999999999"},
        {"path": "{a: b}"},
        {"events": "[1, [2], {property: [1, {a: b}]}]"},
        {"events": "{a: b}"},
        {"events": '[{message: "\\e]0;title\\a"}]'},
    ],
    ids=str,
)
def test_a_report_of_another_form_is_read_as_far_as_it_is_one(parts: dict[str, str]) -> None:
    report = parse_report(hostile(**parts))
    assert report is not None
    assert report.metrics.changed == report.metrics.failed == 0
    assert report.events == () or report.events[0].resource_title == "/a"


def test_lists_that_hold_each_other_many_times_are_cut() -> None:
    levels = "".join(
        f"  l{number}: &l{number} [{', '.join([f'*l{number - 1}'] * 50)}]\n" for number in range(1, 12)
    )
    text = f"laughs:\n  l0: &l0 [ha, ha]\n{levels}".encode() + hostile(events="[{previous_value: *l11}]")
    report = parse_report(text)
    assert report is not None
    old = report.events[0].old_value
    assert old is not None
    assert old.startswith("[[[[[[[[[[[['ha', 'ha'], ['ha'")
    assert old.endswith(" ...")
    assert len(old) < 11_000


def test_resources_that_are_one_another_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("appo_tui.jobs.node.report._ROOM", 100_000)
    event = "{message: " + "x" * 1000 + "}"
    more = "".join(f"  r{number}: *one\n" for number in range(5000))
    report = parse_report(hostile(events=f"[{event}]", more=more))
    assert report is not None
    assert 50 < len(report.events) < 100


@given(st.binary() | st.from_regex(r"[\[\]{}:,&*!ab0-9.\-\n \"'\\\\]*", fullmatch=True))
def test_no_bytes_of_a_node_are_more_than_no_report(data: bytes | str) -> None:
    text = data if isinstance(data, bytes) else data.encode()
    for report in (parse_report(text), parse_report(b"metrics: " + text), parse_report(hostile() + text)):
        msgspec.json.encode(report)
