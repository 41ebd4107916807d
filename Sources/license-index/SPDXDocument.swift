// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// One license or exception, as one XML file of the SPDX license list states it.
struct ListEntry {
    var identifier = ""
    var name = ""
    var isException = false
    var isOSIApproved = false
    var isDeprecated = false
    var listVersionAdded = ""
    /// What the list says to use instead, without the forms for a `+`, which follow from these.
    var obsoletedBy: [String] = []
    var crossReferences: [String] = []
}

/// Reads the attributes and cross-references of one XML file; the license text is passed over.
final class SPDXDocument: NSObject, XMLParserDelegate {
    enum Failure: Error { case unreadable(URL), notALicense(URL) }

    private var entry = ListEntry()
    private var text = ""
    private var keepsNextReplacement = false

    static func read(_ file: URL) throws -> ListEntry {
        guard let parser = XMLParser(contentsOf: file) else { throw Failure.unreadable(file) }
        let document = SPDXDocument()
        parser.delegate = document
        guard parser.parse() else { throw parser.parserError ?? Failure.unreadable(file) }
        guard !document.entry.identifier.isEmpty else { throw Failure.notALicense(file) }
        return document.entry
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        text = ""
        switch name {
        case "license", "exception":
            entry.isException = name == "exception"
            entry.identifier = attributes["licenseId"] ?? ""
            entry.name = attributes["name"] ?? ""
            entry.isOSIApproved = attributes["isOsiApproved"] == "true"
            entry.isDeprecated = attributes["deprecatedVersion"] != nil
            entry.listVersionAdded = attributes["listVersionAdded"] ?? ""
        case "obsoletedBy": keepsNextReplacement = attributes["expression"] == nil
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        switch name {
        case "crossRef" where !words.isEmpty: entry.crossReferences.append(words)
        case "obsoletedBy" where keepsNextReplacement: entry.obsoletedBy.append(words)
        default: break
        }
        text = ""
    }
}
