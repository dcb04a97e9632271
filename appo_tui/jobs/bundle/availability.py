"""Which service resources are waited for from a node before its run.

A type that brings a provider tests itself, where it is declared; without one, a service resource with
host, port and ping_interval is tested by us. app_modeling's types are the pattern: ``timeout`` and
``ping_interval`` in seconds, and for HTTP ``path`` or ``base_path``, ``ssl`` and ``status_codes``.
"""

from __future__ import annotations

from collections.abc import Mapping

from appo_tui.jobs.transport.prepared import AvailabilityTest
from appo_tui.model.entities import Attribute, Model, ServiceResource

_TIMEOUT = 60


def availability_tests(model: Model, certname: str) -> tuple[AvailabilityTest, ...]:
    """The tests of a node, those of service resources that it makes itself left out."""
    if certname not in model.nodes:
        return ()
    components = [model.components[each] for each in model.nodes[certname].components]
    consumed = dict.fromkeys(reference for each in components for reference in each.consumes)
    own = {reference for each in components for reference in each.exports}
    resources = (model.service_resources.get(reference) for reference in consumed if reference not in own)
    tests = (_test(resource) for resource in resources if resource is not None and not resource.provider)
    return tuple(test for test in tests if test is not None)


def _test(resource: ServiceResource) -> AvailabilityTest | None:
    attributes = resource.attributes
    host, port = _value(attributes, "host"), _number(attributes, "port")
    interval = _number(attributes, "ping_interval")
    if not isinstance(host, str) or port is None or interval is None:
        return None
    codes = _value(attributes, "status_codes")
    path = _value(attributes, "path") or _value(attributes, "base_path")
    http = isinstance(codes, tuple | list) and isinstance(path, str)
    return AvailabilityTest(
        service_resource=resource.reference,
        host=host,
        port=port,
        timeout=_number(attributes, "timeout") or _TIMEOUT,
        interval=max(interval, 1),
        path=str(path) if http else "",
        scheme="https" if _value(attributes, "ssl") is True else "http",
        status_codes=tuple(str(code) for code in codes) if http and isinstance(codes, tuple | list) else (),
    )


def _value(attributes: Mapping[str, Attribute], name: str) -> object:
    attribute = attributes.get(name)
    return None if attribute is None else attribute.value


def _number(attributes: Mapping[str, Attribute], name: str) -> int | None:
    value = _value(attributes, name)
    try:
        return None if value is None or isinstance(value, bool) else int(str(value))
    except ValueError:
        return None
