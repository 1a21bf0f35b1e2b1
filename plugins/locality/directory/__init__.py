"""Who is here: residents who want to be found, shops, groups and places, in lists and on a map."""
