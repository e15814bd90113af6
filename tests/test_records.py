"""Records behave as the dataclasses that they stand for."""

from __future__ import annotations

import copy
import pickle

import pytest

from report.records import field, fields, record, replace


@record(frozen=True)
class Fixed:
    """A record that never changes."""

    name: str
    size: float = 1.5
    parts: tuple[str, ...] = ()

    @property
    def double(self) -> float:
        return 2 * self.size


@record()
class Loose:
    name: str = ""
    parts: list[str] = field(default_factory=list)


@record(eq=False)
class Own:
    name: str


def test_values_come_by_place_and_by_name_with_their_defaults() -> None:
    assert (Fixed("a").size, Fixed("a", 2.0).size, Fixed(name="a", parts=("b",)).parts) == (1.5, 2.0, ("b",))
    assert Fixed("a").double == 3.0
    assert fields(Fixed) == ("name", "size", "parts")


@pytest.mark.parametrize("given", [(), ("a", 1.0, (), "too many")])
def test_missing_and_surplus_values_are_refused(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Fixed(*given)  # type: ignore[arg-type]


def test_defaults_are_made_anew() -> None:
    one, other = Loose(), Loose()
    one.parts.append("a")
    assert other.parts == []


def test_equal_values_are_equal_records() -> None:
    assert Fixed("a") == Fixed("a", 1.5) != Fixed("b")
    assert len({Fixed("a"), Fixed("a"), Fixed("b")}) == 2
    assert Loose("a") == Loose("a")
    assert Loose("a") != Fixed("a")
    with pytest.raises(TypeError):
        hash(Loose())


def test_without_equality_only_itself_is_the_same() -> None:
    one = Own("a")
    same = one
    assert one == same and one != Own("a") and len({one, Own("a")}) == 2


def test_a_frozen_record_never_changes() -> None:
    one = Fixed("a")
    with pytest.raises(AttributeError):
        one.name = "b"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del one.name
    assert replace(one, name="b") == Fixed("b") and one == Fixed("a")


def test_there_are_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        Loose().other = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("one", [Fixed("a", 2.0, ("b",)), Loose("a", ["b"])])
def test_records_are_shown_copied_and_sent(one: object) -> None:
    assert pickle.loads(pickle.dumps(one)) == one == copy.deepcopy(one)
    assert repr(Fixed("a")) == "Fixed(name='a', size=1.5, parts=())"


def test_a_record_can_be_matched() -> None:
    match Fixed("a"):
        case Fixed(name, size):
            assert (name, size) == ("a", 1.5)
