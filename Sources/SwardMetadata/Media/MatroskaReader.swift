// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Tags and locks of Matroska and WebM. Sources: RFC 8794 (EBML), RFC 9559 (Matroska).
enum MatroskaReader {
    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        var walk = MatroskaWalk(source: source)
        walk.run(into: &contents)
    }
}

private struct MatroskaWalk {
    let source: ByteSource
    private var segmentStart = 0
    private var pointers: Set<Int> = []
    private var seen: Set<Int> = []

    init(source: ByteSource) { self.source = source }

    private enum ID {
        static let header = 0x1A45_DFA3, segment = 0x1853_8067, seekHead = 0x114D_9B74, seek = 0x4DBB
        static let seekID = 0x53AB, seekPosition = 0x53AC
        static let info = 0x1549_A966, title = 0x7BA9, tracks = 0x1654_AE6B, track = 0xAE
        static let encodings = 0x6D80, encoding = 0x6240, encryption = 0x5035, algorithm = 0x47E1
        static let tags = 0x1254_C367, tag = 0x7373, simpleTag = 0x67C8, tagName = 0x45A3, tagString = 0x4487
        static let targets = 0x63C0, cluster = 0x1F43_B675
    }

    private struct Element {
        var id: Int
        var start: Int
        var body: Range<Int>
        var isUnknown: Bool
    }

    private func element(at offset: Int, end: Int) -> Element? {
        guard offset < end else { return nil }
        let head = source.read(offset, min(12, end - offset))
        guard let first = head.first, first != 0 else { return nil }
        let idWidth = first.leadingZeroBitCount + 1
        guard idWidth <= 4, let id = head.number(0, idWidth, .big), idWidth < head.count, head[idWidth] != 0
        else {
            return nil
        }
        let width = head[idWidth].leadingZeroBitCount + 1
        guard let raw = head.number(idWidth, width, .big) else { return nil }
        let length = raw & ((1 << (7 * width)) - 1)
        let start = offset + idWidth + width
        let isUnknown = length == (1 << (7 * width)) - 1
        let stop = isUnknown ? end : min(end, start.addingSaturated(length))
        guard start <= stop else { return nil }
        return Element(id: id, start: offset, body: start..<stop, isUnknown: isUnknown)
    }

    mutating func run(into contents: inout MediaContents) {
        var offset = 0
        for _ in 0..<16 {
            guard let element = element(at: offset, end: source.length) else { return }
            if element.id == ID.segment {
                segmentStart = element.body.lowerBound
                top(element.body, into: &contents)
            }
            offset = element.body.upperBound
        }
    }

    private mutating func top(_ body: Range<Int>, into contents: inout MediaContents) {
        var offset = body.lowerBound
        var clusters = 0
        for _ in 0..<20_000 {
            guard let element = element(at: offset, end: body.upperBound) else { break }
            offset = element.body.upperBound
            if element.id == ID.cluster {
                clusters += 1
                // Behind the pictures come tags at most, and the table at the front tells where.
                if clusters > 8, !pointers.isEmpty { break }
                // A live recording does not know how long its clusters are; their children do.
                if element.isUnknown { offset = element.body.lowerBound }
            } else {
                levelOne(element, into: &contents)
            }
        }
        for pointer in pointers.sorted() {
            let start = segmentStart.addingSaturated(pointer)
            guard !seen.contains(start), let element = element(at: start, end: source.length) else {
                continue
            }
            levelOne(element, into: &contents)
        }
    }

    private mutating func levelOne(_ element: Element, into contents: inout MediaContents) {
        guard seen.insert(element.start).inserted || element.id == ID.cluster else { return }
        guard [ID.seekHead, ID.info, ID.tracks, ID.tags].contains(element.id) else { return }
        var tag = TagState()
        var open = [element.body.upperBound]
        var path = [element.id]
        var offset = element.body.lowerBound
        var elements = 0
        while let end = open.last, elements < 50_000 {
            guard let child = self.element(at: offset, end: end) else {
                offset = end
                open.removeLast()
                if path.removeLast() == ID.simpleTag { tag.close(into: &contents) }
                continue
            }
            elements += 1
            offset = child.body.upperBound
            switch child.id {
            case ID.seek where open.count == 1, ID.track where open.count == 1, ID.tag where open.count == 1,
                ID.encodings, ID.encoding, ID.encryption, ID.simpleTag:
                guard open.count < 16 else { continue }
                if child.id == ID.encryption { lock(child, into: &contents) }
                if child.id == ID.simpleTag { tag.open(child.start..<child.body.upperBound) }
                open.append(child.body.upperBound)
                path.append(child.id)
                offset = child.body.lowerBound
            case ID.seekPosition:
                if let place = source.read(child.body.lowerBound, 8).number(
                    0, min(8, child.body.count), .big),
                    pointers.count < 64
                {
                    pointers.insert(place)
                }
            case ID.title: contents.add(.title, "mkv:Title", text(child), at: child.body)
            case ID.tagName: tag.name(text(child))
            case ID.tagString: tag.value(text(child))
            default: break
            }
        }
    }

    private func text(_ element: Element) -> String {
        FieldText.guessed(source.read(element.body.lowerBound, min(element.body.count, 65536)).terminated())
    }

    private func lock(_ element: Element, into contents: inout MediaContents) {
        var algorithm: Int?
        var offset = element.body.lowerBound
        for _ in 0..<64 {
            guard let child = self.element(at: offset, end: element.body.upperBound) else { break }
            if child.id == ID.algorithm {
                let bytes = source.read(child.body.lowerBound, child.body.count)
                algorithm = bytes.isEmpty ? 0 : bytes.number(0, min(8, bytes.count), .big)
            }
            offset = child.body.upperBound
        }
        // 0: only signed. Where it is not said, the element is there for a reason.
        if algorithm == 0 { return }
        let name = algorithm.map {
            [1: "DES", 2: "3DES", 3: "Twofish", 4: "Blowfish", 5: "AES"][$0] ?? "\($0)"
        }
        contents.lock(.drmWebM, "ContentEncryption: \(name ?? "unknown")", at: element.body)
    }

    /// Tags hold tags; each has its own name and text.
    private struct TagState {
        private var stack: [(name: String, value: String, place: Range<Int>)] = []

        mutating func open(_ place: Range<Int>) { stack.append(("", "", place)) }
        mutating func name(_ text: String) { if !stack.isEmpty { stack[stack.count - 1].name = text } }
        mutating func value(_ text: String) { if !stack.isEmpty { stack[stack.count - 1].value = text } }

        mutating func close(into contents: inout MediaContents) {
            guard let tag = stack.popLast() else { return }
            contents.add(key: tag.name, prefix: "mkv:", tag.value, at: tag.place)
        }
    }
}
