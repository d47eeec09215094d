"""The Textual app: what people read in. It holds no logic that another face would need too."""
