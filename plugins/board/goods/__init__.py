"""Public-interest goods: a share of each sale that a seller gives to a campaign."""
