"""Writes a folder of texts that try to break reports: hostile passages twice each, behind emoji and
combining marks on the same line, in files with names that need escaping.

    python3 hostile_texts.py FOLDER
"""

import json
import os
import random
import sys

# What stands in the midst of a passage.
HOSTILE = [
    "<script>window.__ran = 1</script>", "</script><script>window.__ran = 2</script>",
    "<img src=x onerror=\"window.__ran = 3\">", "</textarea><svg onload='window.__ran = 4'>",
    "<!-- --> --!> <!-- <script> ]]> <![CDATA[ ", "</title></style></details></table></body></html>",
    "\" onmouseover=\"window.__ran = 5\" '", "javascript:alert(1) {{7*7}} ${7*7} {0} {x}",
    "&lt;b&gt; &amp; &#0; &#x1f600; %25 %0A ::error::x 100% a,b:c",
    "[link](1) [other](https://example.invalid) \\[ \\] \\\\ ` `` | || _x_ *y* @name #1",
    "\x1b[31mred\x1b[0m \x07\x08 \x7f \x9b31m \x00", "\u202eright to left\u202c \u2066x\u2069",
    "\u2028 and \u2029 and \ufeff and \ufffe and \uffff and \u0085",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301\u0323 \U0001d54f \U00020bb7 \u1e9e",
]

# What stands in front of the second place: 3 code points of 4 UTF-16 units and 7 bytes, and more.
FRONTS = ["", "e\u0301\U0001f600. ", "\U0001f468\u200d\U0001f469\u200d\U0001f467! ", "Zwölf \u0301\u0301x. ", "\t\u3000. "]

NAMES = [
    "plain.txt", "a b, c: d 100%.txt", "<b>\"q\" & 'r'.txt", "na\u00efve \u65e5\u672c\u8a9e \U0001f600.txt",
    "[link](1) {0} `tick` | bar.txt", "back\\slash%20.txt", "-dash.txt", "deep/er/#hash?.txt",
    "new\nline.txt", "crlf.txt", "bom.txt", "page.md",
]


def main(folder):
    draw = random.Random(7)
    words = ["".join(draw.choice("bdfgklmnprst") + draw.choice("aeiou") for _ in range(draw.randint(2, 4)))
             for _ in range(4000)]

    def prose(count):
        text = ""
        for at in range(count):
            word = draw.choice(words)
            text += word.capitalize() if at % 13 == 0 else word
            text += ". " if at % 13 == 12 else " "
        return text.strip() + "."

    passages = []
    for token in HOSTILE:
        passages.append(f"{prose(20)[:-1]} {token} {prose(20)}")
    # Those that were edited.
    passages += [p.replace(p.split()[30], "changed", 1) for p in passages[:6]]
    texts = {name: [] for name in NAMES}
    for number, passage in enumerate(passages):
        for place in range(2 + number % 3):
            name = NAMES[(number * 5 + place * 7) % len(NAMES)]
            front = FRONTS[(number + place) % len(FRONTS)] if place else ""
            texts[name] += [prose(30), front + passage]
    # One paragraph over several lines, each with odd characters.
    lines = [f"{FRONTS[i % 4]}{prose(9)}" for i in range(5)]
    for name in ("plain.txt", "crlf.txt", "bom.txt"):
        texts[name] += [prose(30), "\n".join(lines)]
    for name, blocks in texts.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        text = "\n\n".join(blocks + [prose(20)]) + "\n"
        if name == "crlf.txt":
            text = text.replace("\n", "\r\n")
        if name == "bom.txt":
            text = "\ufeff" + text
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    with open(os.path.join(folder, "records.jsonl"), "w", encoding="utf-8") as file:
        for number, passage in enumerate(passages[:6]):
            record = {"id": f"<b>{number}</b> [x](1)", "text": prose(15) + "\n\n" + passage}
            file.write(json.dumps(record, ensure_ascii=number % 2 == 0) + "\n")
    # A document that is there twice, and waivers: one without use, one past its day, one unreadable.
    twice = [prose(40) for _ in range(6)]
    for name, blocks in (("twice.md", twice), ("deep/twice again.md", twice[:5] + ["Only <b>here</b>."])):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("\n\n".join(blocks) + "\n")
    with open(os.path.join(folder, "waivers.md"), "w", encoding="utf-8") as file:
        file.write("<!-- refrain-ignore-next reason=\"<script>window.__ran = 9</script>\" -->\n\n"
                   f"{prose(20)}\n\n<!-- refrain-ignore-next until=2020-01-31 -->\n\n{prose(20)}\n\n"
                   f"<!-- refrain-what \"x\" -->\n\n{prose(20)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
