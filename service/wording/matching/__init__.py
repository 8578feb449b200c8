"""Matches in words: blocks, reasons, flags, known pairs and the paragraph made of them."""
