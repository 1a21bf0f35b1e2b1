"""Pure rules of the directory: what a boundary may be, how it is drawn, and what people need."""
