"""What an evaluation found, for people: tables on a terminal and a model card in Korean and English."""

from training.report.card import Identity, card
from training.report.tables import tables

__all__ = ["Identity", "card", "tables"]
