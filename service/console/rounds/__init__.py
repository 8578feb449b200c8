"""Selection rounds: set up, shown program by program, compared with what might be, scored by evaluators."""
