// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

extension LicenseExpression {
    public enum OperatorCase: Sendable {
        /// `AND`, `OR`, `WITH` only: SPDX 2.3, Annex D.2.
        case upper
        /// All upper or all lower: SPDX 3.0.1. For reading what others wrote, never for what we sign.
        case upperOrLower
    }

    /// Reads one expression and nothing after it.
    ///
    /// Identifiers of the list are found in any case and given the list's spelling. An identifier that is
    /// not on the list is kept as written (``unlisted`` names it): whether it may pass is policy.
    public static func parse(
        _ text: String, operators: OperatorCase = .upper
    ) throws(ExpressionError) -> LicenseExpression {
        let bytes = Array(text.utf8.prefix(maximumLength + 1))
        guard bytes.count <= maximumLength else {
            throw ExpressionError(.tooLong(limit: maximumLength), at: maximumLength)
        }
        var parser = ExpressionParser(bytes: bytes, operators: operators)
        return LicenseExpression(try parser.parse())
    }
}

/// An operator-precedence parser over an explicit stack, so that hostile nesting costs heap and not call stack.
private struct ExpressionParser {
    /// What one open parenthesis, or the expression itself, holds so far.
    private struct Frame {
        let openedAt: Int
        var alternatives: [LicenseExpression.Node] = []
        var conjuncts: [LicenseExpression.Node] = []

        mutating func closeAlternative() {
            alternatives.append(.all(conjuncts))
            conjuncts = []
        }

        mutating func close() -> LicenseExpression.Node {
            closeAlternative()
            return .any(alternatives)
        }
    }

    private enum Operator { case and, or, with }

    let bytes: [UInt8]
    let operators: LicenseExpression.OperatorCase
    private var offset = 0

    init(bytes: [UInt8], operators: LicenseExpression.OperatorCase) {
        self.bytes = bytes
        self.operators = operators
    }

    mutating func parse() throws(ExpressionError) -> LicenseExpression.Node {
        var stack = [Frame(openedAt: 0)]
        skipSpace()
        guard offset < bytes.count else { throw ExpressionError(.empty, at: 0) }
        while true {
            // Before a term: parentheses may open.
            skipSpace()
            if peek == UInt8(ascii: "(") {
                guard stack.count <= LicenseExpression.maximumDepth else {
                    throw ExpressionError(.tooDeep(limit: LicenseExpression.maximumDepth), at: offset)
                }
                stack.append(Frame(openedAt: offset))
                offset += 1
                continue
            }
            stack[stack.count - 1].conjuncts.append(.term(try readTerm()))
            // After a term: parentheses may close, then an operator or the end.
            skipSpace()
            while peek == UInt8(ascii: ")") {
                guard stack.count > 1, var closed = stack.popLast() else {
                    throw ExpressionError(.unopenedParenthesis, at: offset)
                }
                stack[stack.count - 1].conjuncts.append(closed.close())
                offset += 1
                skipSpace()
            }
            guard peek != nil else { break }
            let start = offset
            switch try readOperator() {
            case .and: break
            case .or: stack[stack.count - 1].closeAlternative()
            // An exception belongs to one license: neither to a parenthesis nor to another exception.
            case .with: throw ExpressionError(.expectedOperator, at: start)
            }
        }
        guard stack.count == 1 else {
            throw ExpressionError(.unclosedParenthesis, at: stack[stack.count - 1].openedAt)
        }
        return stack[0].close()
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
    }

    private mutating func readTerm() throws(ExpressionError) -> LicenseTerm {
        let license = try readLicense()
        let end = offset
        skipSpace()
        guard case .with? = try operatorAhead() else {
            offset = end
            return LicenseTerm(license)
        }
        skipSpace()
        return LicenseTerm(license, with: try readException())
    }

    private mutating func readLicense() throws(ExpressionError) -> LicenseReference {
        let start = offset
        let (document, word) = try readReference(else: .expectedLicense)
        let isPlus = peek == UInt8(ascii: "+")
        if isPlus { offset += 1 }
        if let name = word.dropping(LicenseReference.prefix) {
            guard !name.isEmpty else { throw ExpressionError(.incompleteReference, at: start) }
            guard !isPlus else { throw ExpressionError(.misplacedPlus, at: offset - 1) }
            return LicenseReference(LicenseReference.prefix + name, document: document)
        }
        guard document == nil else { throw ExpressionError(.incompleteReference, at: start) }
        if let listed = LicenseList.license(word) {
            return LicenseReference(listed.identifier, isOrLater: isPlus)
        }
        if isPlus, let listed = LicenseList.license(word + "+") {
            return LicenseReference(String(listed.identifier.dropLast()), isOrLater: true)
        }
        return LicenseReference(word, isOrLater: isPlus)
    }

    private mutating func readException() throws(ExpressionError) -> ExceptionReference {
        let start = offset
        let (document, word) = try readReference(else: .expectedException)
        if peek == UInt8(ascii: "+") { throw ExpressionError(.misplacedPlus, at: offset) }
        if let name = word.dropping(ExceptionReference.prefix) {
            guard !name.isEmpty else { throw ExpressionError(.incompleteReference, at: start) }
            return ExceptionReference(ExceptionReference.prefix + name, document: document)
        }
        guard document == nil else { throw ExpressionError(.incompleteReference, at: start) }
        return ExceptionReference(LicenseList.exception(word)?.identifier ?? word)
    }

    /// An identifier, with what stands between `DocumentRef-` and a colon before it.
    private mutating func readReference(
        else missing: ExpressionError.Reason
    ) throws(ExpressionError) -> (document: String?, word: String) {
        let start = offset
        let word = readWord()
        guard !word.isEmpty else { throw ExpressionError(unexpected(missing), at: offset) }
        if Self.operatorNamed(word) != nil { throw ExpressionError(missing, at: start) }
        guard let document = word.dropping("DocumentRef-") else { return (nil, word) }
        guard !document.isEmpty, peek == UInt8(ascii: ":") else {
            throw ExpressionError(.incompleteReference, at: start)
        }
        offset += 1
        return (document, readWord())
    }

    /// `1*(ALPHA / DIGIT / "-" / ".")`, perhaps empty.
    private mutating func readWord() -> String {
        let start = offset
        while let byte = peek, Self.isWord(byte) { offset += 1 }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func readOperator() throws(ExpressionError) -> Operator {
        if let found = try operatorAhead() { return found }
        throw ExpressionError(unexpected(.expectedOperator), at: offset)
    }

    /// Takes the operator at `offset`, or leaves `offset` where it is.
    private mutating func operatorAhead() throws(ExpressionError) -> Operator? {
        let start = offset
        let word = readWord()
        guard let found = Self.operatorNamed(word) else {
            offset = start
            return nil
        }
        let isAllowed = word == word.uppercased() || operators == .upperOrLower && word == word.lowercased()
        guard isAllowed else { throw ExpressionError(.operatorCase(word), at: start) }
        return found
    }

    /// What is wrong at `offset`, where `expected` should stand.
    private func unexpected(_ expected: ExpressionError.Reason) -> ExpressionError.Reason {
        switch peek {
        case nil, UInt8(ascii: "("), UInt8(ascii: ")"): expected
        case UInt8(ascii: "+"): .misplacedPlus
        case let byte? where Self.isWord(byte): expected
        default: .unexpectedCharacter
        }
    }

    private static func operatorNamed(_ word: String) -> Operator? {
        guard word.utf8.count <= 4 else { return nil }
        return switch word.uppercased() {
        case "AND": .and
        case "OR": .or
        case "WITH": .with
        default: nil
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension String {
    /// What follows `prefix`, which may be in any ASCII case, as ABNF strings are.
    fileprivate func dropping(_ prefix: String) -> String? {
        guard utf8.count >= prefix.utf8.count else { return nil }
        let head = utf8.prefix(prefix.utf8.count)
        guard
            head.elementsEqual(
                prefix.utf8, by: { EmbeddedTable.lowercased($0) == EmbeddedTable.lowercased($1) })
        else { return nil }
        return String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
}
