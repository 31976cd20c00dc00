"""Files to documents: readers, cleaning, layout, metadata, passages."""
