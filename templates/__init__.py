"""The templates of the built-in kinds, and the scripts that made them."""
