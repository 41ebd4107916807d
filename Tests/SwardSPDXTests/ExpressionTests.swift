// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardSPDX
import Testing

@Suite("License expressions") struct ExpressionTests {
    static let spellings: [(text: String, canonical: String)] = [
        ("MIT", "MIT"),
        ("mit", "MIT"),
        ("  MIT\t", "MIT"),
        ("gpl-2.0-ONLY WITH classpath-EXCEPTION-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("MIT AND Apache-2.0", "MIT AND Apache-2.0"),
        ("MIT OR Apache-2.0 AND ISC", "MIT OR Apache-2.0 AND ISC"),
        ("MIT OR (Apache-2.0 AND ISC)", "MIT OR Apache-2.0 AND ISC"),
        ("(MIT OR Apache-2.0) AND ISC", "(MIT OR Apache-2.0) AND ISC"),
        ("(((MIT)))", "MIT"),
        ("MIT AND (ISC AND (Zlib AND X11))", "MIT AND ISC AND Zlib AND X11"),
        ("MIT OR (ISC OR Zlib)", "MIT OR ISC OR Zlib"),
        ("(MIT)AND(ISC)", "MIT AND ISC"),
        ("GPL-2.0+", "GPL-2.0+"),
        ("gpl-2.0+ WITH GCC-exception-2.0", "GPL-2.0+ WITH GCC-exception-2.0"),
        ("Apache-2.0+", "Apache-2.0+"),
        ("LicenseRef-My.Own-1", "LicenseRef-My.Own-1"),
        ("licenseref-Own", "LicenseRef-Own"),
        ("DocumentRef-spdx-tool-1.2:LicenseRef-MIT-2", "DocumentRef-spdx-tool-1.2:LicenseRef-MIT-2"),
        ("MIT WITH AdditionRef-mine", "MIT WITH AdditionRef-mine"),
        ("MIT WITH DocumentRef-x:AdditionRef-y", "MIT WITH DocumentRef-x:AdditionRef-y"),
        ("Something-Unheard-Of", "Something-Unheard-Of"),
        ("MIT\nAND\r\nISC", "MIT AND ISC"),
        (
            "BSD-3-Clause AND (MIT OR (ISC AND (Zlib OR X11)))",
            "BSD-3-Clause AND (MIT OR ISC AND (Zlib OR X11))"
        ),
        ("WITHOUT AND ANDROID OR ORACLE", "WITHOUT AND ANDROID OR ORACLE"),
    ]

    @Test("print in one canonical form, which reads as the same value", arguments: spellings)
    func canonical(_ row: (text: String, canonical: String)) throws {
        let expression = try LicenseExpression.parse(row.text)
        #expect(expression.description == row.canonical)
        #expect(try LicenseExpression.parse(expression.description) == expression)
    }

    static let refusals: [(text: String, error: ExpressionError)] = [
        ("", .init(.empty, at: 0)),
        ("   ", .init(.empty, at: 0)),
        ("MIT AND", .init(.expectedLicense, at: 7)),
        ("MIT AND ", .init(.expectedLicense, at: 8)),
        ("AND MIT", .init(.expectedLicense, at: 0)),
        ("MIT OR OR ISC", .init(.expectedLicense, at: 7)),
        ("MIT ISC", .init(.expectedOperator, at: 4)),
        ("MIT, ISC", .init(.unexpectedCharacter, at: 3)),
        ("MIT/ISC", .init(.unexpectedCharacter, at: 3)),
        ("MIT \u{e4}", .init(.unexpectedCharacter, at: 4)),
        ("MIT\u{a0}AND ISC", .init(.unexpectedCharacter, at: 3)),
        ("MIT\0", .init(.unexpectedCharacter, at: 3)),
        ("MIT and ISC", .init(.operatorCase("and"), at: 4)),
        ("MIT Or ISC", .init(.operatorCase("Or"), at: 4)),
        ("gpl-2.0-only with GCC-exception-2.0", .init(.operatorCase("with"), at: 13)),
        ("(MIT", .init(.unclosedParenthesis, at: 0)),
        ("MIT AND (ISC OR (Zlib)", .init(.unclosedParenthesis, at: 8)),
        ("MIT)", .init(.unopenedParenthesis, at: 3)),
        ("()", .init(.expectedLicense, at: 1)),
        ("(MIT) ISC", .init(.expectedOperator, at: 6)),
        ("MIT (ISC)", .init(.expectedOperator, at: 4)),
        ("GPL-2.0 +", .init(.misplacedPlus, at: 8)),
        ("GPL-2.0++", .init(.misplacedPlus, at: 8)),
        ("LicenseRef-x+", .init(.misplacedPlus, at: 12)),
        ("MIT WITH LLVM-exception+", .init(.misplacedPlus, at: 23)),
        ("MIT WITH", .init(.expectedException, at: 8)),
        ("MIT WITH (LLVM-exception)", .init(.expectedException, at: 9)),
        ("MIT WITH AND", .init(.expectedException, at: 9)),
        ("(MIT) WITH LLVM-exception", .init(.expectedOperator, at: 6)),
        ("MIT WITH LLVM-exception WITH LLVM-exception", .init(.expectedOperator, at: 24)),
        ("LicenseRef-", .init(.incompleteReference, at: 0)),
        ("DocumentRef-x", .init(.incompleteReference, at: 0)),
        ("DocumentRef-:LicenseRef-y", .init(.incompleteReference, at: 0)),
        ("DocumentRef-x:MIT", .init(.incompleteReference, at: 0)),
        ("DocumentRef-x:", .init(.incompleteReference, at: 0)),
        ("MIT WITH AdditionRef-", .init(.incompleteReference, at: 9)),
    ]

    @Test("are refused where they go wrong", arguments: refusals)
    func refuses(_ row: (text: String, error: ExpressionError)) {
        #expect(throws: row.error) { try LicenseExpression.parse(row.text) }
    }

    @Test("may have lower-case operators where SPDX 3 is read, mixed case nowhere")
    func lowerCase() throws {
        let read = try LicenseExpression.parse(
            "MIT or isc and gpl-2.0-only with llvm-exception", operators: .upperOrLower)
        #expect(read.description == "MIT OR ISC AND GPL-2.0-only WITH LLVM-exception")
        #expect(throws: ExpressionError(.operatorCase("Or"), at: 4)) {
            try LicenseExpression.parse("MIT Or ISC", operators: .upperOrLower)
        }
    }

    @Test("are capped in length and depth before anything is built")
    func limits() throws {
        let limit = LicenseExpression.maximumLength
        let longest = "LicenseRef-" + String(repeating: "x", count: limit - 11)
        #expect(try LicenseExpression.parse(longest).description == longest)
        #expect(throws: ExpressionError(.tooLong(limit: limit), at: limit)) {
            try LicenseExpression.parse(longest + "x")
        }
        let depth = LicenseExpression.maximumDepth
        func nested(_ count: Int) -> String {
            String(repeating: "(", count: count) + "MIT" + String(repeating: ")", count: count)
        }
        #expect(try LicenseExpression.parse(nested(depth)).description == "MIT")
        #expect(throws: ExpressionError(.tooDeep(limit: depth), at: depth)) {
            try LicenseExpression.parse(nested(depth + 1))
        }
        #expect(throws: ExpressionError(.tooDeep(limit: depth), at: depth)) {
            try LicenseExpression.parse(String(repeating: "(", count: limit))
        }
    }

    @Test("name what is not on the list, and the texts they need")
    func queries() throws {
        let expression = try LicenseExpression.parse(
            "(mit OR Foo-1+) AND GPL-2.0+ WITH Bar AND LicenseRef-x AND DocumentRef-d:LicenseRef-y AND MIT")
        #expect(expression.unlisted == ["Foo-1+", "Bar"])
        #expect(expression.textIdentifiers == ["MIT", "Foo-1", "GPL-2.0", "Bar", "LicenseRef-x"])
        #expect(
            expression.licenses.map(\.description) == [
                "MIT", "Foo-1+", "GPL-2.0+", "LicenseRef-x", "DocumentRef-d:LicenseRef-y",
            ])
        #expect(expression.terms.count == 5)
    }

    @Test("join to one that binds all, each part once")
    func joins() throws {
        let parts = try ["MIT OR ISC", "Zlib", "MIT OR ISC", "X11 AND Fair"].map {
            try LicenseExpression.parse($0)
        }
        #expect(LicenseExpression.all(parts).description == "(MIT OR ISC) AND Zlib AND X11 AND Fair")
        #expect(LicenseExpression.all([parts[0]]) == parts[0])
        let nested = try ["Fair AND MIT", "MIT", "Zlib AND Fair"].map { try LicenseExpression.parse($0) }
        #expect(LicenseExpression.all(nested).description == "Fair AND MIT AND Zlib")
    }
}
