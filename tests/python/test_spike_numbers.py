"""What the window measures of a spike, against numpy and against eFEL, on spikes of NEURON."""

import efel
import numpy as np
import pytest
from neuron import h

from compneurovis._core import testing

FEATURES = [
    "peak_time",
    "peak_voltage",
    "AP_begin_time",
    "AP_begin_voltage",
    "AP_amplitude",
    "AP_duration_half_width",
    "AP_rise_time",
]


@pytest.fixture(scope="module", params=[0.025, 0.1])
def trace(request):
    """dt and a train of spikes of the Hodgkin-Huxley soma, sampled at each step."""
    h.load_file("stdrun.hoc")
    soma = h.Section(name="soma")
    soma.L = soma.diam = 20
    soma.insert("hh")
    clamp = h.IClamp(soma(0.5))
    clamp.delay, clamp.dur, clamp.amp = 5, 90, 0.1
    t, v = h.Vector().record(h._ref_t), h.Vector().record(soma(0.5)._ref_v)
    h.dt, h.steps_per_ms = request.param, 1 / request.param
    h.finitialize(-65)
    h.continuerun(100)
    yield request.param, np.array(t), np.array(v)
    h.delete_section(sec=soma)


def measured(t, v, at, x_unit="ms", y_unit="mV"):
    return testing.spike_of(t.tolist(), v.tolist(), x_unit, y_unit, at)


def by_numpy(t, v, peak):
    """The same definitions, with whole arrays: the last crossing of 10 mV/ms before the steepest rise."""
    slope = np.gradient(v, t)
    before = slice(max(0, peak - int(2 / (t[1] - t[0]))), peak + 1)
    steepest = before.start + int(np.argmax(slope[before]))
    last = np.nonzero(slope[:steepest] < 10)[0][-1]
    at = np.interp(10, slope[last : last + 2], t[last : last + 2])
    threshold = np.interp(at, t, v)
    height = v[peak] - threshold

    def rise(part):
        n = last + 1 + int(np.argmax(v[last + 1 : peak + 1] >= threshold + part * height))
        return np.interp(threshold + part * height, v[n - 1 : n + 1], t[n - 1 : n + 1])

    n = peak + int(np.argmax(v[peak:] <= threshold + height / 2))
    fall = np.interp(threshold + height / 2, v[n : n - 2 : -1], t[n : n - 2 : -1])
    return {
        "peak": (t[peak], v[peak]),
        "threshold": (at, threshold),
        "amplitude": height,
        "half_width": fall - rise(0.5),
        "rise_time": rise(0.9) - rise(0.1),
    }


def test_each_number_is_what_its_definition_gives(trace):
    _, t, v = trace
    peaks = [i for i in range(1, len(v) - 1) if v[i] > 0 and v[i - 1] < v[i] >= v[i + 1]]
    assert len(peaks) > 4
    for peak in peaks:
        numbers = measured(t, v, t[peak])
        assert numbers.keys() == by_numpy(t, v, peak).keys()
        for name, value in by_numpy(t, v, peak).items():
            assert numbers[name] == pytest.approx(value, rel=1e-9), name


def test_efel_finds_the_same_spikes_and_numbers_within_its_sampling(trace):
    dt, t, v = trace
    efel.reset()
    for name, value in {
        "interp_step": dt,
        "DerivativeThreshold": 10.0,
        "rise_start_perc": 0.1,
        "rise_end_perc": 0.9,
    }.items():
        efel.set_setting(name, value)
    (features,) = efel.get_feature_values([{"T": t, "V": v, "stim_start": [5], "stim_end": [95]}], FEATURES)
    assert len(features["peak_time"]) > 4
    for row in zip(*(features[name] for name in FEATURES), strict=True):
        peak_time, peak, begin_time, begin, amplitude, half_width, rise_time = row
        numbers = measured(t, v, peak_time)
        assert numbers["peak"] == pytest.approx((peak_time, peak), abs=1e-6)
        # eFEL names samples: its threshold is the first one that is steep enough.
        at, threshold = numbers["threshold"]
        assert begin_time - dt <= at + 1e-9 and at <= begin_time + 1e-9
        step = np.interp(begin_time + dt, t, v) - np.interp(begin_time - dt, t, v)
        assert 0 <= begin - threshold <= step
        assert numbers["amplitude"] - amplitude == pytest.approx(begin - threshold, abs=1e-6)
        assert numbers["half_width"] == pytest.approx(half_width, abs=1.5 * dt)
        assert numbers["rise_time"] == pytest.approx(rise_time, abs=1.5 * dt)


def test_units_scale_the_numbers_and_other_quantities_have_none(trace):
    _, t, v = trace
    here = measured(t, v, 50)
    scaled = measured(1e-3 * t, 1e-3 * v, 0.05, "s", "V")
    for name in ("amplitude", "half_width", "rise_time"):
        assert scaled[name] == pytest.approx(1e-3 * here[name], rel=1e-9)
    assert measured(t, v, 50, "ms", "nA") is None


def test_a_spike_cut_by_the_end_of_the_samples_has_no_wrong_number(trace):
    dt, t, v = trace
    whole = measured(t, v, 50)
    peak = int(np.argmin(abs(t - whole["peak"][0])))
    only_rise = measured(t[: peak + 2], v[: peak + 2], whole["peak"][0])
    assert only_rise["half_width"] is None
    assert only_rise["rise_time"] == pytest.approx(whole["rise_time"], rel=1e-9)
    within = peak - round(0.3 / dt)
    no_start = measured(t[within:], v[within:], whole["peak"][0])
    assert no_start["peak"] == whole["peak"]
    assert [no_start[name] for name in ("threshold", "amplitude", "half_width", "rise_time")] == [None] * 4
