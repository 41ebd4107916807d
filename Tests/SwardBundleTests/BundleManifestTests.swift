// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardBencode
import SwardBundle
import SwardMetainfo
import SwardPolicy
import Testing

@Suite("The license manifest") struct BundleManifestTests {
    @Test("a manifest reads back as it was written", arguments: [InfoDictionary.Kind.v1, .v2, .hybrid])
    func roundTrip(_ kind: InfoDictionary.Kind) throws {
        let read = try #require(
            try BundleManifest.read(Sample.info(license: Sample.manifest.encoded(), kind: kind)))
        #expect(read.encoded() == Sample.manifest.encoded())
        #expect(read.title == "A Work" && read.creators == ["A. Name", "Ünal"] && read.year == 2026)
        #expect(read.sources == Sample.manifest.sources && read.texts == Sample.manifest.texts)
        #expect((0..<5).map { read.expressionIndex(ofFile: $0) } == [0, 0, 1, 0, 0])
        #expect(read.expression(ofFile: 2) == "GPL-3.0-or-later OR LicenseRef-x")
    }

    @Test("a torrent without the key has no manifest, and that is no error")
    func none() throws {
        #expect(try BundleManifest.read(Sample.info(license: nil, numbers: [:])) == nil)
    }

    @Test("unknown keys are passed over")
    func unknownKeys() throws {
        let info = try Sample.info(license: Sample.license("zz-new", ["anything"]))
        #expect(try BundleManifest.read(info)?.title == "A Work")
    }

    typealias Reason = BundleError.Reason
    static let long = Bencode.text(String(repeating: "x", count: 4097))
    static let refusals: [(key: String, value: Bencode?, place: String, reason: Reason)] = [
        ("v", 2, "license.v", .unsupportedVersion(2)), ("v", 0, "license.v", .outOfRange(0)),
        ("v", "1", "license.v", .wrongType), ("v", nil, "license.v", .missing),
        ("expressions", nil, "license.expressions", .missing),
        ("expressions", [], "license.expressions", .empty),
        ("expressions", ["MIT", 1], "license.expressions[1]", .wrongType),
        ("expressions", ["MIT", ""], "license.expressions[1]", .empty),
        ("expressions", [long], "license.expressions[0]", .tooLong(limit: 4096)),
        ("expressions", ["MIT", "MIT"], "license.expressions", .duplicate),
        ("expressions", ["MIT", .string([0xFF])], "license.expressions[1]", .wrongType),
        ("expressions", ["MIT", "LicenseRef-y"], "license.texts", .textMissing("LicenseRef-y")),
        ("expressions", "MIT", "license.expressions", .wrongType), ("title", 1, "license.title", .wrongType),
        ("title", "a\u{0}b", "license.title", .wrongType), ("year", 0, "license.year", .outOfRange(0)),
        ("year", 10_000, "license.year", .outOfRange(10_000)),
        ("homepage", "example.org", "license.homepage", .notAddress),
        ("homepage", "http://a b", "license.homepage", .notAddress),
        ("document", "none.spdx.json", "license.document", .noSuchFile("none.spdx.json")),
        ("texts", ["LicenseRef-x": "../x"], "license.texts.LicenseRef-x", .noSuchFile("../x")),
        ("texts", ["LicenseRef-x": 1], "license.texts.LicenseRef-x", .wrongType),
        ("texts", ["a/b": "a.txt"], "license.texts", .badIdentifier),
        ("sources", [["title": "x"]], "license.sources[0].url", .missing),
        ("sources", [["btmh": "short"]], "license.sources[0].btmh", .outOfRange(5)),
        ("sources", [["url": "u:x", "modified": 2]], "license.sources[0].modified", .outOfRange(2)),
        ("corresponding-source", ["here"], "license.corresponding-source[0]", .notAddress),
    ]

    @Test("a manifest that breaks the format is refused at its key", arguments: refusals.indices)
    func refuses(_ index: Int) throws {
        let row = Self.refusals[index]
        let info = try Sample.info(license: Sample.license(row.key, row.value), numbers: [:])
        let error = #expect(throws: BundleError.self) { try BundleManifest.read(info) }
        #expect(error?.reason == row.reason)
        #expect(error?.key == row.place)
        let offset = try #require(error?.offset)
        #expect(info.bytes.indices.contains(offset))
    }

    @Test("an expression that does not parse is named with its place")
    func badExpression() throws {
        let info = try Sample.info(license: Sample.license("expressions", ["MIT", "MIT AND"]))
        let error = #expect(throws: BundleError.self) { try BundleManifest.read(info) }
        #expect(error?.key == "license.expressions[1]")
        guard case .badExpression = error?.reason else {
            Issue.record("\(String(describing: error))"); return
        }
    }

    @Test("a file's number must be one of the expressions'", arguments: [2, -1, 70_000] as [Int64])
    func fileNumber(_ number: Int64) throws {
        let info = try Sample.info(license: Sample.manifest.encoded(), numbers: [2: .integer(number)])
        let error = #expect(throws: BundleError.self) { try BundleManifest.read(info) }
        #expect(error?.reason == .outOfRange(number) && error?.file == "code/main.c")
    }

    @Test("in a hybrid both views of a file must agree")
    func hybridViews() throws {
        let info = try Sample.info(license: Sample.manifest.encoded(), kind: .hybrid)
        var bytes = info.bytes
        let needle = Array("7:licensei1e4:path".utf8)
        let start = try #require(
            (0..<(bytes.count - needle.count)).first { bytes[$0...].starts(with: needle) })
        bytes[start + 10] = UInt8(ascii: "0")
        let changed = try InfoDictionary.parse(bytes)
        let error = #expect(throws: BundleError.self) { try BundleManifest.read(changed) }
        #expect(error?.reason == .viewsDiffer && error?.file == "code/main.c")
    }

    @Test("the policy is handed the parts, without what only speaks about the work")
    func workTerms() throws {
        let info = try Sample.info(license: Sample.manifest.encoded(), numbers: [2: 1, 3: 1])
        let terms = try #require(try BundleManifest.read(info)).workTerms(of: info)
        #expect(terms.expression == "CC-BY-SA-4.0")
        #expect(terms.parts.map(\.fileCount) == [1, 2])
        #expect(terms.parts.map(\.sampleFile) == ["a.txt", "code/main.c"])
        #expect(terms.parts.map(\.containsObjectCode) == [false, true])
        #expect(terms.parts.map(\.containsSourceCode) == [false, true])
        #expect(terms.texts == ["LicenseRef-x"] && terms.sources.first?.isModified == true)
    }

    static let kinds: [(name: String, kind: FileKind)] = [
        ("main.c", .sourceCode), ("Makefile", .sourceCode), ("libx.so", .objectCode),
        ("libx.so.1.2", .objectCode),
        ("so", .other), ("x.so.txt", .other), ("NOTICE", .notice), ("NOTICE.txt", .notice),
        ("photo.JPG", .other),
        ("TOOL.EXE", .objectCode), ("c", .other),
    ]

    @Test("a file's name tells source from object code", arguments: kinds)
    func fileKind(_ row: (name: String, kind: FileKind)) { #expect(FileKind(row.name) == row.kind) }
}
