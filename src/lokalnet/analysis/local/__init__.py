"""Cells and their neighbours: which stand out (Gi*, local Moran), with control of false discoveries."""
