"""The analyst's desk: decide on cases, start a collection or a notebook, see the last runs, share a briefing."""
