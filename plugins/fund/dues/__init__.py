"""Members of the fund: what they give regularly, and the capital that stays theirs."""
