"""Two nodes in two processes, in bad weather: killed, cut off, with wrong clocks; then it is calm.

``stage`` makes the nodes, ``nursery`` starts and kills their processes, ``process`` is one of them,
``people`` are those who work with it, ``money`` is what they do with money, ``stewards`` pause the
other node and renew keys, ``weather`` lies between the two, ``storm`` lets it all happen, and
``proof`` looks at both books afterwards.
"""
