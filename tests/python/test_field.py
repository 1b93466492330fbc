"""Field against numpy and plain loops."""

import numpy as np
import pytest

from compneurovis import Field, UnknownDimError


def make(n=5, m=3):
    return Field(
        "f",
        np.arange(n * m, dtype=np.float32).reshape(n, m),
        ("a", "b"),
        {"a": np.linspace(0, 1, n), "b": np.array(["x", "y", "z"][:m])},
        "mV",
        {"k": 1},
    )


def test_arrays_stay_the_callers():
    values, coord = np.zeros(3, np.int16), np.array(["p", "q", "r"])
    field = Field("f", values, ["a"], {"a": coord})
    assert field.values is values and field.coords["a"] is coord and field.dims == ("a",)


@pytest.mark.parametrize(
    "values, dims, coords",
    [
        (np.zeros(2), ("a",), {"a": [[0, 1]]}),
        (np.zeros(2), ("a", "b"), {"a": [0, 1], "b": [0]}),
        (np.zeros(2), ("a",), {"b": [0, 1]}),
        (np.zeros(2), ("a",), {"a": [0, 1], "b": [0]}),
        (np.zeros(2), ("a",), {"a": [0]}),
    ],
)
def test_construction_is_checked(values, dims, coords):
    with pytest.raises(ValueError):
        Field("f", values, dims, coords)


def test_rank_zero_is_valid():
    assert Field("f", 3.0, (), {}).values.shape == ()


def test_unknown_dims_are_both_value_and_key_errors():
    field = make()
    for call in (
        lambda: field.axis_index("q"),
        lambda: field.coord("q"),
        lambda: field.select({"q": 0}),
        lambda: field.append("q", np.zeros((1, 3)), [0]),
    ):
        with pytest.raises(UnknownDimError) as caught:
            call()
        assert isinstance(caught.value, ValueError) and isinstance(caught.value, KeyError) and "q" in str(caught.value)


def test_with_values_keeps_or_replaces_coordinates():
    field = make()
    same = field.with_values(field.values + 1, attrs_update={"j": 2})
    assert same.coords["a"] is field.coords["a"] and same.attrs == {"k": 1, "j": 2} and same.unit == "mV"
    other = field.with_values(np.zeros((2, 1)), {"a": [0, 1], "b": ["x"]})
    assert other.values.shape == (2, 1)
    with pytest.raises(ValueError):
        field.with_values(np.zeros((2, 1)))


@pytest.mark.parametrize("max_length", [None, -1, 0, 1, 4, 7, 100])
@pytest.mark.parametrize("dim, axis", [("a", 0), ("b", 1)])
def test_append_is_concatenation_and_a_tail(dim, axis, max_length):
    field = make()
    shape = [5, 3]
    shape[axis] = 2
    more, coords = np.full(shape, 7.0), [9.0, 10.0] if dim == "a" else ["long name", "w"]
    longer = field.append(dim, more, coords, max_length=max_length)
    joined, joined_coord = np.concatenate([field.values, more], axis), np.concatenate([field.coords[dim], coords])
    if max_length is not None and max_length >= 0:
        start = max(0, joined_coord.size - max_length)
        joined, joined_coord = np.take(joined, range(start, joined.shape[axis]), axis), joined_coord[start:]
    np.testing.assert_array_equal(longer.values, joined)
    np.testing.assert_array_equal(longer.coords[dim], joined_coord)
    assert longer.values.dtype == joined.dtype and field.values.shape == (5, 3)


@pytest.mark.parametrize(
    "values, coords", [(np.zeros((1, 4)), [0]), (np.zeros(3), [0]), (np.zeros((2, 3)), [0]), (np.zeros((1, 3)), [[0]])]
)
def test_append_refuses_what_does_not_fit(values, coords):
    with pytest.raises(ValueError):
        make().append("a", values, coords)


def reference_indexer(coord, selector):
    """The table of selectors, written as plainly as possible."""
    texts = [str(c) for c in coord]
    if isinstance(selector, (bool, int, np.integer)):
        return range(len(coord))[int(selector)]
    if isinstance(selector, (float, np.floating)):
        distances = [abs(c - selector) for c in coord]
        return distances.index(min(distances)) if selector == selector else 0
    if isinstance(selector, str):
        return texts.index(selector)
    if isinstance(selector, slice):
        return list(range(len(coord)))[selector]
    kinds = np.asarray(selector).dtype.kind
    if len(selector) and kinds not in "iuf":
        return [texts.index(str(item)) for item in selector]
    return [reference_indexer(coord, float(item) if kinds == "f" else int(item)) for item in selector]


COORDS = [
    np.array([0.0, 0.5, 0.5, 1.0]),
    np.arange(4),
    np.array(["a", "b", "2", "a"]),
    np.array([3.0, np.nan, 1.0, 2.0], np.float32),
    np.array([True, False, True, False]),
]
SELECTORS = [
    0,
    -1,
    np.int8(2),
    True,
    0.3,
    0.25,
    0.75,
    np.float32(0.9),
    float("nan"),
    "0.5",
    "a",
    "2",
    np.str_("b"),
    "1.0",
    "True",
    slice(1, 3),
    slice(None, None, -1),
    slice(-2, None),
    [0, 3, 0],
    (1, -1),
    np.array([2, 1], np.uint8),
    [0.1, 0.9],
    np.array([1.0, 0.5]),
    ["b", "a"],
    [],
    np.array([]),
    ["2", 2],
    np.array([True, False]),
    [0, 0.9],
]


@pytest.mark.parametrize("coord", COORDS, ids=str)
@pytest.mark.parametrize("selector", SELECTORS, ids=str)
def test_selectors_follow_the_table(coord, selector):
    if coord.dtype.kind == "b":
        coord_numbers = coord.astype(float)
    else:
        coord_numbers = coord
    field = Field("f", np.arange(8).reshape(4, 2), ("s", "t"), {"s": coord, "t": [0, 1]})
    numeric = isinstance(selector, (float, np.floating)) or (
        not isinstance(selector, (str, slice, int, np.generic))
        and np.asarray(selector).dtype.kind == "f"
        and len(selector) > 0
    )
    if coord.dtype.kind == "U" and numeric:
        with pytest.raises(TypeError):
            field.select({"s": selector})
        return
    texts = [str(c) for c in coord]
    lookup = coord_numbers if numeric else coord
    try:
        if isinstance(selector, str):
            expected = texts.index(selector)
        elif numeric and coord.dtype.kind == "f" and np.isnan(coord).any():
            wanted = np.atleast_1d(np.asarray(selector, float))
            picks = [
                0 if np.isnan(w) else int(np.argmin([abs(c - w) if c == c else np.inf for c in coord])) for w in wanted
            ]
            expected = picks[0] if np.ndim(selector) == 0 else picks
        else:
            expected = reference_indexer(lookup, selector)
    except ValueError:
        with pytest.raises(KeyError):
            field.select({"s": selector})
        return
    got = field.select({"s": selector})
    np.testing.assert_array_equal(got.values, field.values[expected])
    assert got.dims == (("t",) if isinstance(expected, int) else ("s", "t"))
    if not isinstance(expected, int):
        np.testing.assert_array_equal(got.coords["s"], coord[expected])


def test_selector_errors():
    field = make()
    with pytest.raises(IndexError):
        field.select({"a": 5})
    with pytest.raises(IndexError):
        field.select({"a": [0, -6]})
    with pytest.raises(KeyError, match=r"'f'.*'b'.*'w'"):
        field.select({"b": "w"})
    for wrong in (None, np.bool_(True), {}, object(), np.zeros((2, 2)), [[1, 2]]):
        with pytest.raises(TypeError):
            field.select({"a": wrong})
    for wrong in (None, np.bool_(True), {}, b"x", 1j, AttributeError):
        with pytest.raises(TypeError) as caught:
            field.select({"a": wrong})
        assert (
            str(caught.value)
            == f"field 'f', dim 'a' cannot be selected by {wrong!r}: use a label, a number, a slice or a list of these"
        )


def test_select_takes_one_dim_after_the_other_and_may_share_memory():
    field = make()
    chosen = field.select({"b": "y", "a": slice(1, 4)})
    np.testing.assert_array_equal(chosen.values, field.values[1:4, 1])
    assert np.shares_memory(chosen.values, field.values) and chosen.unit == "mV" and chosen.attrs == {"k": 1}
    assert field.resolve_indexer("a", [0, 2]).dtype == np.int32 and field.resolve_indexer("a", slice(1, 2)) == slice(
        1, 2
    )
