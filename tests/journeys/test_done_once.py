"""What a run of the tests works out only once comes out as it would every time."""

from sanic.mixins.routes import RouteMixin

from foundations import content
from tests.journeys.handrail import Handrail


def test_whoever_reads_a_text_again_has_values_of_their_own() -> None:
    text = "a: [1]\nday: 2026-11-26\n"
    content.from_yaml(text)["a"].append(2)

    assert content.from_yaml(text)["a"] == [1]


def test_each_handler_is_seen_as_sanic_sees_it(handrail: Handrail) -> None:
    app = handrail.servers[-1].app
    usual = RouteMixin._determine_error_format.__wrapped__  # type: ignore[attr-defined]
    forms = {}
    for route in app.router.routes:
        forms[route.name] = app._determine_error_format(route.handler)

        assert forms[route.name] == usual(app, route.handler), route.name
    assert "json" in forms.values()


def test_every_address_without_parts_leads_to_its_own_route(handrail: Handrail) -> None:
    router = handrail.servers[-1].app.router
    plain = [route for route in router.routes if "<" not in route.path]

    assert len(plain) > 20
    for route in plain:
        for method in route.methods:
            found, handler, _ = router.get(f"/{route.path}", method, None)

            assert (found.path, handler) == (route.path, route.handler)
