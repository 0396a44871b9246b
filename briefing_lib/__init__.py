"""Threats that somebody made and what came of them, from source documents to a briefing."""
