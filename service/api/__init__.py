"""The public API: one module per resource, views that only hand over."""
