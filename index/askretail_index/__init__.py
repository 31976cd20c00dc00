"""Documents to a library: SQLite, vectors, FAISS."""
