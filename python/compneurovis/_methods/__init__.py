"""What the generated records can do besides holding their attributes: one mixin module per topic."""
