"""People drawn with known joints: bodies, motion, pictures and the truth beside them."""
