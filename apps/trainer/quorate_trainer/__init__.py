"""Trains Quorate's embedded model and gives any causal language model a GrACE confidence token."""
