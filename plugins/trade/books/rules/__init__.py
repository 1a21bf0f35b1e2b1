"""How money between nodes is computed, checked and stated: pure arithmetic on both sides alike."""
