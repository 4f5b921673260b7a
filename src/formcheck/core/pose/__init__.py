"""One picture of a person: landmarks, where they may be trusted, the view, the legs named right."""
