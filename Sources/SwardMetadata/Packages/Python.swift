// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON
internal import SwardSPDX

/// Which of several Python fields decides.
///
/// `License-Expression` decides alone (PEP 639). Else the free-text `License` decides if it names a license for
/// certain; a bare family there (`BSD`, `GPL`) gives way to a classifier that says which. Classifiers decide where
/// nothing else does; several of them bind together, unless the text says it is a dual license.
struct PythonTerms {
    var expression: Words?
    var license: Words?
    var classifiers: [Words] = []
    var files: [String] = []

    func declare(_ manifest: inout Manifest) {
        for file in files { manifest.licenseFile(file) }
        for classifier in classifiers { manifest.settle(classifier.bytes) }
        if let expression, !Terms.isSilent(expression.text) {
            manifest.license("license-expression", expression)
            return
        }
        let classified = classifiers.compactMap { words in
            Trove.terms(words.text).map { (words: words, terms: $0) }
        }
        if let license {
            manifest.point(license.text)
            let stated = Terms.known(license.text, .python)
            let isVague = stated.map { $0.score <= Terms.usual } ?? true
            if var stated, !isVague || classified.isEmpty {
                // `GPLv3` in words and "v3 or later" in a classifier: the classifier only says more.
                if !license.text.lowercased().contains("only"),
                    let later = classified.first(where: { $0.terms.isLater(than: stated) })
                {
                    stated.expression = later.terms.expression
                }
                manifest.declare("license", stated, license.bytes, words: license.text)
                return
            }
            if classified.isEmpty {
                manifest.license("license", license)
                return
            }
            manifest.settle(license.bytes)
        }
        guard let first = classified.first, let last = classified.last else { return }
        let isDual = license.map { $0.text.lowercased().contains("dual") } ?? false
        guard let terms = Terms.all(classified.map(\.terms), isDual ? .choice : .together) else { return }
        manifest.declare(
            "classifier", terms,
            first.words.bytes.lowerBound..<max(last.words.bytes.upperBound, first.words.bytes.upperBound),
            words: classified.map(\.words.text).joined(separator: ", "))
    }

    mutating func add(classifier words: Words) {
        if words.text.trimmed.hasPrefix("License ::") { classifiers.append(words) }
    }
}

extension PackageFormats {
    /// Sources: PEP 621, PEP 639; python-poetry.org, "The pyproject.toml file"; flit's old metadata section.
    static let pyproject = MetadataFormat(
        name: "pyproject", names: ["pyproject.toml"],
        read: { file in
            var manifest = Manifest("pyproject", file, .python)
            let toml = TOMLReader(manifest.bytes, limits: file.limits)
            var terms = PythonTerms()
            for table in [["project"], ["tool", "poetry"], ["tool", "flit", "metadata"], ["tool", "pdm"]]
            where terms.license == nil && terms.expression == nil {
                func field(_ key: String) -> LocatedValue? { toml[table + [key]] }
                if manifest.facts.name == nil {
                    manifest.facts.name = (field("name") ?? field("dist-name") ?? field("module"))?.string
                }
                manifest.facts.version = manifest.facts.version ?? field("version")?.scalar
                manifest.facts.homepage =
                    manifest.facts.homepage
                    ?? (field("homepage") ?? field("home-page") ?? toml[table + ["urls", "Homepage"]]
                    ?? toml[table + ["urls", "homepage"]])?.string
                for author in field("authors")?.oneOrMore ?? [] {
                    manifest.author(author.string ?? author["name"]?.string)
                }
                manifest.author(field("author")?.string)
                for one in field("classifiers")?.list ?? [] {
                    if let words = Words(one) { terms.add(classifier: words) }
                }
                for one in field("license-files")?.list ?? toml[table + ["license-files", "paths"]]?.list
                    ?? toml[table + ["license-files", "globs"]]?.list ?? []
                {
                    if let path = one.string { terms.files.append(path) }
                }
                if let path = toml[table + ["license", "file"]]?.string { terms.files.append(path) }
                if let text = Words(toml[table + ["license", "text"]]) {
                    terms.license = text
                } else if let license = field("license"), let words = Words(license) {
                    // A bare string is an expression in `project`, and free text in the older sections.
                    let isExpression = (try? LicenseExpression.parse(words.text))?.unlisted.isEmpty == true
                    if table == ["project"], isExpression {
                        terms.expression = words
                    } else {
                        terms.license = words
                    }
                }
            }
            terms.declare(&manifest)
            guard manifest.facts.name != nil || manifest.hasFindings || !manifest.facts.licenseFiles.isEmpty
            else {
                return nil
            }
            return manifest.package(purl: "pypi")
        })

    /// Source: setuptools, "Configuring setuptools using setup.cfg files".
    static let setupCfg = MetadataFormat(
        name: "setup-cfg", names: ["setup.cfg"],
        read: { file in
            var manifest = Manifest("setup-cfg", file, .python)
            let fields = INIReader.read(manifest.bytes)
            var terms = PythonTerms()
            for field in fields where field.section == "metadata" {
                switch field.key {
                case "name": manifest.facts.name = field.value.text
                case "version": manifest.facts.version = field.value.text
                case "url", "home_page", "home-page": manifest.facts.homepage = field.value.text
                case "author", "maintainer": manifest.author(field.value.text)
                case "license": terms.license = field.value
                case "license_expression", "license-expression": terms.expression = field.value
                case "license_file", "license-file": terms.files.append(field.value.text)
                case "license_files", "license-files":
                    for line in field.lines { terms.files += line.text.split(separator: ",").map(\.trimmed) }
                case "classifiers", "classifier":
                    for line in field.lines { terms.add(classifier: line) }
                default: break
                }
            }
            terms.declare(&manifest)
            guard manifest.facts.name != nil || manifest.hasFindings else { return nil }
            return manifest.package(purl: "pypi")
        })

    /// The literal arguments of the call to `setup`; nothing is run, and what is computed stays unknown.
    static let setupPy = MetadataFormat(
        name: "setup-py", names: ["setup.py"],
        read: { file in
            var manifest = Manifest("setup-py", file, .python)
            let script = ScriptReader(manifest.bytes, .python)
            var terms = PythonTerms()
            for argument in script.assignments where argument.isArgument || argument.name.hasPrefix("__") {
                switch argument.name {
                case "name": manifest.facts.name = manifest.facts.name ?? argument.first?.text
                case "version", "__version__":
                    manifest.facts.version = manifest.facts.version ?? argument.first?.text
                case "url": manifest.facts.homepage = manifest.facts.homepage ?? argument.first?.text
                case "author", "maintainer": manifest.author(argument.first?.text)
                case "license": terms.license = terms.license ?? argument.first
                case "license_expression": terms.expression = argument.first
                case "license_file": terms.files += argument.strings.map(\.text)
                case "license_files": terms.files += argument.strings.map(\.text)
                case "classifiers": argument.strings.forEach { terms.add(classifier: $0) }
                default: break
                }
            }
            // The list may stand in a variable of its own.
            if terms.classifiers.isEmpty {
                for argument in script.assignments where argument.name.lowercased().contains("classifiers") {
                    argument.strings.forEach { terms.add(classifier: $0) }
                }
            }
            if terms.license == nil, terms.classifiers.isEmpty {
                terms.license =
                    script.assignments.first {
                        $0.name.lowercased() == "license" || $0.name == "__license__"
                    }?
                    .first
            }
            terms.declare(&manifest)
            return manifest.package(purl: "pypi")
        })

    /// Installed or built distributions. Source: the core metadata specification of PyPA.
    static let pkgInfo = MetadataFormat(
        name: "pypi", names: ["pkg-info", "metadata"],
        applies: { file in
            file.starts(with: "Metadata-Version:".utf8)
        },
        read: { file in
            var manifest = Manifest("pypi", file, .python)
            var terms = PythonTerms()
            for field in HeaderReader.read(
                manifest.bytes, stopsAtBlankLine: true, keepsBlankLines: true
            ).first?.fields ?? [] {
                let value = field.value
                switch field.key {
                case "name": manifest.facts.name = value.text
                case "version": manifest.facts.version = value.text
                case "home-page": manifest.facts.homepage = value.text
                case "author", "maintainer": manifest.author(value.text)
                case "license": terms.license = value
                case "license-expression": terms.expression = value
                case "license-file": terms.files.append(value.text)
                case "classifier": terms.add(classifier: value)
                default: break
                }
            }
            terms.declare(&manifest)
            return manifest.package(purl: "pypi")
        })
}

extension Terms {
    /// Whether these are the other ones, "or later".
    fileprivate func isLater(than other: Terms) -> Bool {
        let (mine, theirs) = (expression.description, other.expression.description)
        return theirs.hasSuffix("-only") && mine.hasSuffix("-or-later")
            && mine.dropLast("-or-later".utf8.count) == theirs.dropLast("-only".utf8.count)
    }
}

/// The license classifiers of PyPI. Source: pypi.org/classifiers.
enum Trove {
    static func terms(_ classifier: String) -> Terms? {
        guard let leaf = classifier.parts(separatedBy: "::").last?.trimmed, leaf != "OSI Approved",
            leaf != "License"
        else { return nil }
        let key = leaf.lowercased().folded
        if let meaning = Registry.trove.meaning(of: key, leaf) { return meaning }
        return Terms.read(leaf)
    }
}
