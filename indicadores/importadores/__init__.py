"""Readers of official files: pure transformation, no database, no printing."""
