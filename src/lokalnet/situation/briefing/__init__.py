"""The week's briefing ("Ugeoverblik"): counted, drafted by itself, written in, approved and frozen, and met about."""
