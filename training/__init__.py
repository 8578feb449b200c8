"""From a snapshot to a published artifact."""
