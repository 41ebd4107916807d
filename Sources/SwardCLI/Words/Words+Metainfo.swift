// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardBencode
import SwardMetainfo

extension Words {
    static func text(_ error: MetainfoError) -> String {
        if case .bencode = error.reason, error.offset == 0 {
            return "no torrent file; `sward pack` makes one of a work, and of a damaged download get it again"
        }
        if error.reason == .invalid, error.key == "xt" {
            return "a magnet link that is cut short or damaged: after urn:btih: stand 40 or 32 characters, "
                + "after urn:btmh: 1220 and 64 hexadecimal digits; copy the link again"
        }
        var place = ""
        if let file = error.file { place += " in the path \(quoted(file))" }
        if let key = error.key { place += " at \(quoted(key))" }
        if let offset = error.offset { place += ", byte \(offset)" }
        let (what, remedy) = parts(error.reason)
        return "\(what)\(place); \(remedy)"
    }

    private static let torn = "get the torrent again, from another place if it comes the same"
    private static let unsafe = "it was made carelessly or to do harm; do not use it"

    private static func parts(_ reason: MetainfoError.Reason) -> (what: String, remedy: String) {
        switch reason {
        case .bencode(let reason): ("not canonical bencode: \(text(reason))", torn)
        case .missing: ("a key that must be there is missing", torn)
        case .invalid: ("a value is of the wrong type or out of its range", torn)
        case .conflicting(let other): ("contradicts \(quoted(other))", torn)
        case .unsupportedVersion(let version): ("meta version \(version) is not known", "get a newer sward")
        case .invalidPieceLength(let length):
            (
                "a piece length of \(length) is not allowed",
                "make the torrent anew with a power of two from 16 KiB"
            )
        case .negativeLength(let length): ("a length of \(length) is negative", unsafe)
        case .tooLong: ("the lengths add up to more than can be addressed", unsafe)
        case .noPayload: ("there is not a byte to share", "add files and make the torrent anew")
        case .tooManyFiles(let limit): ("more than \(limit) files", "split the work")
        case .tooManyPieces(let limit):
            ("more than \(limit) pieces", "make the torrent anew with larger pieces")
        case .pieceHashes(let found, let expected):
            ("\(found) piece hashes in \"pieces\" where \(expected) are needed", torn)
        case .notText: ("a name is no UTF-8", unsafe)
        case .emptyElement: ("an empty path element", unsafe)
        case .dotElement: ("a path element \".\" or \"..\"", unsafe)
        case .separatorInElement: ("a path element with a separator", unsafe)
        case .nulInElement: ("a path element with a NUL", unsafe)
        case .elementTooLong(let found, let limit):
            ("a path element of \(found) bytes, the limit is \(limit)", unsafe)
        case .pathTooLong(let found, let limit): ("a path of \(found) bytes, the limit is \(limit)", unsafe)
        case .duplicatePath: ("two files that are one on some systems", unsafe)
        case .fileIsDirectory: ("a file that is a folder of another file", unsafe)
        case .padFile: ("a pad file where nothing is padded", torn)
        case .symlinkWithoutTarget: ("a symbolic link without a target", torn)
        case .symlinkWithLength(let length): ("a symbolic link of \(length) bytes", torn)
        case .viewsDiffer(let view): ("its v1 and v2 halves differ: \(text(view))", unsafe)
        case .missingPieceLayer:
            ("the piece layer is missing", "get the whole torrent file again, or use its magnet link")
        case .pieceLayerSize(let found, let expected):
            ("the piece layer has \(found) bytes, expected \(expected)", torn)
        case .pieceLayerRoot: ("the piece layer does not reduce to the file's pieces root", torn)
        case .unknownPieceLayer: ("a piece layer of no file", torn)
        case .notMagnet: ("not a magnet link", "quote it, as the shell takes \"&\" for itself")
        case .invalidEscape: ("a damaged % escape", "copy the link again")
        case .missingInfoHash: ("no info-hash (xt=urn:btih:… or xt=urn:btmh:…)", "copy the link again")
        case .conflictingInfoHashes: ("two different info-hashes of one kind", "copy the link again")
        }
    }

    private static func text(_ view: MetainfoError.View) -> String {
        switch view {
        case .fileCount(let v1, let v2): "\(v1) and \(v2) files"
        case .path(let v1, let v2): "\(quoted(v1)) is \(quoted(v2))"
        case .length(let v1, let v2): "\(v1) and \(v2) bytes"
        case .symlink: "a symbolic link in one only"
        case .offset(let v1, let v2): "a file begins at \(v1) and at \(v2)"
        }
    }

    static func text(_ reason: BencodeError.Reason) -> String {
        switch reason {
        case .truncated: "it ends too soon"
        case .expectedValue: "no value starts here"
        case .expectedKey: "a key must be a string"
        case .expectedDigit: "a digit is missing"
        case .expectedColon: "a colon is missing"
        case .leadingZero: "a leading zero"
        case .negativeZero: "a negative zero"
        case .integerOverflow: "an integer of more than 64 bits"
        case .unsortedKey: "keys out of order"
        case .duplicateKey: "a key twice"
        case .trailingBytes: "something follows the end"
        case .tooDeep(let limit): "nested more than \(limit) deep"
        case .tooManyValues(let limit): "more than \(limit) values"
        case .tooLarge(let limit): "more than \(limit) bytes"
        }
    }
}

extension Words {
    static func text(_ warning: PathWarning, of info: InfoDictionary) -> String {
        let path = warning.file.map { info.files.path(of: $0).joined(separator: "/") } ?? info.name
        return "\(shown(path)): \(text(warning.reason))"
    }

    static func text(_ reason: PathWarning.Reason) -> String {
        switch reason {
        case .reservedName: "Windows keeps such a name for a device"
        case .trailingDotOrSpace: "Windows drops the dot or space at the end of a name"
        case .reservedCharacter(let character): "Windows allows no \(character) in a name"
        case .controlCharacter: "a control character in the name"
        case .directionMark:
            "a mark in the name turns the direction of writing, and may hide what kind of file it is"
        case .danglingSymlink: "a link that leads to nothing in the bundle"
        case .symlinkLoop: "a link that leads back to itself"
        }
    }
}
