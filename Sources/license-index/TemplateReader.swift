// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What one `<text>` or `<standardLicenseHeader>` says, in order, with the list's markup kept.
struct TemplateText {
    enum Span: Equatable { case optional, alternative(match: String), title, copyright }
    enum Piece {
        /// - Parameter beginsBlock: Whether a paragraph or item begins with it.
        case text(String, beginsBlock: Bool)
        case bullet
        case open(Span)
        case close
    }
    var pieces: [Piece] = []
}

/// Reads text and headers of one XML file.
final class TemplateReader: NSObject, XMLParserDelegate {
    private(set) var text = TemplateText()
    private(set) var headers: [TemplateText] = []

    private var depthOfText = 0
    private var isInHeader = false
    private var isInBullet = false
    private var isInNotes = false
    private var beginsBlock = true
    private var pending = ""

    static func read(_ file: URL) throws -> TemplateReader {
        guard let parser = XMLParser(contentsOf: file) else { throw SPDXDocument.Failure.unreadable(file) }
        let reader = TemplateReader()
        parser.delegate = reader
        guard parser.parse() else { throw parser.parserError ?? SPDXDocument.Failure.unreadable(file) }
        return reader
    }

    private func add(_ piece: TemplateText.Piece) {
        if depthOfText > 0 { text.pieces.append(piece) }
        if isInHeader { headers[headers.count - 1].pieces.append(piece) }
    }

    private func flush() {
        let words = pending
        pending = ""
        guard words.contains(where: { !$0.isWhitespace }) else { return }
        if isInBullet {
            // `Article 5 -` counts in words; these may stand there or not.
            guard
                words.contains(where: { $0.isLetter && !$0.isASCII })
                    || words.contains(/[A-Za-z]{3}/.ignoresCase()),
                words.wholeMatch(of: /[\s(]*[ivxIVX]+[.):\s]*/) == nil
            else { return }
            add(.open(.optional))
            add(.text(words, beginsBlock: false))
            add(.close)
            return
        }
        add(.text(words, beginsBlock: beginsBlock))
        beginsBlock = false
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        flush()
        switch name {
        case "text": depthOfText += 1
        case "standardLicenseHeader":
            isInHeader = true
            headers.append(TemplateText())
            beginsBlock = true
        case "bullet":
            isInBullet = true
            add(.bullet)
        case "optional": add(.open(.optional))
        case "alt": add(.open(.alternative(match: attributes["match"] ?? ".+")))
        case "titleText": add(.open(.title))
        case "copyrightText": add(.open(.copyright))
        case "p", "item", "list", "br": beginsBlock = true
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if depthOfText > 0 || isInHeader { pending += string }
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        flush()
        switch name {
        case "text": depthOfText -= 1
        case "standardLicenseHeader": isInHeader = false
        case "bullet":
            isInBullet = false
            beginsBlock = false
        case "optional", "alt", "titleText", "copyrightText": add(.close)
        case "p", "item", "list", "br": beginsBlock = true
        default: break
        }
    }
}
