"""Cells read as values: amounts, days, lists, places."""
