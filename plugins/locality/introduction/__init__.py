"""The local alliance introduces itself: charter, people, history, partners, papers, a page."""
