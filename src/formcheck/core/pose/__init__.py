"""One picture of a person: landmarks, which of them to believe, the view, which leg is which."""
