"""Letters to other nodes and from them: kept in tables, sent and handled beside the website."""
