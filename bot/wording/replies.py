"""Replies that assert nothing about any partner: help, thanks, asking back, declining."""

from __future__ import annotations

from bot.answer import Answer, Choice
from bot.question import Question
from bot.wording.common import as_of, dated, day_of, number, said
from bot.wording.pages import page_answer
from knowledge.model import Knowledge
from knowledge.prose import bullets, paragraph


def help_(question: Question, knowledge: Knowledge) -> Answer:
    """What can be asked, with an example of each kind."""
    day = day_of(question, knowledge)
    held = knowledge.held_on(day)
    intents = [i for i in knowledge.intents.values() if i.example and i.topic != "help"]
    lines = tuple(f"{i.title}: {i.example}" for i in intents)
    return Answer(
        topic="help",
        headline=(
            "Ask about mutual recognition between CTPAT and the trusted-trader programs of "
            f"other customs administrations: {number(len(held))} arrangements, "
            f"{as_of(question, knowledge)}."
        ),
        as_of=day,
        body=(
            paragraph(
                "In a channel mention the bot, then ask on in the thread; or type /mra. "
                "A pasted list of countries is one question."
            ),
            bullets(lines),
        ),
        dated=dated(question, knowledge),
        next_steps=tuple(Choice(i.example, i.example) for i in intents[:4]),
    )


def smalltalk(question: Question, knowledge: Knowledge) -> Answer:
    return Answer(
        topic="smalltalk",
        headline=(
            "Hello. Ask me about any country's arrangement with CTPAT."
            if question.reason == "hello"
            else "Take your time: ask on whenever you like."
            if question.reason == "talk"
            else "I only answer when I am asked, so there is nothing to stop."
            if question.reason == "stop"
            else "You're welcome."
        ),
        as_of=day_of(question, knowledge),
    )


def feedback(question: Question, knowledge: Knowledge) -> Answer:
    """Where suggestions to CBP go."""
    from_page = knowledge.pages["feedback"]
    return page_answer(from_page, question, knowledge)


def off_topic(question: Question, knowledge: Knowledge) -> Answer:
    return Answer(
        topic="off_topic",
        headline=(
            "That is outside what I know. I answer questions about mutual recognition between "
            "CTPAT and other customs administrations' trusted-trader programs."
        ),
        as_of=day_of(question, knowledge),
        body=(paragraph('Type "help" to see what can be asked.'),),
    )


def ambiguous(question: Question, knowledge: Knowledge) -> Answer:
    """Ask which was meant, with the readings as choices."""
    choices = tuple(Choice(label, say) for label, say in question.choices)
    if question.reason == "which time":
        text = "Since when, exactly?"
    elif choices:
        text = f"Which do you mean: {said([c.label for c in choices]).replace(' and ', ' or ')}?"
    elif question.reason == "who":
        text = "Which country or program do you mean?"
    elif question.reason == "stranger":
        name = question.unknown[0]
        text = f'I do not know {name}. Name a country or a program, or type "help".'
    else:
        text = 'I am not sure what you are asking. Name a country, or type "help".'
    return Answer(
        topic="ambiguous",
        headline=text,
        as_of=day_of(question, knowledge),
        partners=question.partners,
        choices=choices,
    )
