from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import msgspec

from appo_tui.evaluator.origins import Origin, OriginKind
from appo_tui.jobs.bundle.availability import availability_tests
from appo_tui.jobs.transport.prepared import AvailabilityTest
from appo_tui.jobs.transport.protocol import Reported
from appo_tui.model.entities import Attribute, Model
from tests.jobs.nodes import Script, new_home, run_once
from tests.plan.models import model


def offering(*, provider: bool = False, **attributes: object) -> Model:
    """A model whose web consumes a service resource with these attributes."""
    plain = model(("a/db", "db1", ""), ("a/web", "web1", "a/db"))
    origin = Origin(OriginKind.GIVEN)
    values = {name: Attribute(name, value, origin) for name, value in attributes.items()}
    plain_resource = plain.service_resources["Res[a/db]"]
    resource = msgspec.structs.replace(plain_resource, attributes=values, provider=provider)
    return replace(plain, service_resources={**plain.service_resources, "Res[a/db]": resource})


def test_a_service_with_host_port_and_ping_interval_is_waited_for_by_its_consumer_only() -> None:
    offered = offering(host="db1", port="5432", ping_interval=2, timeout=9)
    assert availability_tests(offered, "web1") == (AvailabilityTest("Res[a/db]", "db1", 5432, 9, 2),)
    assert availability_tests(offered, "db1") == ()


def test_a_service_whose_type_brings_a_provider_is_left_to_it() -> None:
    assert availability_tests(offering(provider=True, host="h", port=1, ping_interval=1), "web1") == ()


def test_a_service_without_ping_interval_is_not_waited_for() -> None:
    assert availability_tests(offering(host="h", port=1), "web1") == ()


def test_a_service_with_path_and_status_codes_is_asked_over_http() -> None:
    offered = offering(host="h", port=80, ping_interval=1, base_path="/x", status_codes=(200, 302))
    words = availability_tests(offered, "web1")[0].arguments
    assert words == ("h", "80", "60", "1", "http://h:80/x", "200,302")


def test_a_run_waits_until_its_service_answers(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        wait = AvailabilityTest("Sql[a]", "127.0.0.1", server.getsockname()[1], 5, 1)
        outcome, told = run_once(new_home(tmp_path), Script("say ran", waits_for=(wait,)))
    assert isinstance(outcome, Reported)
    assert told.texts == [f"Sql[a] at 127.0.0.1 port {wait.port} answers", "ran"]


def test_a_service_that_does_not_answer_fails_the_node_by_name(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # nobody else gets the port, and nobody listens
        port = silent.getsockname()[1]
        wait = AvailabilityTest("Sql[a]", "127.0.0.1", port, 1, 1)
        outcome, told = run_once(new_home(tmp_path), Script("say never", waits_for=(wait,)))
    assert isinstance(outcome, Reported)
    assert outcome.failed
    assert outcome.message.startswith(f"Sql[a] at 127.0.0.1 port {port} did not answer from here within 1 s")
    assert "never" not in told.texts
