"""Activities: what organisations do, told with pictures, and what residents ask about it."""
