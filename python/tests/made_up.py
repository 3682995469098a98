"""Made-up texts with planted copies."""

import random


def prose(count, seed, words=60):
    """Texts of a made-up language, about a third of them copies with edits."""
    rng = random.Random(seed)
    parts = ["".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(3)) for _ in range(3000)]
    known, texts = [], []
    for _ in range(count):
        own = [rng.choice(parts) for _ in range(words + rng.randrange(40))]
        if known and rng.random() < 0.34:
            own = list(rng.choice(known))
            for _ in range(rng.choice([0, 0, 1, 1, 2, 3, 6])):
                own[rng.randrange(len(own))] = rng.choice(parts)
        known.append(own)
        sentences = [own[at : at + 12] for at in range(0, len(own), 12)]
        texts.append(" ".join(" ".join(s).capitalize() + "." for s in sentences))
    return texts


UGLY = ["", "...", "The ship sailed.", "the SHIP sailed", "The. Ship. Sailed.", "été 北京 \U0001f600", "a\0b", "x" * 70000]


def near(count, seed):
    """Texts that are edits of edits: each resembles those that it comes from, and less what these come from."""
    rng = random.Random(seed)
    known, texts = [], []
    for number in range(count):
        if known and rng.random() < 0.8:
            own = list(rng.choice(known[-8:]))
            for _ in range(rng.randrange(1, 4)):
                own[rng.randrange(len(own))] = f"w{rng.randrange(1 << 20)}"
        else:
            own = [f"w{rng.randrange(1 << 20)}" for _ in range(30)]
        known.append(own)
        texts.append(" ".join(own))
    return texts


def crowd(count, seed):
    """One template with other numbers: all stand in the same buckets."""
    rng = random.Random(seed)
    frame = prose(1, seed, 80)[0]
    return [f"{frame} Number {rng.randrange(1 << 40)} of {number}." for number in range(count)]
