"""The fund's books as a file that anybody can check without us."""
