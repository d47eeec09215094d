"""A stored story understood: what needs several rooms at once."""
