"""Public life in documents: plain values in, JSON out."""
