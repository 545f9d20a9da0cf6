"""The pages, and the script that makes the picture on them."""
