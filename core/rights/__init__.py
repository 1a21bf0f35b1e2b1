"""What the law gives people about their data: consent, requests, keeping and destroying, breaches.

Personal Information Protection Act (PIPA) articles 15, 21, 22, 34 to 38; E-Commerce Act, decree
article 6; Protection of Communications Secrets Act, decree article 41.
"""
