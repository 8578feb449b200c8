"""Applications: what firms handed in, the desk for requirements, lists from outside, what came after the selection."""
