"""Bilingual text made comparable: one normal form, one bag of terms, one stem a word."""
