"""The views of a comparison as pages of entries. Pure values and functions; widgets paint them."""
