"""Pure rules of the introduction: charters by day, blocks of the page, files and links."""
