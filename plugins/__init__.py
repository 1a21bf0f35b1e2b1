"""The plugins that ship with Wizzle, one folder each with everything of its own."""
