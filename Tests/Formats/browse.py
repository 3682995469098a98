"""Opens HTML reports in headless Chromium and checks what a reader relies on: hostile text stays text,
nothing is fetched, keys, filters and the comparison of places work, and with scripts off all is there.

    python3 browse.py REFRAIN [--shots FOLDER] [--large FOLDER]

Needs playwright (pip) and Chromium (Debian's package `chromium`, or CHROMIUM names it). With --shots it
leaves pictures of the pages, light and dark, wide and narrow; --large names a folder with thousands of
findings, whose time to interaction is printed.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

import hostile_texts

failures = []


def expect(condition, message):
    if not condition:
        failures.append(message)
        print("  FAILED", message)


def report(program, folder, paths, target):
    run = subprocess.run([program, "check", "-q", *paths, "--format", f"html={target}",
                          "--format", f"json={target}.json"], cwd=folder)
    expect(run.returncode in (0, 1), f"status {run.returncode}")
    with open(target + ".json", encoding="utf-8") as file:
        return json.load(file)["findings"]


def open_page(context, target):
    """A page, with everything noted that must not happen."""
    page = context.new_page()
    page.trouble = []
    page.on("dialog", lambda dialog: (page.trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: page.trouble.append(f"console {message.text}"))
    page.on("pageerror", lambda error: page.trouble.append(f"error {error}"))
    page.on("request", lambda request: page.trouble.append(f"request {request.url}")
            if request.url != f"file://{target}" else None)
    page.goto(f"file://{target}")
    return page


def shown(text):
    """Text as the report shows it, one blank for white space."""
    out = ""
    for char in text:
        code = ord(char)
        if char in "\t\n\r" or code in (0x85, 0x2028, 0x2029):
            out += " "
        elif code < 0x20 or code == 0x7F:
            out += "^" + chr(code ^ 0x40)
        elif 0x80 <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069 or code in (0xFFFE, 0xFFFF):
            out += "\ufffd"
        else:
            out += char
    return "".join(out.split())


def hostile(browser, program, work, shots):
    folder = os.path.join(work, "hostile")
    os.mkdir(folder)
    hostile_texts.main(folder)
    paths = sorted(os.path.join(".", os.path.relpath(os.path.join(top, name), folder))
                   for top, _, names in os.walk(folder) for name in names)
    target = os.path.join(work, "hostile.html")
    findings = report(program, folder, paths, target)
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = open_page(context, target)
        if scripts:
            # Everything is opened, and every place that can be chosen is compared with the first.
            page.evaluate("document.querySelectorAll('details').forEach(f => f.open = true)")
            page.wait_for_timeout(200)
            page.evaluate("""() => {
              for (const choose of document.querySelectorAll('.choose')) {
                const select = choose.querySelector('select');
                for (const option of select.options) {
                  select.value = option.value;
                  choose.dispatchEvent(new Event('change', { bubbles: true }));
                }
                select.selectedIndex = 0;
                choose.dispatchEvent(new Event('change', { bubbles: true }));
              }
            }""")
            expect(page.evaluate("window.__ran === undefined"), "hostile text ran")
            text = page.evaluate("document.body.textContent")
        else:
            text = page.locator("body").text_content()
        expect(page.trouble == [], f"hostile: scripts {scripts}: {page.trouble[:3]}")
        text = shown(text)
        for finding in findings:
            if finding["kind"] != "duplicate-document":
                for place in finding["occurrences"][:2]:
                    # A row a sentence on each side: a text stands in pieces, in order.
                    at = 0
                    for word in shown_words(place["text"]):
                        at = text.find(word, at)
                        expect(at >= 0, f"hostile: {word!r} of {place['path']} is not shown")
                        if at < 0:
                            break
                        at += 1
        links = page.locator("a[href^='http'], a[href^='javascript'], form, iframe, img, object, embed, link").count()
        expect(links == 0, "hostile: something that leads out")
        if shots and scripts:
            page.screenshot(path=f"{shots}/hostile.png")
        context.close()
    print(f"hostile: {len(findings)} findings, nothing ran, all text is there")


def shown_words(text):
    return [word for word in (shown(part) for part in text.split()) if word]


def behaviour(browser, target, findings, name):
    """Keys, filters and choices; returns the seconds until keys work."""
    # The page shows findings by page, each with its number in the result.
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    few = len(findings) <= 10
    begin = time.monotonic()
    page = open_page(context, target)
    page.keyboard.press("j")
    first = page.evaluate("document.querySelector('.here')?.id")
    ready = time.monotonic() - begin
    timing = page.evaluate("performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart")
    expect(first == page.evaluate("document.querySelector('.f').id"), f"{name}: j does not go to the first")
    moves = []
    for key in "jjkj":
        start = time.monotonic()
        page.keyboard.press(key)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        moves.append(time.monotonic() - start)
    order = page.evaluate("[...document.querySelectorAll('.f')].map(f => f.id)")
    if len(order) > 2:
        expect(page.evaluate("document.querySelector('.here').id") == order[2], f"{name}: j j k j is the third")
    opened = page.evaluate("document.querySelectorAll('.f[open]').length")
    expect(opened == (len(findings) if few else 1), f"{name}: {opened} are open")
    expect(page.evaluate("""() => { const box = document.querySelector('.here').getBoundingClientRect();
        return box.top >= 0 && box.top < innerHeight; }"""), f"{name}: the finding is in sight")

    def visible():
        return page.evaluate("[...document.querySelectorAll('.f')].filter(f => !f.hidden).length")

    def counted():
        return page.locator("#tools .count").text_content()

    if len(findings) < 2:
        expect(page.locator("#tools").is_hidden(), f"{name}: controls for nothing")
        expect(page.trouble == [], f"{name}: {page.trouble[:3]}")
        context.close()
        return
    # Each value of each property.
    filters = []
    for group in page.locator("#tools fieldset").all():
        key = {"Level": "level", "State": "state", "Scope": "scope", "Kind": "kind"}[
            group.locator("legend").text_content()]
        for value in sorted({f.get(key) for f in findings} - {None}):
            box = group.locator("label", has_text=re.compile(f"^{value} ")).locator("input")
            start = time.monotonic()
            box.uncheck()
            filters.append(time.monotonic() - start)
            wanted = sum(f.get(key) != value for f in findings)
            expect(visible() == wanted, f"{name}: {value} off shows {visible()}, not {wanted}")
            expect(counted().startswith(f"{wanted} of {len(findings)}"), f"{name}: the count says {counted()}")
            box.check()
    # Words and likeness.
    words = sorted(f["words"] for f in findings)[len(findings) // 2]
    field = page.get_by_label("words from")
    field.fill(str(words))
    wanted = sum(f["words"] >= words for f in findings)
    expect(visible() == wanted, f"{name}: from {words} words on {visible()}, not {wanted}")
    field.fill("")
    field = page.get_by_label("likeness from")
    field.fill("100")
    wanted = page.evaluate("document.querySelectorAll('.f[data-like=\"100\"]').length")
    expect(visible() == wanted, f"{name}: quite alike {visible()}, not {wanted}")
    field.fill("")
    # Part of a path, whatever the case of its letters.
    path = findings[-1]["occurrences"][0]["path"]
    searches = page.locator("#tools input[type=search]").is_visible()
    part = os.path.splitext(os.path.basename(path))[0][1:].upper()
    search = page.locator("#tools input[type=search]")
    if searches:
        search.fill(part)
    wanted = sum(any(part.lower() in os.path.normpath(o["path"]).lower() for o in f["occurrences"][:200])
                 for f in findings)
    expect(not searches or visible() == wanted, f"{name}: with {part} {visible()}, not {wanted}")
    empty = page.evaluate("[...document.querySelectorAll('.page:not([hidden])')]"
                          ".filter(p => !p.querySelector('.f:not([hidden])')).length")
    expect(empty == 0, f"{name}: {empty} headings without findings")
    if searches:
        search.fill("")
    # The overview: a page, and a pair of pages.
    def has(finding, *pages):
        return all(any(os.path.normpath(o["path"]) == p for o in finding["occurrences"][:200]) for p in pages)

    for selector in (".map .go", ".pairs .go"):
        button = page.locator(selector).first
        if button.count() == 0:
            continue
        data = button.evaluate("b => [b.dataset.page, b.dataset.other ?? null]")
        button.click()
        if data[1]:
            wanted = sum(has(f, data[1]) and any(data[0].lower() in os.path.normpath(o["path"]).lower()
                                                 for o in f["occurrences"][:200]) for f in findings)
            expect(visible() == wanted, f"{name}: {data} {visible()}, not {wanted}")
            page.locator(".pair-of").click()
        search.fill("")
    expect(visible() == len(findings), f"{name}: all are back")
    # Orders.
    orders = []
    for value, key in (("words", "words"), ("like", "like"), ("places", "places"), ("order", None), ("page", None)):
        select = page.get_by_label("Order")
        if not select.locator(f"option[value={value}]").count():
            continue
        start = time.monotonic()
        select.select_option(value)
        orders.append(time.monotonic() - start)
        got = page.evaluate("k => [...document.querySelectorAll('.f')].map(f => +f.dataset[k])", key or "order")
        if value != "page":
            wanted = sorted(got, reverse=key is not None)
            expect(got == wanted, f"{name}: order by {value}")
    now = page.evaluate("[...document.querySelectorAll('.f')].map(f => f.id)")
    expect(len(set(now)) == len(order) and (len(orders) < 5 or now == order), f"{name}: the order is back")
    # What is copied.
    if page.locator(".f .w code").count():
        page.evaluate("document.querySelector('.f .w').parentElement.open = true")
        page.wait_for_timeout(50)
        page.locator(".f .w .copy").first.click()
        chosen = page.evaluate("getSelection().toString()")
        expect("refrain-" in chosen, f"{name}: {chosen!r} is copied")
    # Any other place beside the first.
    many = [n for n, f in enumerate(findings) if len(f["occurrences"]) > 2 and f["kind"] != "duplicate-document"]
    for n in many[:40]:
        page.evaluate("n => { document.querySelector(`.f[data-order='${n}']`).open = true; }", n)
        page.wait_for_timeout(50)
        item = page.locator(f".f[data-order='{n}']")
        selects = item.locator("select")
        if selects.count() != 1:
            expect(False, f"{name}: finding {n} has no choice of places")
            continue
        places = findings[n]["occurrences"]
        if max(len(place["text"].encode()) for place in places) > 12_000:
            continue  # Only the beginning is shown.
        for k in (2, 1):
            selects.nth(0).select_option(value=str(k))
            head = item.locator("table th").all_text_contents()
            expect(f"{places[k]['start']['line']}:{places[k]['start']['column']}" in head[-1], f"{name}: head {head}")
            left = shown("".join(item.locator("table tbody tr:not(.c) td:first-child").all_text_contents()))
            right = shown("".join(item.locator("table tbody tr:not(.c) td:last-child").all_text_contents()))
            expect(left == shown(places[0]["text"]), f"{name}: finding {n}: the left side is not place 1")
            expect(right == shown(places[k]["text"]), f"{name}: finding {n}: the right side is not place {k + 1}")
    expect(page.trouble == [], f"{name}: {page.trouble[:3]}")
    context.close()
    print(f"{name}: {len(findings)} findings, {os.path.getsize(target):,} bytes; loaded in {timing} ms, first key "
          f"after {ready:.2f} s, a step {max(moves) * 1000:.0f} ms at most, a filter {max(filters, default=0) * 1000:.0f}, an order "
          f"{max(orders) * 1000:.0f}")


def pictures(browser, target, name, shots, findings):
    for scheme in ("light", "dark"):
        for width, height in ((1280, 900), (400, 800)):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = open_page(context, target)
            page.screenshot(path=f"{shots}/{name}-{scheme}-{width}.png")
            # The list below the overview, and a passage that reads otherwise in its places.
            page.evaluate("document.getElementById('tools').scrollIntoView()")
            page.screenshot(path=f"{shots}/{name}-{scheme}-{width}-list.png")
            near = page.locator(".f.k-near-repeat").first
            if near.count():
                near.evaluate("f => { f.open = true; f.scrollIntoView(); }")
                page.wait_for_timeout(100)
                page.screenshot(path=f"{shots}/{name}-{scheme}-{width}-open.png")
            wide = page.evaluate("document.documentElement.scrollWidth")
            expect(wide <= width, f"{name}: {wide} wide in {width}")
            context.close()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("--shots")
    options.add_argument("--large")
    options = options.parse_args()
    program = os.path.abspath(options.program)
    if options.shots:
        os.makedirs(options.shots, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    fixture = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../Fixtures"))
    with tempfile.TemporaryDirectory() as work, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        hostile(browser, program, work, options.shots)
        behaviour(browser, f"{work}/hostile.html", json.load(open(f"{work}/hostile.html.json"))["findings"], "hostile")
        cases = [("article", fixture, ["lavrov-pompeo.txt"])]
        if options.large:
            cases.append(("large", options.large, ["."]))
        for name, folder, paths in cases:
            target = f"{work}/{name}.html"
            findings = report(program, folder, paths, target)
            behaviour(browser, target, findings, name)
            if options.shots:
                pictures(browser, target, name, options.shots, findings)
        browser.close()
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
