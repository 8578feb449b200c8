"""Files that come in and go out: columns, importers and exporters."""
