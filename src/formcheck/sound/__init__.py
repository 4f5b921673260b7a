"""What a person hears: tones and, if asked for, a voice. Importing it loads nothing heavy."""
