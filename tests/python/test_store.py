"""Store, outbox and codec against a naive model: dicts of numpy arrays changed by Field.append and Field.with_values.

Each seed is one random sequence: replacing, appending along several dims, trimming, patching, invalid updates, new
scenes, viewers that attach at random points and take a batch at random points. After every batch a viewer must hold
what the naive model holds; every batch goes through bytes.
"""

import random

import numpy as np
import pytest

import compneurovis as cnv
from compneurovis._core import testing

DTYPES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64"]


class Naive:
    """The scene as plain Python, changed in the most obvious way."""

    def __init__(self):
        self.fields, self.state, self.views, self.metadata = {}, {}, {}, {}

    def apply(self, update):
        """False when the update must be refused."""
        if isinstance(update, cnv.SceneReady):
            self.fields = dict(update.scene.fields)
            self.views = dict(update.scene.views)
            self.metadata = dict(update.scene.metadata)
            return True
        if isinstance(update, cnv.StatePatch):
            self.state.update(update.updates)
            return True
        if isinstance(update, cnv.ScenePatch):
            if any(view_id not in self.views for view_id in update.view_updates):
                return False
            for view_id, changes in update.view_updates.items():
                self.views[view_id] = cnv.LinePlotViewSpec(
                    **{
                        "id": view_id,
                        "title": self.views[view_id].title,
                        "y_min": self.views[view_id].y_min,
                        **changes,
                    }
                )
            self.metadata.update(update.metadata_updates)
            return True
        field = self.fields.get(update.field_id)
        if field is None:
            return False
        try:
            if isinstance(update, cnv.FieldReplace):
                self.fields[field.id] = field.with_values(update.values, update.coords, update.attrs_update)
            else:
                self.fields[field.id] = field.append(
                    update.append_dim,
                    update.values,
                    update.coord_values,
                    max_length=update.max_length,
                    attrs_update=update.attrs_update,
                )
        except (ValueError, KeyError):
            return False
        return True


def random_values(rng, shape, dtype):
    values = np.asarray(np.random.default_rng(rng.randrange(1 << 30)).uniform(0, 100, shape)).astype(dtype)
    if values.dtype.kind == "f" and values.size and values.ndim and rng.random() < 0.1:
        values.flat[rng.randrange(values.size)] = np.nan
    return np.asfortranarray(values) if values.ndim > 1 and rng.random() < 0.2 else values


def random_coord(rng, length, text):
    if text:
        return np.array([f"n{rng.randrange(1000)}é" for _ in range(length)], dtype="U")
    return np.sort(np.array([rng.uniform(0, 50) for _ in range(length)]))


def random_field(rng, field_id):
    rank = rng.choice([0, 1, 1, 2, 2, 2, 3])
    shape = [rng.randrange(0, 5) for _ in range(rank)]
    dims = [f"d{i}" for i in range(rank)]
    coords = {dim: random_coord(rng, n, rng.random() < 0.3) for dim, n in zip(dims, shape)}
    return cnv.Field(
        field_id, random_values(rng, shape, rng.choice(DTYPES)), dims, coords, rng.choice([None, "mV"]), {"a": 1}
    )


def random_scene(rng):
    fields = {f"f{i}": random_field(rng, f"f{i}") for i in range(rng.randrange(1, 4))}
    views = {f"v{i}": cnv.LinePlotViewSpec(f"v{i}") for i in range(2)}
    return cnv.Scene(fields, {}, views, metadata={"made": rng.randrange(9)})


def random_append(rng, field):
    axis = rng.randrange(len(field.dims)) if rng.random() < 0.15 else len(field.dims) - 1
    shape = list(field.values.shape)
    shape[axis] = rng.choice([0, 1, 1, 2, 3, 7])
    dtype = rng.choice(DTYPES) if rng.random() < 0.1 else field.values.dtype
    text = field.coords[field.dims[axis]].dtype.kind == "U"
    if rng.random() < 0.1 and shape:
        shape[rng.randrange(len(shape))] += 1
    length = shape[axis] + (1 if rng.random() < 0.03 else 0)
    limit = rng.choice([None, None, -1, 0, 1, 5, 5, 5, 12])
    return cnv.FieldAppend(
        field.id,
        field.dims[axis],
        random_values(rng, shape, dtype),
        random_coord(rng, length, text),
        limit,
        {"b": rng.randrange(5)} if rng.random() < 0.2 else {},
    )


def random_update(rng, naive):
    kind = rng.random()
    if not naive.fields or kind < 0.02:
        return cnv.SceneReady(random_scene(rng))
    if kind < 0.06:
        return cnv.StatePatch({rng.choice("xyz"): rng.choice([1, 2.5, "text", None, [1, "a"], {"k": True}])})
    if kind < 0.10:
        view_id = rng.choice(["v0", "v1", "v1", "missing"] if rng.random() < 0.2 else ["v0", "v1"])
        return cnv.ScenePatch(
            {view_id: rng.choice([{"title": f"T{rng.randrange(9)}"}, {"y_min": rng.random()}])},
            metadata_updates={"m": rng.randrange(9)},
        )
    field = naive.fields[rng.choice(list(naive.fields))]
    if kind < 0.12:
        return cnv.FieldReplace("nowhere", [1.0])
    if kind < 0.30 or not field.dims:
        coords = None
        shape = field.values.shape
        if rng.random() < 0.3:
            shape = tuple(rng.randrange(0, 5) for _ in shape)
            coords = {dim: random_coord(rng, n, rng.random() < 0.3) for dim, n in zip(field.dims, shape)}
        elif rng.random() < 0.1 and shape:
            shape = (shape[0] + 1, *shape[1:])
        return cnv.FieldReplace(
            field.id,
            random_values(rng, shape, rng.choice(DTYPES)),
            coords,
            {"r": rng.randrange(5)} if rng.random() < 0.2 else {},
        )
    return random_append(rng, field)


def assert_same_array(got, wanted, where):
    got, wanted = np.asarray(got), np.asarray(wanted)
    assert got.shape == wanted.shape, where
    if wanted.dtype.kind in "UTO":
        assert got.ravel().tolist() == wanted.ravel().tolist(), where
    elif wanted.size:
        assert got.dtype == wanted.dtype, where
        np.testing.assert_array_equal(got, wanted, err_msg=str(where))


def assert_same(scene, state, naive, where):
    assert list(scene.fields) == list(naive.fields), where
    for field_id, wanted in naive.fields.items():
        got = scene.fields[field_id]
        assert_same_array(got.values, wanted.values, (where, field_id))
        assert got.dims == wanted.dims and got.attrs == wanted.attrs and got.unit == wanted.unit, (where, field_id)
        for dim in wanted.dims:
            assert_same_array(got.coords[dim], wanted.coords[dim], (where, field_id, dim))
    assert {k: (v.title, v.y_min) for k, v in scene.views.items()} == {
        k: (v.title, v.y_min) for k, v in naive.views.items()
    }, where
    assert scene.metadata == naive.metadata and state == naive.state, where


class Viewer:
    def __init__(self, name):
        self.outbox, self.store = testing.Outbox(name), testing.SceneStore()

    def take_batch(self, store):
        batch = self.outbox.next(store)
        for update in testing.decode(testing.encode(batch)) if batch else ():
            assert self.store.apply(update) is None, update
        assert not self.outbox.has_news(store)


@pytest.mark.parametrize("block", range(20))
def test_random_sequences_end_where_the_naive_model_ends(block):
    for seed in range(block * 100, block * 100 + 100):
        rng = random.Random(seed)
        naive, store, viewers = Naive(), testing.SceneStore(), []
        for step in range(rng.randrange(5, 40)):
            where = f"seed {seed}, step {step}"
            update = random_update(rng, naive)
            if isinstance(update, (cnv.FieldReplace, cnv.FieldAppend)) and rng.random() < 0.1:
                update = testing.decode(testing.encode([update]))[0]
            assert (store.apply(update) is None) == naive.apply(update), (where, update)
            if rng.random() < 0.06:
                viewers.append(Viewer(f"viewer {len(viewers)}"))
            for viewer in viewers:
                if rng.random() < 0.4:
                    viewer.take_batch(store)
                    assert_same(viewer.store.snapshot(), viewer.store.state, naive, where)
        assert_same(store.snapshot(), store.state, naive, f"seed {seed}, store")
        for viewer in [*viewers, Viewer("late")]:
            viewer.take_batch(store)
            assert_same(viewer.store.snapshot(), viewer.store.state, naive, f"seed {seed}, end")


def test_a_refused_update_changes_nothing():
    store = testing.SceneStore()
    field = cnv.Field("f", np.zeros((2, 3)), ("a", "t"), {"a": [0, 1], "t": [0.0, 1.0, 2.0]})
    view = cnv.LinePlotViewSpec("v", "Old")
    assert store.apply(cnv.SceneReady(cnv.Scene({"f": field}, {}, {"v": view}))) is None
    before = repr(store.snapshot())
    severity, _, message = store.apply(cnv.FieldAppend("f", "t", np.zeros((3, 1)), [3.0], attrs_update={"x": 1}))
    assert severity == "error" and "'f'" in message
    assert store.apply(cnv.FieldReplace("nowhere", [1.0]))[0] == "warning"
    assert store.apply(cnv.ScenePatch({"v": {"title": "New", "nonsense": 1}}, metadata_updates={"k": 1}))[0] == "error"
    assert (
        store.apply(cnv.LayoutReplace((cnv.PanelSpec("p", "line_plot", ("v",)), cnv.PanelSpec("p", "controls"))))[0]
        == "error"
    )
    assert repr(store.snapshot()) == before


def test_appends_between_two_batches_travel_as_one():
    store, viewer = testing.SceneStore(), Viewer("v")
    store.apply(
        cnv.SceneReady(
            cnv.Scene({"f": cnv.Field("f", np.zeros((2, 1)), ("a", "t"), {"a": [0, 1], "t": [0.0]})}, {}, {})
        )
    )
    viewer.take_batch(store)
    for t in range(1, 30):
        store.apply(cnv.FieldAppend("f", "t", np.full((2, 1), t), [float(t)], 10))
    updates = viewer.outbox.next(store)
    assert [type(update) for update in updates] == [cnv.FieldReplace, cnv.FieldAppend], "most of it was dropped again"
    assert updates[0].coords["t"].tolist() == list(range(20, 29)) and updates[1].coord_values.tolist() == [29.0]
    assert [viewer.store.apply(update) for update in updates] == [None, None]
    assert viewer.store.snapshot().fields["f"].coords["t"].tolist() == list(range(20, 30))


def test_messages_keep_their_order_and_errors_are_counted():
    store, viewer = testing.SceneStore(), Viewer("v")
    for number in range(70):
        viewer.outbox.add_status(cnv.Status(f"status {number}"))
    for _ in range(3):
        viewer.outbox.add_error(cnv.Error("bad"))
    messages = viewer.outbox.next(store)
    statuses = [m.message for m in messages if isinstance(m, cnv.Status)]
    assert statuses == [f"status {n}" for n in range(6, 70)] and viewer.outbox.dropped_messages == 6
    errors = [m.message for m in messages if isinstance(m, cnv.Error)]
    assert len(errors) == 1 and errors[0].startswith("bad") and "3" in errors[0]


def test_damaged_bytes_are_refused():
    rng = random.Random(7)
    good = testing.encode(
        [
            cnv.FieldReplace("f", np.arange(100.0), {"x": [str(i) for i in range(100)]}),
            cnv.StatePatch({"a": [1, {"b": None}]}),
        ]
    )
    for _ in range(2000):
        damaged = bytearray(good)
        for _ in range(rng.randrange(1, 5)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        damaged = bytes(damaged[: rng.randrange(len(damaged) + 1)]) if rng.random() < 0.5 else bytes(damaged)
        try:
            testing.decode(damaged)
        except ValueError:
            pass
