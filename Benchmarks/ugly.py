#!/usr/bin/env python3
"""Times `refrain` on input that was made to be slow, at n, 2n and 4n.

    Benchmarks/ugly.py [--refrain PROGRAM] [--limit SECONDS] [--runs N] [--markdown] [CASE ...]

A case is named by the start of its name. For each size it prints seconds (user and system) and the
peak of resident memory, then the exponent of time between n and 4n, less what an empty run costs, and
memory as a multiple of the input. Time that grows as the input has the exponent 1.
"""

import argparse
import json
import math
import os
import random
import resource
import shutil
import subprocess
import tempfile

CASES = []


def case(n, *arguments, name="input.jsonl"):
    """Registers a generator: `make(n)` gives the text of `name`, or (path, text) pairs."""
    def register(make):
        CASES.append((make.__name__.replace("_", "-"), n, arguments or ("check", "{}"), name, make))
        return make
    return register


# Words that look like words, frequent as words are.

def vocabulary(size, seed=1):
    rng = random.Random(seed)
    syllables = [c + v for c in "bdfgklmnprstvz" for v in ("a", "e", "i", "o", "u", "an", "er")]
    words = set()
    while len(words) < size:
        words.add("".join(rng.choice(syllables) for _ in range(rng.randint(1, 4))))
    return sorted(words)


WORDS = vocabulary(40_000)
random.Random(2).shuffle(WORDS)
ZIPF = []
total = 0.0
for rank in range(len(WORDS)):
    total += 1 / (rank + 3)
    ZIPF.append(total)


def words(count, seed=3):
    return random.Random(seed).choices(WORDS, cum_weights=ZIPF, k=count)


def prose(count, seed=3):
    """Sentences and paragraphs of about so many words."""
    rng = random.Random(seed)
    drawn = words(count, seed)
    out, at, left = [], 0, 5
    while at < count:
        length = rng.randint(8, 25)
        out.append(" ".join(drawn[at:at + length]).capitalize() + ".")
        at += length
        left -= 1
        if left == 0:
            out.append("\n\n")
            left = rng.randint(3, 7)
    return " ".join(out)


def record(number, text):
    return json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n"


ALIKE = prose(60, seed=9)

# Families of alike documents.


@case(5_000)
def family_copies(n):
    return "".join(record(i, ALIKE) for i in range(n))


@case(5_000)
def family_edited(n):
    parts = ALIKE.split(" ")
    def edited(i):
        mine = list(parts)
        mine[i % len(parts)] = f"edit{i}"
        return " ".join(mine)
    return "".join(record(i, edited(i)) for i in range(n))


@case(2_000, name="folder")
def family_folder(n):
    return [(f"{i:06}.txt", ALIKE) for i in range(n)]


@case(2_000)
def family_half_alike(n):
    parts = words(60, 9)
    def edited(i):
        mine = list(parts)
        for k in range(7):
            mine[(k * 8 + i) % 60] = f"x{i * 7 + k}"
        return " ".join(mine) + "."
    return "".join(record(i, edited(i)) for i in range(n))


@case(5_000)
def family_cut_otherwise(n):
    parts = words(60, 9)
    def cut(i):
        mine = list(parts)
        for k in (7 + i % 5, 23 + i % 7, 41 + i % 11):
            mine[k] += "."
            mine[k + 1] = mine[k + 1].capitalize()
        return " ".join(mine)
    return "".join(record(i, cut(i)) for i in range(n))


# One text that repeats itself.


@case(100_000, name="transcript.txt")
def quotations(n):
    rng = random.Random(5)
    pool = [prose(30, seed=100 + i).replace("\n", " ").strip() for i in range(10)]
    out, count = [], 0
    while count < n:
        said = rng.choice(pool) if rng.random() < 0.5 else prose(30, seed=10_000 + count)
        out.append(f"“{said.strip()}” said the witness.".replace("\n", " "))
        count += 33
    return " ".join(out)


@case(20_000, name="page.md")
def equal_headings(n):
    return "".join(f"# What this command does and what it returns\n\n{prose(9, seed=i)}\n\n"
                   for i in range(n // 4))


@case(20_000, name="page.md")
def short_paragraphs(n):
    return "".join(f"{prose(7, seed=i % (n // 4)).strip()}\n\n" for i in range(n))


@case(20_000, name="page.md")
def equal_paragraphs(n):
    return "The pump must be switched off before the cover is removed.\n\n" * n


@case(2_000, name="one.txt")
def near_repeats(n):
    rng = random.Random(6)
    lists = [words(5, seed=40 + k) for k in range(6)]
    def sentence():
        a, b, c, d, e, f = (rng.choice(l) for l in lists)
        return (f"On {a} the council of {b} agreed with the {c} to let the {d} works "
                f"build a {e} bridge over the {f} river.")
    return " ".join(sentence() for _ in range(n))


@case(2_000, name="one.txt")
def near_repeats_numbered(n):
    return " ".join(f"The valve number {i} of the second boiler was opened again by engineer "
                    f"Kowalski at noon." for i in range(n))


@case(87_500, name="book.txt")
def ordinary_text(n):
    return prose(n)


@case(80_000, name="twice.txt")
def ordinary_text_twice(n):
    text = prose(n)
    return text + "\n\n" + text


@case(60_000, name="half.txt")
def unpunctuated_half_twice(n):
    drawn = words(n)
    return " ".join(drawn + drawn[:n // 2])


@case(20_000, name="half.txt")
def unpunctuated_paragraphs(n):
    drawn = words(n)
    return " ".join(drawn) + "\n\n" + " ".join(drawn[:n // 2] + words(n // 2, 77))


@case(20_000, name="folder")
def unpunctuated_files(n):
    return [(f"{k}.txt", " ".join(words(n // 2, 50) + words(n, 60 + k))) for k in range(3)]


@case(100_000, name="word.txt")
def one_word(n):
    return "again " * n


# Characters.


@case(200_000, "dedup", "{}", "--dry-run")
def marks_alternating(n):
    return record(1, "a" + "\u0301\u0327" * n)


@case(200_000)
def marks_alternating_check(n):
    return record(1, "a" + "\u0301\u0327" * n)


@case(400_000, "dedup", "{}", "--dry-run")
def jamo(n):
    return record(1, "\u1100" + "\u1161" * n)


# Markup.

def pathological(name, n, make):
    make.__name__ = name
    case(n, name="page." + name.split("_")[0])(make)


for suffix in ("html", "md"):
    pathological(f"{suffix}_attributes", 200_000, lambda n: "<p " + " ".join(
        f"a{i}=1" for i in range(n)) + ">Text of the page.</p>")
pathological("html_attributes_bare", 200_000, lambda n: "<p " + " ".join(
    f"a{i}" for i in range(n)) + ">Text of the page.</p>")
pathological("html_attributes_equal", 500_000, lambda n: "<p " + "a=1 " * n + ">Text.</p>")
pathological("html_attributes_end_tag", 200_000, lambda n: "<p>Text.</p " + " ".join(
    f"a{i}=1" for i in range(n)) + ">")
pathological("html_attributes_body", 50_000, lambda n: "".join(
    f"<body a{i}=1>" for i in range(n)) + "Text.")
pathological("html_formatting", 20_000, lambda n: "<p>" + "<b><i>x</b></i> " * n)
pathological("html_formatting_open", 20_000, lambda n: "<b>x<p>" * n)
pathological("html_formatting_kinds", 20_000, lambda n: "".join(
    f"<b id=x{i}>x<p>" for i in range(n)))
pathological("html_ends_of_nothing", 10_000, lambda n: "<div></x>" * n + "Text.")
pathological("html_ends_behind_paragraph", 10_000, lambda n: "<x><p></x></p>" * n + "Text.")
pathological("html_formatting_ends_of_nothing", 20_000, lambda n: "".join(
    f"<b id=x{i}></i>x<p>" for i in range(n)))
pathological("html_formatting_ends_in_select", 1_000, lambda n: "".join(
    f"<b id=x{i}><select></b></select>x<p>" for i in range(n)))
pathological("html_formatting_ends_in_table", 1_000, lambda n: "".join(
    f"<p><b id=x{i}><table><td></b></table>x" for i in range(n)))
pathological("html_anchors", 20_000, lambda n: "<a href=x>x " * n)
pathological("html_nested", 20_000, lambda n: "<div>" * n + "Text.")
pathological("html_paragraphs_open", 50_000, lambda n: "<p>Text. " * n)
pathological("html_table", 50_000, lambda n: "<table>" + "<tr><td>x" * n)
pathological("html_table_text", 50_000, lambda n: "<table>" + "x<b>" * n)
pathological("html_tables_nested", 20_000, lambda n: "<table><tr><td>" * n + "Text.")
pathological("html_select", 50_000, lambda n: "<select>" + "<option>x" * n)
pathological("html_lists_open", 20_000, lambda n: "<ul><li>x" * n)
pathological("html_comments_open", 50_000, lambda n: "<!-- x " * n)
pathological("html_cdata_open", 50_000, lambda n: "<svg>" + "<![CDATA[ x " * n)
pathological("html_tags_open", 500_000, lambda n: "<a " * n)
pathological("html_quotes_open", 50_000, lambda n: "<a href=\"x> <b> " * n)
pathological("html_ends", 50_000, lambda n: "</p>" * n)
pathological("html_ends_unknown", 50_000, lambda n: "<p>" + "x</x> " * n)
pathological("html_entities", 50_000, lambda n: "<p>" + "&amp;&unknown; &#0;&" * n)
pathological("html_ampersands", 100_000, lambda n: "<p>" + "&" * n + "a" * n)
pathological("html_scripts_open", 100_000, lambda n: "<script>x</script " * n)
pathological("html_unclosed_raw", 20_000, lambda n: "<title>" * n + "<textarea>" * n)
pathological("html_doctype", 50_000, lambda n: "<!DOCTYPE html " * n)
pathological("html_br", 50_000, lambda n: "x<br>" * n)
pathological("html_spaces", 200_000, lambda n: "<p>x" + " " * n + "y")
pathological("html_templates", 20_000, lambda n: "<template>" * n + "x")
pathological("html_frames", 20_000, lambda n: "<frameset>" * n + "x")
pathological("html_svg", 100_000, lambda n: "<svg><g>" * n + "x")
pathological("html_headings", 20_000, lambda n: "<h1>x<h2>y" * n)
pathological("html_nobr", 20_000, lambda n: "<nobr>x" * n)
pathological("html_misnested", 10_000, lambda n: "<b><div></b>" * n + "x")
pathological("html_applet", 20_000, lambda n: "<applet><b>x" * n)
pathological("html_waivers_open", 200_000, lambda n: "<!-- refrain-off\n" * n)

for mark, name in (("`", "backtick"), ("*", "star"), ("_", "underscore"), ("~", "tilde"),
                   ("[", "bracket"), ("]", "close"), ("<", "less"), (">", "greater"), ("!", "bang"),
                   ("(", "paren"), ("&", "ampersand"), ("\\", "backslash"), ("|", "pipe"),
                   ("#", "hash"), ("-", "dash"), ("+", "plus"), ("\t", "tab"), ("\n", "feed"),
                   (" ", "space"), ("=", "equal"), (":", "colon"), ("{", "brace")):
    for suffix in ("md", "rst", "adoc"):
        pathological(f"{suffix}_{name}", 50_000, lambda n, m=mark: "x" + m * n + "y")
        pathological(f"{suffix}_{name}_words", 25_000, lambda n, m=mark: f"x {m}y" * n)
        pathological(f"{suffix}_{name}_around", 25_000, lambda n, m=mark: f"x {m}y{m}" * n)
        pathological(f"{suffix}_{name}_lines", 25_000, lambda n, m=mark: f"{m} y\n" * n)
        pathological(f"{suffix}_{name}_growing", 600, lambda n, m=mark: "".join(
            "e" + m * i for i in range(1, n)))
        pathological(f"{suffix}_{name}_nested", 700, lambda n, m=mark: "".join(
            " " * i + m + " a\n" for i in range(n)))

for name, n, text in (
    ("links_open", 25_000, "[a](b"), ("links_space", 25_000, "[a](<b"),
    ("links_nested", 25_000, "[ (]("), ("links_image", 25_000, "![[]()"),
    ("links", 25_000, "[a](b) "), ("references", 25_000, "[a][b] "),
    ("mixed_emphasis", 25_000, "*a **a "), ("mixed_marks", 25_000, "*a_ "),
    ("mismatched", 25_000, "*a**a*"), ("strong_open", 25_000, "a**b"),
    ("emphasis_tilde", 25_000, "~~a ~b "),
    ("html_open", 25_000, "<a href=\"x "), ("comment_open", 25_000, "a <!-- b "),
    ("instruction_open", 25_000, "a <? "), ("cdata_open", 25_000, "a <![CDATA[ "),
    ("declaration_open", 25_000, "a <!A "), ("autolinks", 25_000, "<http://a> "),
    ("mails", 25_000, "a.@b "), ("definitions", 12_000, "[a]: b\n"),
    ("quotes_lists", 12_000, "> - a\n"), ("rules", 25_000, "***\n"), ("fences", 25_000, "~~~\n"),
    ("waivers", 10_000, "<!-- refrain-ignore-next -->\n\nOne paragraph of so many words.\n\n"),
    ("waivers_line", 10_000, "<!-- refrain-ignore-next --> "),
    ("waivers_open", 100_000, "<!-- refrain-off\n"), ("waivers_open_line", 100_000, "<!-- refrain-off "),
    ("waivers_off", 10_000, "<!-- refrain-off -->\n\nOne paragraph.\n\n"),
    ("table", 20_000, "| a | b |\n"), ("alerts", 20_000, "> [!NOTE]\n"),
    ("html_blocks", 10_000, "<div>\nx\n</div>\n\n"), ("entities", 25_000, "&amp; &x; &#1; "),
    ("tags", 25_000, "a <b>c</b> "), ("breaks", 25_000, "a  \n"), ("brackets_pair", 25_000, "[] "),
    ("roles", 25_000, ":a:`b "), ("macros", 25_000, "a:b[c "), ("macro_nested", 25_000, "link:a[b link:"),
    ("crossreference", 25_000, "<<a,"), ("crossreference_nested", 5_000, "<<a,<<b,"),
    ("anchors", 25_000, "[[a "), ("terms", 25_000, "((a "), ("spans", 25_000, "[.a]#b "),
    ("doubles", 25_000, "**a "), ("literals", 25_000, "``a "), ("targets", 25_000, "_`a "),
    ("delimiters", 5_000, "====\na\n\n--\nb\n\n"), ("directives", 12_000, ".. note:: a\n\n"),
    ("items", 12_000, "* a\n+\nb\n"), ("borders", 12_000, "==  ==\n"),
    ("definition", 12_000, "a::\n  b\n"), ("interpreted", 25_000, "`a <b"),
    ("colons", 25_000, "a:: "),
):
    for suffix in ("md", "rst", "adoc"):
        pathological(f"{suffix}_{name}", n, lambda n, t=text: t * n)

for suffix in ("md",):
    pathological(f"{suffix}_table_wide", 5_000, lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n"
                 + "|x|\n" * n)
    pathological(f"{suffix}_table_wide_dashes", 50_000, lambda n: "|" + "a|" * n + "\n|"
                 + "---|" * n + "\n" + "|x|\n" * n)
    pathological(f"{suffix}_table_long", 20_000, lambda n: "|a|b|\n|---|---|\n" + "|x|y|\n" * n)
    pathological(f"{suffix}_references_many", 12_000, lambda n: "".join(
        f"[r{i}]: u\n" for i in range(n)) + "\n" + "".join(f"[r{i}] " for i in range(n)))
    pathological(f"{suffix}_references_unknown", 12_000, lambda n: "".join(
        f"[r{i}]: u\n" for i in range(n)) + "\n" + "[x] " * n)
    pathological(f"{suffix}_references_equal", 12_000, lambda n: "[a]: u\n" * n + "\n" + "[a] " * n)
    pathological(f"{suffix}_quotes_deep", 5_000, lambda n: ">" * n + "a")
    pathological(f"{suffix}_quotes_deep_lines", 1_000, lambda n: (">" * n + "a\n") * 20)
    pathological(f"{suffix}_lists_deep", 5_000, lambda n: "- " * n + "a")
    pathological(f"{suffix}_emphasis_deep", 25_000, lambda n: "*a **a " * n + "b" + " a** a*" * n)
    pathological(f"{suffix}_brackets_deep", 25_000, lambda n: "[" * n + "a" + "]" * n)
    pathological(f"{suffix}_brackets_then_links", 12_000, lambda n: "[" * n + "a" + "](b)" * n)
    pathological(f"{suffix}_html_comment_deep", 25_000, lambda n: "<!-" + "-" * n + "x")
    pathological(f"{suffix}_ticks_all", 800, lambda n: " ".join("`" * i for i in range(1, n)))

# Waivers and their places.


@case(10_000, name="page.md")
def waivers_over_repeats(n):
    return "".join("<!-- refrain-ignore-next -->\n\nThe pump must be switched off before the cover "
                   f"is removed by worker {i % 50}.\n\n" for i in range(n))


# One line, in megabytes.


@case(20, "dedup", "{}", "--dry-run")
def long_line(n):
    return '{"text": "' + prose(120_000).replace("\n", "\\n") * n + '"}\n'


@case(20, "dedup", "{}", "--dry-run")
def long_line_letters(n):
    return '{"text": "' + "a b c d e f g " * (70_000 * n) + '"}\n'


@case(20, "pairs", "{}")
def long_line_unpunctuated(n):
    return '{"text": "' + " ".join(words(120_000)) * n + '"}\n'


@case(20, "pairs", "{}")
def long_line_wide(n):
    return '{"text": "' + "漢字仮名交文" * (55_000 * n) + '"}\n'


@case(20, "dedup", "{}", "--dry-run")
def long_line_surrogates(n):
    return '{"text": "\\ud800' + prose(120_000).replace("\n", "\\n") * n + '"}\n'


def measure(program, arguments, folder, limit):
    """Seconds of processor time, peak memory in bytes, and what went wrong."""
    def limited():
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    with open(os.devnull, "wb") as nowhere, tempfile.TemporaryFile() as said:
        process = subprocess.Popen([program] + arguments, cwd=folder, stdout=nowhere, stderr=said,
                                   preexec_fn=limited)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        problem = ""
        if process.returncode not in (0, 1):
            problem = f"status {process.returncode} " + said.read().decode("utf-8", "replace")[:60]
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, problem.strip()


def write(folder, name, made):
    if isinstance(made, str):
        made = [(name, made)]
        target = name
    else:
        made = [(os.path.join(name, path), text) for path, text in made]
        target = name
    size = 0
    for path, text in made:
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = text.encode("utf-8", "surrogatepass")
        size += len(data)
        with open(path, "wb") as file:
            file.write(data)
    return target, size


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--refrain", default=os.path.join(here, "../.build/release/refrain"))
    parser.add_argument("--limit", type=int, default=60, help="seconds before a run is given up")
    parser.add_argument("--runs", type=int, default=1, help="of so many runs the fastest counts")
    parser.add_argument("--markdown", action="store_true", help="rows of a table")
    parser.add_argument("--worst", action="store_true",
                        help="only cases above n^1.2, or above 20 times the input, that take long")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    program = os.path.abspath(options.refrain)
    base = tempfile.mkdtemp(prefix="ugly-")
    try:
        write(base, "empty.txt", "x\n")
        idle, resident, _ = min(measure(program, ["check", "empty.txt"], base, 10) for _ in range(3))
        if options.markdown:
            print("| case | n | seconds at n, 2n, 4n | exponent | MB at n, 2n, 4n | times the input |")
            print("|---|---|---|---|---|---|")
        for name, n, arguments, target, make in CASES:
            if options.cases and not any(name.startswith(c) for c in options.cases):
                continue
            seconds, memory, sizes, problem = [], [], [], ""
            for factor in (1, 2, 4):
                folder = tempfile.mkdtemp(dir=base)
                path, size = write(folder, target, make(n * factor))
                spent, peak, problem = min(
                    measure(program, [a.format(path) for a in arguments], folder, options.limit)
                    for _ in range(options.runs))
                shutil.rmtree(folder)
                seconds.append(spent)
                memory.append(peak)
                sizes.append(size)
                if problem:
                    break
            grown = [max(s - idle, 0.001) for s in seconds]
            whole = len(seconds) == 3
            growth = math.log(grown[-1] / grown[0]) / math.log(sizes[-1] / sizes[0]) if whole else None
            times = (memory[-1] - resident) / sizes[-1]
            is_bad = problem or grown[-1] > 0.15 and (growth is None or growth > 1.2) or \
                memory[-1] - resident > 60e6 and times > 20
            if options.worst and not is_bad:
                continue
            exponent = f"{growth:.2f}" if growth is not None and grown[-1] > 0.05 else "-"
            shown = ", ".join(f"{s:.2f}" for s in seconds)
            peaks = ", ".join(f"{m / 1e6:.0f}" for m in memory)
            if options.markdown:
                print(f"| {name} | {n} | {shown} | {exponent} | {peaks} | {times:.1f} | {problem}")
            else:
                print(f"{name:34} {n:7} {shown:22} s  n^{exponent:5} {peaks:16} MB  {times:5.1f}x "
                      f"{sizes[-1] / 1e6:8.2f} MB {'BAD' if is_bad else ''} {problem}", flush=True)
    finally:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
