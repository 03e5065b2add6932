"""The methods of the Web API, by family."""

from collections.abc import Mapping

from bot.playground.methods import apps, assistants, chat, conversations, files, views
from bot.playground.methods.call import Method

METHODS: Mapping[str, Method] = {
    **apps.METHODS,
    **assistants.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **views.METHODS,
}
