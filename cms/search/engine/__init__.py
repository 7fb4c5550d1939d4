"""The search engine: Whoosh's files, read once into arrays. It knows no Django model."""
