"""Writes the synthetic reasoning problems that the demo pair is trained and tested on.

Three domains, after the three that MentorCollab is evaluated on (math, general knowledge,
commonsense): multi-step arithmetic stories, multi-hop facts, and orderings. Every problem
carries a worked solution whose last sentence is "The answer is X."

A seed stands for a sequence of problems: which random numbers are drawn, and in which order,
must never change, or the shipped models could not be told apart from what they were tested on.

    python problems.py --count 12 --seed 9     look at some problems
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from dataclasses import dataclass

from facts import ANIMALS, COUNTRIES, ELEMENTS


@dataclass(frozen=True)
class Problem:
    """A question with its worked solution."""

    domain: str
    """math, commonsense or knowledge."""
    question: str
    steps: tuple[str, ...]
    """Sentences of the worked solution, the closing one left out."""
    answer: str

    @property
    def solution(self) -> str:
        """The worked solution, ending with the answer."""
        return " ".join((*self.steps, f"The answer is {self.answer}."))


NAMES = (
    "Ada Ben Cara Dan Ella Finn Gina Hugo Iris Jack Kira Leo Mia Noah Olga Paul Quinn Rosa Sam Tara "
    "Uma Victor Wendy Yara Zoe Amir Bella Carlos Diana Emil Fatima George"
).split()
SHE = frozenset("Ada Cara Ella Gina Iris Kira Mia Olga Rosa Tara Uma Wendy Yara Zoe Bella Diana Fatima".split())
ITEMS = (
    "apples pears books coins cards shells stickers marbles pencils stamps buttons cookies eggs flowers "
    "tickets bottles boxes toys beads balls"
).split()
LARGEST = 200
"""Where a story's total stops growing, give or take a few."""
PARTS = (2, 3, 4, 5)
"""The numbers of equal groups that a story can split things into."""


@dataclass
class _Telling:
    """A story while it is being told."""

    name: str
    friend: str
    item: str
    total: int

    def __post_init__(self) -> None:
        self.pronoun = "She" if self.name in SHE else "He"
        self.told = [f"{self.name} has {self.total} {self.item}."]
        self.steps = [f"{self.name} starts with {self.total} {self.item}."]

    def tell(self, sentence: str, step: str, total: int) -> None:
        """Adds what happens, its worked step and the total after it."""
        self.told.append(sentence)
        self.steps.append(step)
        self.total = total


def _add(rng: random.Random, story: _Telling) -> None:
    he, total = story.pronoun, story.total
    n = rng.randint(2, min(70, max(2, LARGEST - total)))
    sentence = rng.choice(
        (f"{he} buys {n} more.", f"{story.friend} gives {story.name} {n} more.", f"Then {he.lower()} finds {n} more.")
    )
    story.tell(sentence, f"{he} gets {n} more, so {total} + {n} = {total + n}.", total + n)


def _subtract(rng: random.Random, story: _Telling) -> None:
    he, total = story.pronoun, story.total
    n = rng.randint(1, max(1, total - 1))
    sentence = rng.choice(
        (f"{he} gives {n} to {story.friend}.", f"{he} loses {n} of them.", f"Then {he.lower()} sells {n}.")
    )
    story.tell(sentence, f"{he} has {n} fewer, so {total} - {n} = {total - n}.", total - n)


def _multiply(rng: random.Random, story: _Telling) -> None:
    total = story.total
    k, word = rng.choice([(k, word) for k, word in ((2, "doubles"), (3, "triples")) if total * k <= LARGEST])
    sentence = f"Then {story.pronoun.lower()} {word} the number of {story.item}."
    story.tell(sentence, f"The number {word}, so {total} * {k} = {total * k}.", total * k)


def _share(rng: random.Random, story: _Telling) -> None:
    total = story.total
    k = rng.choice([k for k in PARTS if total % k == 0 and total // k >= 2])
    sentence = f"{story.pronoun} splits them into {k} equal groups and keeps one group."
    story.tell(sentence, f"One of {k} equal groups is kept, so {total} / {k} = {total // k}.", total // k)


def _buy_packs(rng: random.Random, story: _Telling) -> None:
    total = story.total
    packs, size = rng.randint(2, 9), rng.randint(2, 9)
    bought = packs * size
    if total + bought > LARGEST:
        return
    sentence = f"{story.pronoun} buys {packs} packs with {size} {story.item} in each pack."
    step = f"The packs hold {packs} * {size} = {bought}, so {total} + {bought} = {total + bought}."
    story.tell(sentence, step, total + bought)


def _give_each(rng: random.Random, story: _Telling) -> None:
    total = story.total
    friends, size = rng.randint(2, 6), rng.randint(1, 6)
    given = friends * size
    if given >= total:
        return
    sentence = f"{story.pronoun} gives {size} {story.item} to each of {friends} friends."
    step = f"The friends get {friends} * {size} = {given}, so {total} - {given} = {total - given}."
    story.tell(sentence, step, total - given)


def _story(rng: random.Random) -> Problem:
    """An arithmetic story of up to four changes; a change that would leave the range 1 to LARGEST is skipped."""
    name, friend = rng.sample(NAMES, 2)
    item = rng.choice(ITEMS)
    story = _Telling(name, friend, item, rng.randint(3, 60))
    for _ in range(rng.choice((2, 2, 3, 3, 4))):
        changes = [_add, _add, _subtract]
        if story.total * 2 <= LARGEST:
            changes.append(_multiply)
        if any(story.total % k == 0 and story.total // k >= 2 for k in PARTS):
            changes.append(_share)
        changes += [_buy_packs, _give_each]
        rng.choice(changes)(rng, story)
    ask = rng.choice((f"How many {item} does {name} have now?", f"How many {item} are left with {name}?"))
    return Problem("math", " ".join((*story.told, ask)), tuple(story.steps), str(story.total))


SCALES = (
    ("taller", "tallest", "shortest"),
    ("older", "oldest", "youngest"),
    ("faster", "fastest", "slowest"),
    ("heavier", "heaviest", "lightest"),
    ("richer", "richest", "poorest"),
)
"""(more, most, least)"""


def _ordering(rng: random.Random) -> Problem:
    """Three to five people of whom each is more than the next, told in any order."""
    more, most, least = rng.choice(SCALES)
    people = rng.sample(NAMES, rng.choice((3, 4, 4, 5)))
    facts = [f"{a} is {more} than {b}." for a, b in zip(people, people[1:])]
    told = rng.sample(facts, len(facts))
    asked, place, answer = {
        "most": (most, "first", people[0]),
        "least": (least, "last", people[-1]),
        "second": (f"second {most}", "second", people[1]),
    }[rng.choice(("most", "least", "second"))]
    steps = (f"From {most} to {least} the order is {', '.join(people)}.", f"The {place} is {answer}.")
    return Problem("commonsense", " ".join((*told, f"Who is the {asked}?")), steps, answer)


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _fact(question: str, *steps: str, answer: str) -> Problem:
    return Problem("knowledge", question, steps, answer)


def _place(rng: random.Random, kind: str, place: tuple[str, str, str]) -> Problem:
    """A question about countries; `kind` is capital, country, continent, city or same."""
    country, capital, continent = place
    inside = f"{country} is in {continent}."
    if kind == "capital":
        return _fact(f"What is the capital of {country}?", inside, f"Its capital is {capital}.", answer=capital)
    if kind == "country":
        located = f"{capital} is a city in {continent}."
        question = f"Which country has the capital {capital}?"
        return _fact(question, located, f"It is the capital of {country}.", answer=country)
    if kind == "continent":
        named = f"The capital of {country} is {capital}."
        return _fact(f"On which continent is {country}?", named, inside, answer=continent)
    if kind == "city":
        named = f"{capital} is the capital of {country}."
        return _fact(f"On which continent is the city of {capital}?", named, inside, answer=continent)
    # One number is drawn for every other country, not one for them all: about half of the world remains.
    remaining = [c for c in COUNTRIES if c[0] != country and (c[2] == continent) == (rng.random() < 0.5)]
    other, city, where = rng.choice(remaining or COUNTRIES)
    return _fact(
        f"Are {capital} and {city} on the same continent?",
        f"{capital} is the capital of {country}, which is in {continent}.",
        f"{city} is the capital of {other}, which is in {where}.",
        answer="yes" if continent == where else "no",
    )


def _element(rng: random.Random, kind: str, chosen: tuple[int, str, str]) -> Problem:
    """A question about chemical elements; `kind` is symbol, number or compare."""
    number, symbol, element = chosen
    numbered = f"{element.capitalize()} is element number {number}."
    if kind == "symbol":
        question = f"What is the chemical symbol of {element}?"
        return _fact(question, numbered, f"Its symbol is {symbol}.", answer=symbol)
    if kind == "number":
        question = f"What is the atomic number of {element}?"
        steps = (f"The symbol of {element} is {symbol}.", f"{symbol} is element number {number}.")
        return _fact(question, *steps, answer=str(number))
    other_number, _, other = rng.choice([e for e in ELEMENTS if e[0] != number])
    return _fact(
        f"Which has the larger atomic number, {element} or {other}?",
        numbered,
        f"{other.capitalize()} is element number {other_number}.",
        f"{max(number, other_number)} is larger than {min(number, other_number)}.",
        answer=element if number > other_number else other,
    )


def _animal(rng: random.Random, kind: str, chosen: tuple[str, str, int]) -> Problem:
    """A question about animals; `kind` is animal or legs."""
    animal, family, legs = chosen
    a = _article(animal)
    if kind == "animal":
        steps = (f"{a.capitalize()} has {legs} legs.", f"{a.capitalize()} is {_article(family)}.")
        return _fact(f"What kind of animal is {a}?", *steps, answer=family)
    count = rng.randint(2, 9)
    return _fact(
        f"How many legs do {count} {animal}s have together?",
        f"{a.capitalize()} is {_article(family)} with {legs} legs.",
        f"Together {count} * {legs} = {count * legs}.",
        answer=str(count * legs),
    )


_PLACES = ("capital", "country", "continent", "city", "same")
_CHEMISTRY = ("symbol", "number", "compare")


def _knowledge(rng: random.Random) -> Problem:
    """A question of the closed world of facts."""
    kind = rng.choice((*_PLACES, *_CHEMISTRY, "animal", "legs"))
    place = rng.choice(COUNTRIES)  # drawn for every kind: it is part of the stream
    if kind in _PLACES:
        return _place(rng, kind, place)
    element = rng.choice(ELEMENTS)
    if kind in _CHEMISTRY:
        return _element(rng, kind, element)
    return _animal(rng, kind, rng.choice(ANIMALS))


MAKERS: dict[str, Callable[[random.Random], Problem]] = {
    "math": _story,
    "commonsense": _ordering,
    "knowledge": _knowledge,
}


def make(rng: random.Random, domain: str | None = None) -> Problem:
    """One problem of `domain`, or of a domain drawn with weights 5 (math) : 2 (commonsense) : 3 (knowledge)."""
    if domain is None:
        domain = rng.choices(("math", "commonsense", "knowledge"), (5, 2, 3))[0]
    return MAKERS[domain](rng)


def main() -> None:
    """Prints some problems with their solutions."""
    parser = argparse.ArgumentParser(description="Prints problems with their worked solutions.")
    parser.add_argument("--count", type=int, default=12, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default: %(default)s)")
    parser.add_argument("--domain", choices=MAKERS, help="only these (default: a mixture)")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    for _ in range(options.count):
        problem = make(rng, options.domain)
        print(f"{problem.domain} | {problem.question}\n    {problem.solution}")


if __name__ == "__main__":
    main()
