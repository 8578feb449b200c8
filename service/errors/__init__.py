"""What the caller can act upon: one stable code each; status and sentences of all stand in one table."""

from __future__ import annotations

from service.errors.explanation import EXPLAINED, Explanation
from service.errors.problem import Problem
from service.errors.service_error import ServiceError

__all__ = ["EXPLAINED", "Explanation", "Problem", "ServiceError"]
