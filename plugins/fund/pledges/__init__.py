"""Raising money together for one thing, all or nothing (함께 모으기): pledges that can be taken
back, rewards that are sales, and match funds that double what people give."""
