"""The wire: who of us is known on other nodes, and what of theirs comes to us.

It stands on the core's questions to the federation, and does nothing where that is switched off.
"""
