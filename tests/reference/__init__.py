"""An independent day-by-day reference of the measurement, written from the rule catalogue."""

from .measurement import measure

__all__ = ["measure"]
