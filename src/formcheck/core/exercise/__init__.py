"""What an exercise is made of, and the rules exercises share."""
