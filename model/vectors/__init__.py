"""Profiles as vectors, block by block, fitted on a corpus of both sides."""

from __future__ import annotations

from model.vectors.sides import Csr, OwnPast, OwnPasts, ProgramVectors, StartupVectors, Vectors, joined

__all__ = ["Csr", "OwnPast", "OwnPasts", "ProgramVectors", "StartupVectors", "Vectors", "joined"]
