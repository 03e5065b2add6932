"""What `slack run` starts: the Slack app, by Socket Mode."""

from bot.cli import main

if __name__ == "__main__":
    raise SystemExit(main(["slack", "--socket"]))
