// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// What one reader may still spend on one file, and the names and addresses it has read already.
///
/// Words may be made so that every one of them begins a name, an address or a phrase that is looked at far ahead. Such
/// looks are paid for; the purse is filled by the file's length, so that no content costs more than its length allows.
final class WorkMeter {
    /// In units, each about the look at one word: some 25 nanoseconds.
    enum Cost {
        static let word = 1, expression = 80, item = 30, address = 250, addressByte = 8, tagByte = 30
    }

    /// Given to every file, and one unit more for so many bytes: of a long file the beginning counts most.
    static let floor = 150_000, bytesPerUnit = 12

    /// How much was given, and how much of that is left; below zero once the work had to stop.
    let granted: Int
    private(set) var left: Int
    /// By lexeme: the name that begins there and its number in ``names``, plus 1; -1 where none begins; 0 not yet read.
    private var nameAt: [Int32] = []
    private var names: [NamedLicense] = []
    private var addresses: [String: LicenseExpression?] = [:]
    private var nodes: [String: LicenseExpression.Node?] = [:]

    /// - Parameter share: How many times as much as others the reader gets.
    init(byteCount: Int, share: Int = 1) {
        granted = share * (Self.floor + byteCount / Self.bytesPerUnit)
        left = granted
    }

    var isSpent: Bool { left < 0 }
    var spent: Int { granted - left }

    @inline(__always) func spend(_ cost: Int) { left &-= cost }

    /// The name that begins at `index` of `count` lexemes, read once however often it is asked for.
    func name(at index: Int, of count: Int, read: () -> NamedLicense?) -> NamedLicense? {
        if nameAt.isEmpty { nameAt = [Int32](repeating: 0, count: count + 1) }
        guard nameAt.indices.contains(index) else { return nil }
        switch nameAt[index] {
        case 0: break
        case -1: return nil
        case let number: return names[Int(number) - 1]
        }
        // Out of means; whoever asks finds no name, and the file is told to be read in part.
        guard !isSpent else { return nil }
        let found = read()
        if let found {
            spend(Cost.expression)
            names.append(found)
            nameAt[index] = Int32(clamping: names.count)
        } else {
            spend(Cost.word * 4)
            nameAt[index] = -1
        }
        return found
    }

    /// What an expression of the table of names says, parsed once.
    func node(_ expression: String) -> LicenseExpression.Node? {
        if let known = nodes[expression] { return known }
        let found = (try? LicenseExpression.parse(expression))?.root
        nodes[expression] = .some(found)
        return found
    }

    /// What an address stands for, found out once for each spelling.
    func expression(forAddress address: String) -> LicenseExpression? {
        if let known = addresses[address] { return known }
        guard !isSpent else { return nil }
        // A list of a thousand links to elsewhere leaves means for the rest of the file.
        guard LicenseAddress.isOfKnownSite(address) else {
            spend(Cost.item)
            return nil
        }
        spend(Cost.address + Cost.addressByte * min(address.utf8.count, LicenseAddress.maximumLength))
        let found = LicenseAddress.expression(for: address)
        addresses[address] = .some(found)
        return found
    }
}
