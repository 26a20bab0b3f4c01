"""Area assessment: what each organisation sees in an area in a quarter, side by side, so that disagreement stays."""
