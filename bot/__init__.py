"""How it talks: matching, conversation, wording, rendering, Slack and the command line."""
