"""Codes made into sentences, in Korean and English; no other room holds text for the reader."""
