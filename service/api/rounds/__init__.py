"""Selection rounds, over HTTP."""
