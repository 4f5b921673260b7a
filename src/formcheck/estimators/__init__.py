"""What turns a picture into a `Pose`. Importing this package loads none of the heavy ones."""
