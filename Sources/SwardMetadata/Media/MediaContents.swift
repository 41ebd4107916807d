// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardDetection

/// What a field of a container or document is for.
package enum FieldRole: Hashable, Sendable {
    /// Should hold a license: a name, an expression, an address or the text itself.
    case license
    /// A sentence on rights; it may name a license, a holder or both.
    case rights
    /// A copyright line, with or without the word.
    case copyright
    /// An address that may be that of a license.
    case address
    /// Free text that may speak of a license.
    case comment
    case creator, title
    /// Where attribution should point.
    case attribution
}

/// One field as a reader found it, before anyone asks what it means.
package struct MediaField: Hashable, Sendable {
    package var role: FieldRole
    /// As the format calls it, such as `TCOP` or `dc:rights`.
    package var name: String
    package var text: String
    /// In the file: the field, or the stream that holds it where that is packed.
    package var bytes: Range<Int>
}

extension FieldRole {
    /// What a key means that people made up: Vorbis comments, PNG keywords, document properties, tags of Matroska.
    static func role(forKey key: some StringProtocol) -> FieldRole? {
        var name = ""
        for scalar in key.unicodeScalars.prefix(64) {
            guard let ascii = UInt8(exactly: scalar.value) else { continue }
            switch ascii {
            case 0x41...0x5A: name.unicodeScalars.append(Unicode.Scalar(ascii | 0x20))
            case 0x61...0x7A: name.unicodeScalars.append(Unicode.Scalar(ascii))
            default: break
            }
        }
        if let role = table[name] { return role }
        let notLicense = [
            "licensee", "licensor", "licenceplate", "licenseplate", "licensekey", "licensecount",
        ]
        if name.contains("license") || name.contains("licence"), !notLicense.contains(where: name.contains) {
            return .license
        }
        return name.contains("copyright") ? .copyright : nil
    }

    private static let table: [String: FieldRole] = [
        "usageterms": .license, "termsofuse": .license, "creativecommons": .license, "ccurl": .license,
        "spdx": .license, "usagerights": .license, "termsandconditions": .license, "eula": .rights,
        "webstatement": .address, "copyrighturl": .address, "rightsurl": .address, "rightsuri": .address,
        "rightslink": .address,
        "rights": .rights, "usage": .rights, "rightsstatement": .rights, "accessrights": .rights,
        "dcrights": .rights, "dcaccessrights": .rights, "useconstraints": .rights,
        "usageconstraints": .rights,
        "accessconstraints": .rights, "otherconstraints": .rights, "constraints": .rights, "terms": .rights,
        "disclaimer": .rights, "legal": .rights, "legalnotice": .rights, "usagerestrictions": .rights,
        "distributionstatement": .rights, "rightsusageterms": .rights, "usageinstructions": .rights,
        "copyright": .copyright, "copyrights": .copyright, "copyrightnotice": .copyright,
        "copyrightholder": .copyright, "legalcopyright": .copyright, "productioncopyright": .copyright,
        "copyrightowner": .copyright, "rightsholder": .copyright, "cprt": .copyright, "notice": .rights,
        "artist": .creator, "author": .creator, "authors": .creator, "creator": .creator,
        "albumartist": .creator, "byline": .creator, "attributionname": .creator, "photographer": .creator,
        "title": .title,
        "comment": .comment, "comments": .comment, "description": .comment, "synopsis": .comment,
        "subject": .comment, "notes": .comment, "note": .comment, "summary": .comment, "credit": .comment,
        "keywords": .comment, "warning": .comment, "acknowledgement": .comment, "info": .comment,
        "attributionurl": .attribution, "attribution": .comment, "contact": .attribution,
        "website": .attribution, "url": .attribution, "location": .attribution,
        "urlartistsite": .attribution, "webpage": .attribution,
    ]
}

/// Everything a reader gathers from one file.
package struct MediaContents: Hashable, Sendable {
    package struct Lock: Hashable, Sendable {
        package var mark: LockMark
        package var quote: String
        package var bytes: Range<Int>?
    }

    /// The marks that media can bear witness of.
    package typealias LockMark = EnclosureMark

    package private(set) var fields: [MediaField] = []
    package private(set) var locks: [Lock] = []
    /// Where only a look inside told which format it is, such as EPUB among ZIP files.
    var formatWithin: String?
    private var textLength = 0
    private var attempts = 0
    /// Of the file; no field ends behind it.
    private let length: Int

    package init(length: Int = .max) { self.length = length }

    static let maximumFields = 512
    static let maximumAttempts = 4096
    static let maximumTextLength = 1 << 20

    /// Enough was read, or tried: what follows is not even looked at, so that no file is dear by repeating itself.
    private var isFull: Bool {
        fields.count >= Self.maximumFields || attempts >= Self.maximumAttempts
            || textLength >= Self.maximumTextLength
    }

    mutating func add(
        _ role: FieldRole, _ name: String, _ text: @autoclosure () -> String, at bytes: Range<Int>
    ) {
        guard !isFull else { return }
        let text = FieldText.trimmed(text())
        attempts += 1
        textLength += text.utf8.count
        guard !text.isEmpty, !fields.contains(where: { $0.role == role && $0.text == text }) else { return }
        fields.append(MediaField(role: role, name: name, text: text, bytes: bytes.clamped(to: 0..<length)))
    }

    /// A field under a key that people made up.
    mutating func add(
        key: String, prefix: String = "", _ text: @autoclosure () -> String, at bytes: Range<Int>
    ) {
        // Properties of the color profile that ImageMagick keeps beside the image's own: who holds that.
        guard !isFull, !key.lowercased().hasPrefix("icc:"), let role = FieldRole.role(forKey: key) else {
            return
        }
        add(role, prefix + key, text(), at: bytes)
    }

    mutating func lock(_ mark: LockMark, _ quote: String, at bytes: Range<Int>?) {
        guard locks.count < 64, !locks.contains(where: { $0.mark == mark && $0.quote == quote }) else {
            return
        }
        locks.append(
            Lock(mark: mark, quote: String(quote.prefix(256)), bytes: bytes?.clamped(to: 0..<length)))
    }
}
