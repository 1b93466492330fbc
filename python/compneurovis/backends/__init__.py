"""Sessions that drive simulators."""
