"""The timeline: what is new of what somebody follows, in the order of time, with its reason."""
