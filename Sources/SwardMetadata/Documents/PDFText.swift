// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The words on the first and the last pages of a PDF, where works say what may be done with them.
///
/// Words come in the order they are drawn, which is the order of reading in nearly all documents. Source: ISO 32000-2, 7.7.3
/// and 9.10.
struct PDFText {
    /// Pages looked at from either end.
    private static let firstPages = 6, lastPages = 3
    /// Nodes of the page tree that may be visited.
    private static let maximumNodes = 200
    /// Of one end, in bytes.
    static let maximumText = 64 << 10
    /// Of all pages, unpacked.
    private static let maximumContent = 4 << 20
    private static let maximumForms = 24
    private static let maximumLinks = 64

    private let file: PDFFile
    private var fonts: [Int: PDFFont] = [:]
    private var contentLeft: Int
    private var nodesLeft = maximumNodes
    private var formsLeft = maximumForms

    private struct Page {
        var entries: [String: PDFValue]
        var resources: PDFValue?
        var place: Range<Int>
    }

    init(_ file: PDFFile) {
        self.file = file
        // What is packed a thousandfold says nothing in words.
        contentLeft = min(Self.maximumContent, (256 << 10) + 4 * min(file.source.length, Self.maximumContent))
    }

    static func read(_ file: PDFFile, _ catalog: [String: PDFValue], into contents: inout MediaContents) {
        var reader = PDFText(file)
        let first = reader.pages(below: catalog["Pages"], Self.firstPages, fromEnd: false)
        let last = reader.pages(below: catalog["Pages"], Self.lastPages, fromEnd: true)
        reader.add(first, into: &contents)
        let seen = Set(first.map(\.place))
        reader.add(last.reversed().filter { !seen.contains($0.place) }, into: &contents)
    }

    private mutating func add(_ pages: [Page], into contents: inout MediaContents) {
        var text: [UInt8] = []
        for page in pages where text.count < Self.maximumText {
            text += words(of: page)
            text += [0x0A, 0x0A]
        }
        let place = pages.first?.place ?? 0..<0
        contents.add(
            .comment, "pdf:page", String(decoding: text.prefix(Self.maximumText), as: UTF8.self), at: place)
    }

    // MARK: Pages

    /// In the order they are met.
    private mutating func pages(below root: PDFValue?, _ count: Int, fromEnd: Bool) -> [Page] {
        var found: [Page] = []
        var waiting: [(value: PDFValue, resources: PDFValue?, depth: Int)] = root.map { [($0, nil, 0)] } ?? []
        nodesLeft = Self.maximumNodes
        while let next = waiting.popLast(), found.count < count, nodesLeft > 0 {
            nodesLeft -= 1
            guard next.depth < 32, let node = file.resolve(next.value), let entries = node.value.dictionary
            else { continue }
            let resources = entries["Resources"] ?? next.resources
            guard let kids = file.resolve(entries["Kids"])?.value.array else {
                found.append(Page(entries: entries, resources: resources, place: node.place))
                continue
            }
            let near =
                fromEnd ? Array(kids.suffix(Self.maximumNodes)) : kids.prefix(Self.maximumNodes).reversed()
            waiting += near.map { ($0, resources, next.depth + 1) }
        }
        return found
    }

    private mutating func words(of page: Page) -> [UInt8] {
        guard let contents = file.resolve(page.entries["Contents"]) else { return [] }
        var bytes: [UInt8] = []
        let parts = contents.value.array.map { $0.prefix(64).compactMap { file.resolve($0) } } ?? [contents]
        for part in parts where contentLeft > 0 {
            bytes += unpacked(part)
            bytes.append(0x0A)
        }
        var text: [UInt8] = []
        draw(bytes, page.resources, depth: 0, into: &text)
        text += links(of: page)
        return text
    }

    private mutating func unpacked(_ object: PDFFile.Object) -> [UInt8] {
        let bytes = file.unpacked(object, limit: contentLeft)
        contentLeft -= bytes.count
        return bytes
    }

    /// - Parameter depth: Of forms, which are drawn as if they stood in the page.
    private mutating func draw(
        _ bytes: [UInt8], _ resources: PDFValue?, depth: Int, into text: inout [UInt8]
    ) {
        let entries = file.resolve(resources)?.value.dictionary ?? [:]
        let fontNames = file.resolve(entries["Font"])?.value.dictionary ?? [:]
        let forms = file.resolve(entries["XObject"])?.value.dictionary ?? [:]
        var content = PDFContent(bytes, limit: Self.maximumText - text.count)
        while let event = content.next() {
            switch event {
            case .font(let name): content.font = font(fontNames[name])
            case .form(let name):
                guard depth < 3, formsLeft > 0, contentLeft > 0, let form = file.resolve(forms[name]),
                    let own = form.value.dictionary, own["Subtype"]?.name == "Form"
                else { continue }
                formsLeft -= 1
                var inner: [UInt8] = []
                draw(unpacked(form), own["Resources"] ?? resources, depth: depth + 1, into: &inner)
                content.write(inner)
            }
        }
        text += content.text
    }

    private mutating func font(_ value: PDFValue?) -> PDFFont {
        guard case .reference(let number, _)? = value else {
            return file.resolve(value)?.value.dictionary.map { PDFFont($0, file) } ?? PDFFont()
        }
        if let known = fonts[number] { return known }
        guard fonts.count < 64 else { return PDFFont() }
        let font = file.object(number)?.value.dictionary.map { PDFFont($0, file) } ?? PDFFont()
        fonts[number] = font
        return font
    }

    /// Where the page's links lead, one a line; a badge of Creative Commons is a picture with a link.
    private func links(of page: Page) -> [UInt8] {
        var result: [UInt8] = []
        for value in file.resolve(page.entries["Annots"])?.value.array?.prefix(Self.maximumLinks) ?? [] {
            guard let entries = file.resolve(value)?.value.dictionary,
                let action = file.resolve(entries["A"])?.value.dictionary,
                let address = file.resolve(action["URI"])?.value.string, address.count <= 256,
                address.firstIndex(of: Array("licen".utf8)) != nil
                    || address.firstIndex(of: Array("publicdomain".utf8)) != nil
            else { continue }
            result += [0x0A] + address
        }
        return result
    }
}
