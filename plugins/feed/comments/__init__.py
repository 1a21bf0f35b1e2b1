"""What readers do with posts: comments, quiet reactions, keeping for later."""
