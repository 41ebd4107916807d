// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardArchive
import SwardStorage

extension Words {
    /// - Parameter isWaiting: The run goes on by itself once there is room.
    static func text(_ error: StorageError, isWaiting: Bool = false) -> String {
        let path = shown(error.path)
        switch error.reason {
        case .system(let operation, let code):
            let what = "\(path): \(name(operation)): \(system(code))"
            guard error.isOutOfSpace else { return what }
            return isWaiting
                ? what + "; it goes on when there is room"
                : what + "; make room and run the same command again, nothing verified is lost"
        case .symbolicLinkInTheWay:
            return "\(path): a symbolic link stands in the way; remove it, or choose another folder"
        case .notADirectory: return "\(path): not a folder; move it away, or choose another folder"
        case .notARegularFile: return "\(path): not a file; move it away, or choose another folder"
        case .unsafeName: return "\(path): a name that could lead out of the folder; it was not touched"
        case .tooLong(let found, let expected):
            return
                "\(path): has \(found) bytes, the work's file has \(expected); it may be someone's, so move it away first, or say --overwrite"
        case .notOurs:
            return
                "\(path): is there already and has nothing of the work's file in it; it may be someone's, so move it away first, or say --overwrite"
        case .tooShort(let found, let expected): return "\(path): has \(found) bytes of \(expected)"
        case .alreadyThere:
            return "\(path): something else is there already; move it away, or choose another folder"
        case .inUse: return "\(path): another sward is working on it; wait for it, or stop it"
        }
    }

    private static func name(_ operation: StorageError.Operation) -> String {
        switch operation {
        case .open: "cannot be opened"
        case .create: "cannot be created"
        case .makeDirectory: "the folder cannot be made"
        case .readStatus: "cannot be looked at"
        case .read: "cannot be read"
        case .write: "cannot be written"
        case .resize, .allocate: "no place can be reserved"
        case .setMode: "its mode cannot be set"
        case .link: "the link cannot be made"
        case .rename: "cannot be renamed"
        case .remove: "cannot be removed"
        case .synchronize: "cannot be flushed to the disk"
        case .lock: "cannot be locked"
        }
    }

    static func text(_ error: ArchiveError) -> String {
        let place = shown(error.archive) + (error.entry.map { ", entry \(quoted($0))" } ?? "")
        let what: String =
            switch error.reason {
            case .cannotOpen(let code): "cannot be opened: \(system(code))"
            case .unknownFormat: "not an archive that is known: tar in any compression, zip, 7z or iso"
            case .damaged(let said): "damaged: \(shown(said))"
            case .encrypted: "encrypted: a work in it could not be shared; unpack it first"
            case .tooManyEntries(let limit): "more than \(limit) entries"
            case .tooManyBytes(let limit): "more than \(Amounts.bytes(limit)) unpacked"
            case .tooDense(let limit): "unpacks to more than \(limit) times its size; refused as a bomb"
            case .nameNotUTF8: "a name that is no UTF-8"
            case .nameTooLong(let limit): "a name longer than \(limit) bytes"
            case .unsafeName: "a name that could lead out of the folder"
            case .duplicateName(let first): "one name with \(quoted(first)) on some systems"
            case .unsafeLink(let target): "a link that leads out, to \(quoted(target))"
            case .notAFile: "a device, socket or pipe"
            case .cannotWrite(let code): "cannot be unpacked: \(system(code))"
            }
        return "\(place): \(what)"
    }
}
