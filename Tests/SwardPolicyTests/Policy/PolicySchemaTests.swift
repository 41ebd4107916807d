// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SwardDetection
import SwardSPDX
import Testing

@testable import SwardPolicy

/// `docs/policy.schema.json` and `docs/policy.md` are written by hand; what they list must be what is read.
@Suite("The published form of policy files") struct PolicySchemaTests {
    static let docs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs")

    private func schema() throws -> [String: Any] {
        let data = try Data(contentsOf: Self.docs.appending(path: "policy.schema.json"))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func at(_ path: [String], _ value: Any) -> Any? {
        guard let first = path.first else { return value }
        if let table = value as? [String: Any] {
            return table[first].flatMap { at(Array(path.dropFirst()), $0) }
        }
        if let list = value as? [Any], let index = Int(first), list.indices.contains(index) {
            return at(Array(path.dropFirst()), list[index])
        }
        return nil
    }

    @Test("the schema lists the words that are read")
    func words() throws {
        let schema = try schema()
        func words(_ path: String...) throws -> Set<String> {
            Set(try #require(at(path, schema) as? [String]))
        }
        #expect(try words("properties", "preset", "enum") == Set(Gate.Policy.allCases.map(\.rawValue)))
        #expect(try words("properties", "fail-on", "enum") == Set(PolicySeverity.allCases.map(\.rawValue)))
        #expect(try words("$defs", "action", "enum") == Set(PolicyRules.Action.allCases.map(\.rawValue)))
        #expect(
            try words("$defs", "selector", "oneOf", "1", "enum")
                == Set(LicenseFacts.Category.allCases.map { "category:\($0.rawValue)" }))
        #expect(
            try words("$defs", "selector", "oneOf", "2", "enum")
                == Set(PolicyProperty.allCases.map { "property:\($0.rawValue)" }))
    }

    @Test("the page names every property, and its example is read")
    func page() throws {
        let text = try String(contentsOf: Self.docs.appending(path: "policy.md"), encoding: .utf8)
        for property in PolicyProperty.allCases {
            #expect(text.contains("`\(property.rawValue)`"), "\(property)")
        }
        let start = try #require(text.range(of: "```toml\n"))
        let end = try #require(text.range(of: "```\n", range: start.upperBound..<text.endIndex))
        let rules = try PolicyRules.parse(toml: String(text[start.upperBound..<end.lowerBound]))
        #expect(rules.scopes.count == 2 && rules.exceptions.count == 1)
    }

    @Test("every key of the schema is read, and no other")
    func keys() throws {
        let schema = try schema()
        let tables: [(path: [String], wrap: (String) -> String)] = [
            ([], { "\($0) = {}\n" }), (["profile"], { "[profile]\n\($0) = []\n" }),
            (["licenses"], { "[licenses]\n\($0) = {}\n" }),
            (["paths", "items"], { "[[paths]]\n\($0) = {}\n" }),
            (["exceptions", "items"], { "[[exceptions]]\n\($0) = {}\n" }),
        ]
        for (path, wrap) in tables {
            let place = ["properties"] + path.flatMap { [$0] } + (path.isEmpty ? [] : ["properties"])
            let keys = try #require(at(place, schema) as? [String: Any]).keys
            for key in keys {
                let error = (try? PolicyRules.parse(toml: wrap(key))) == nil ? problem(wrap(key)) : nil
                #expect(error != .unknownKey, "\(path) \(key)")
            }
            #expect(problem(wrap("unheard-of")) == .unknownKey, "\(path)")
        }
    }

    private func problem(_ toml: String) -> PolicyError.Reason? {
        do throws(PolicyError) {
            _ = try PolicyRules.parse(toml: toml)
            return nil
        } catch { return error.reason }
    }
}
