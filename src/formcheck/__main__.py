"""`python -m formcheck`: the command, where its script is not on the path."""

from formcheck.cli.main import run

if __name__ == "__main__":
    run()
