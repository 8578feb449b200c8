"""The public contract: what is accepted and returned, in the names of the snapshot's format."""
