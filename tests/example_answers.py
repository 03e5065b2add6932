"""Answers of every kind, made up for the tests of what they are rendered as."""

from __future__ import annotations

import datetime

from bot.answer import Answer, Choice
from knowledge.prose import Bullets, Span, Table, bullets, paragraph
from tests.example_sources import CBP, KCS, UNDATED

DAY = datetime.date(2023, 4, 30)
DATED = "As of April 2023, the newest statement on record."
ARRANGED = Table(
    ("Partner", "Signed", "Program"),
    (
        ("Guatemala", "17 April 2023", "Authorized Economic Operator (OEA)"),
        ("Colombia", "17 April 2023", "Authorized Economic Operator (OEA)"),
    ),
)

ANSWERS: dict[str, Answer] = {
    "detail": Answer(
        topic="detail",
        headline="Yes: the U.S. has an arrangement with Korea, signed on 25 June 2010.",
        as_of=DAY,
        partners=("KR",),
        verdict="yes",
        verdicts={"KR": "yes"},
        fields=(
            ("Program", "AEO"),
            ("Agency", "Korea Customs Service"),
            ("How it is claimed", "The importer enters the MID of the exporter. " * 3),
            ("In operation", ""),
        ),
        body=(
            paragraph("Members of both programs are recognized."),
            Bullets(
                (
                    (Span("Claimed with the "), Span("MID", bold=True), Span(" on the entry")),
                    (Span("See "), Span("the guide", link="https://cbp.example/guide?x=1&y=2")),
                    (Span("https://cbp.example", link="https://cbp.example"),),
                )
            ),
        ),
        note="Two sources disagree on the day it went into operation.",
        citations=(CBP, KCS, UNDATED),
        dated="As of April 2023, the newest statement on record.",
        next_steps=(
            Choice("How is it claimed?", "how do I claim korea"),
            Choice("Who else?", "list"),
        ),
    ),
    "asks back": Answer(
        topic="ambiguous",
        headline='Which one do you mean by "*austrlia* <!channel>"?',
        as_of=DAY,
        choices=(Choice("Australia", "australia"), Choice("Austria & more", "austria")),
    ),
    "pasted list": Answer(
        topic="status",
        headline="2 of the 3 are covered.",
        as_of=DAY,
        partners=("KR", "LA", "EU"),
        via={"DE": "EU"},
        verdicts={"KR": "yes", "LA": "no", "EU": "yes"},
        body=(
            Table(
                ("As typed", "Covered", "By"),
                (
                    ("korea", "yes", "Korea"),
                    ("Laos", "no", ""),
                    ("ドイツ", "yes", "the EU"),
                ),
            ),
        ),
        citations=(CBP,),
    ),
    "wide table": Answer(
        topic="compare",
        headline="Both are covered.",
        as_of=DAY,
        selected=("KR", "JP"),
        body=(
            Table(
                ("Partner", "Program", "Agency"),
                (("Korea", "A" * 60, "B" * 60), ("Japan", "C" * 60, "")),
            ),
        ),
    ),
    "bare": Answer(topic="off_topic", headline="I only know trusted-trader programs.", as_of=DAY),
    "status yes": Answer(
        topic="status",
        headline="Yes: Korea has a mutual recognition arrangement with the U.S.",
        as_of=DAY,
        partners=("KR",),
        verdict="yes",
        verdicts={"KR": "yes"},
        fields=(
            ("Program", "Authorized Economic Operator Program (AEO)"),
            ("Run by", "Korea Customs Service (KCS)"),
            ("Signed", "June 2010"),
            ("Scope", "AEO-certified exporters."),
        ),
        note="Whether it is in operation is not sourced.",
        citations=(CBP,),
        dated=DATED,
        next_steps=(
            Choice("When signed", "When was the arrangement with Korea signed?"),
            Choice("How to claim it", "How is the Korea arrangement claimed on the entry?"),
            Choice("Compare with Japan", "Compare Korea and Japan"),
            Choice("Show all", "List all arrangements"),
        ),
    ),
    "status no": Answer(
        topic="status",
        headline="No: no arrangement with Kenya is on record, as of April 2023.",
        as_of=DAY,
        partners=("KE",),
        verdict="no",
        verdicts={"KE": "no"},
        citations=(CBP,),
        dated=DATED,
    ),
    "signed date": Answer(
        topic="signed_date",
        headline="Israel: signed on 27 June 2014.",
        as_of=DAY,
        partners=("IL",),
        fields=(("Where", "Brussels"), ("For the U.S.", "the Commissioner of CBP")),
        citations=(CBP,),
        dated=DATED,
    ),
    "program": Answer(
        topic="program",
        headline="Canada's program is Partners in Protection (PIP).",
        as_of=DAY,
        partners=("CA",),
        fields=(("In French", "Partenaires en protection"), ("Run by", "CBSA")),
        citations=(CBP,),
        dated=DATED,
    ),
    "agency": Answer(
        topic="agency",
        headline="Jordan Customs runs the Golden List Program.",
        as_of=DAY,
        partners=("JO",),
        citations=(CBP,),
    ),
    "claim": Answer(
        topic="claim",
        headline="On the entry, through the MID of the exporter.",
        as_of=DAY,
        partners=("KR",),
        body=(
            Bullets(
                (
                    (Span("Ask the supplier for its "), Span("certificate", bold=True)),
                    (Span("Enter the code with the MID"),),
                ),
                ordered=True,
            ),
        ),
        citations=(CBP, KCS),
        dated=DATED,
    ),
    "benefits": Answer(
        topic="benefits",
        headline="Fewer examinations, and validations that are not repeated.",
        as_of=DAY,
        body=(bullets(("A lower risk score.", "Front of the line.")),),
        citations=(CBP,),
        dated="Page reviewed on 24 November 2026.",
    ),
    "eligibility": Answer(
        topic="eligibility",
        headline="European Union: AEOs whose authorization covers security.",
        as_of=DAY,
        partners=("EU",),
        citations=(CBP,),
        dated=DATED,
    ),
    "list": Answer(
        topic="list",
        headline="Two (2) arrangements signed since 2022: Guatemala and Colombia.",
        as_of=DAY,
        selected=("GT", "CO"),
        body=(ARRANGED,),
        citations=(CBP,),
        dated=DATED,
        next_steps=(Choice("Show all", "List all arrangements"),),
    ),
    "count": Answer(
        topic="count",
        headline="Two (2) arrangements are on record, as of April 2023.",
        as_of=DAY,
        selected=("GT", "CO"),
        body=(ARRANGED,),
        citations=(CBP,),
        dated=DATED,
    ),
    "order": Answer(
        topic="order",
        headline="Latest: Guatemala and Colombia, signed on 17 April 2023.",
        as_of=DAY,
        selected=("GT", "CO"),
        body=(ARRANGED,),
        citations=(CBP,),
        dated=DATED,
    ),
    "compare": Answer(
        topic="compare",
        headline="Japan and Korea side by side, as of April 2023.",
        as_of=DAY,
        partners=("JP", "KR"),
        selected=("JP", "KR"),
        verdicts={"JP": "yes", "KR": "yes"},
        body=(
            paragraph("In the order signed: Japan June 2009 and Korea June 2010."),
            Table(
                ("", "Japan", "Korea"),
                (
                    ("Signed", "June 2009", "June 2010"),
                    ("Run by", "Customs and Tariff Bureau", "Korea Customs Service (KCS)"),
                ),
            ),
        ),
        citations=(CBP, KCS),
        dated=DATED,
    ),
    "pair": Answer(
        topic="pair",
        headline="Yes: Korea and Japan have a mutual recognition arrangement, signed in May 2011.",
        as_of=DAY,
        partners=("KR", "JP"),
        verdict="yes",
        note="The table of pairs is partial: a missing pair proves nothing.",
        citations=(KCS,),
        dated="As of July 2026, the newest statement on record.",
    ),
    "definition": Answer(
        topic="definition",
        headline="An AEO (authorized economic operator) is a company that customs has approved.",
        as_of=DAY,
        body=(
            paragraph("A status given by one member state is valid in all of them."),
            bullets(("OEA is the same term in Spanish.",)),
        ),
        citations=(UNDATED,),
        dated="Page reviewed on 24 November 2026.",
    ),
    "process": Answer(
        topic="process",
        headline="In four phases, from comparing the programs to operation.",
        as_of=DAY,
        body=(Bullets(((Span("Compare"),), (Span("Validate together"),)), ordered=True),),
        citations=(CBP,),
    ),
    "wco safe": Answer(
        topic="wco_safe",
        headline="The SAFE Framework is the WCO's standard for securing trade.",
        as_of=DAY,
        citations=(UNDATED,),
    ),
    "taiwan note": Answer(
        topic="taiwan_note",
        headline="AIT and TECRO signed it, since the U.S. has no diplomatic relations with Taiwan.",
        as_of=DAY,
        partners=("TW",),
        citations=(CBP,),
    ),
    "feedback": Answer(
        topic="feedback", headline="Write to CBP's trade office.", as_of=DAY, citations=(CBP,)
    ),
    "help": Answer(
        topic="help",
        headline="Ask about mutual recognition between CTPAT and other programs.",
        as_of=DAY,
        body=(
            paragraph("In a channel mention the bot, then ask on in the thread; or type /mra."),
            bullets(("Is there one: Do we have an arrangement with Korea?",)),
        ),
        next_steps=(Choice("Is there one", "Do we have an arrangement with Korea?"),),
    ),
    "smalltalk": Answer(topic="smalltalk", headline="You're welcome.", as_of=DAY),
}
