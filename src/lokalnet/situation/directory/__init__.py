"""Whom to ring, and who watches tonight."""
