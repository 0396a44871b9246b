"""Files as they came → documents and passages."""
