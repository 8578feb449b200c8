"""The one score of a pair, the order of a list by it, and the chance that it stands for."""
