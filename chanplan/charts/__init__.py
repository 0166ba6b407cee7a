"""Figures from result frames; this room knows Plotly and never asks for data."""
