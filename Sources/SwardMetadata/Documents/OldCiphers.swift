// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The old ciphers and digests that PDF's standard handler is made of.
///
/// They protect nothing here: whoever has the file has the key. swift-crypto has neither RC4 nor plain CBC, and a second module
/// of it for these is a large price; so they are small and slow instead. Checked against files that qpdf encrypts.
enum MD5 {
    private static let shifts: [UInt32] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
    /// The whole parts of 2³² times the sines of 1 to 64.
    private static let constants: [UInt32] = [
        0xD76A_A478, 0xE8C7_B756, 0x2420_70DB, 0xC1BD_CEEE, 0xF57C_0FAF, 0x4787_C62A, 0xA830_4613,
        0xFD46_9501,
        0x6980_98D8, 0x8B44_F7AF, 0xFFFF_5BB1, 0x895C_D7BE, 0x6B90_1122, 0xFD98_7193, 0xA679_438E,
        0x49B4_0821,
        0xF61E_2562, 0xC040_B340, 0x265E_5A51, 0xE9B6_C7AA, 0xD62F_105D, 0x0244_1453, 0xD8A1_E681,
        0xE7D3_FBC8,
        0x21E1_CDE6, 0xC337_07D6, 0xF4D5_0D87, 0x455A_14ED, 0xA9E3_E905, 0xFCEF_A3F8, 0x676F_02D9,
        0x8D2A_4C8A,
        0xFFFA_3942, 0x8771_F681, 0x6D9D_6122, 0xFDE5_380C, 0xA4BE_EA44, 0x4BDE_CFA9, 0xF6BB_4B60,
        0xBEBF_BC70,
        0x289B_7EC6, 0xEAA1_27FA, 0xD4EF_3085, 0x0488_1D05, 0xD9D4_D039, 0xE6DB_99E5, 0x1FA2_7CF8,
        0xC4AC_5665,
        0xF429_2244, 0x432A_FF97, 0xAB94_23A7, 0xFC93_A039, 0x655B_59C3, 0x8F0C_CC92, 0xFFEF_F47D,
        0x8584_5DD1,
        0x6FA8_7E4F, 0xFE2C_E6E0, 0xA301_4314, 0x4E08_11A1, 0xF753_7E82, 0xBD3A_F235, 0x2AD7_D2BB,
        0xEB86_D391,
    ]

    /// Source: RFC 1321.
    static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var message = bytes + [0x80]
        message += [UInt8](repeating: 0, count: (120 - message.count % 64) % 64)
        for shift in stride(from: 0, to: 64, by: 8) {
            message.append(UInt8(truncatingIfNeeded: (bytes.count * 8) >> shift))
        }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
        for block in stride(from: 0, to: message.count, by: 64) {
            let words = (0..<16).map { UInt32(message.le32(block + $0 * 4) ?? 0) }
            var (a, b, c, d) = (state[0], state[1], state[2], state[3])
            for i in 0..<64 {
                let mixed: UInt32
                let word: Int
                switch i / 16 {
                case 0: (mixed, word) = (b & c | ~b & d, i)
                case 1: (mixed, word) = (d & b | ~d & c, (5 * i + 1) % 16)
                case 2: (mixed, word) = (b ^ c ^ d, (3 * i + 5) % 16)
                default: (mixed, word) = (c ^ (b | ~d), 7 * i % 16)
                }
                let sum = mixed &+ a &+ constants[i] &+ words[word]
                let shift = shifts[i / 16 * 4 + i % 4]
                (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
            }
            state[0] &+= a
            state[1] &+= b
            state[2] &+= c
            state[3] &+= d
        }
        return state.flatMap { word in [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }
}

enum RC4 {
    static func applied(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        guard !key.isEmpty else { return bytes }
        var state = (0...255).map { UInt8($0) }
        var j: UInt8 = 0
        for i in 0..<256 {
            j = j &+ state[i] &+ key[i % key.count]
            state.swapAt(i, Int(j))
        }
        var i: UInt8 = 0
        j = 0
        return bytes.map { byte in
            i = i &+ 1
            j = j &+ state[Int(i)]
            state.swapAt(Int(i), Int(j))
            return byte ^ state[Int(state[Int(i)] &+ state[Int(j)])]
        }
    }
}

/// Source: FIPS 180-4.
enum SHA2 {
    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        let message = padded(bytes, block: 64, lengthWidth: 8)
        var state = (0..<8).map { UInt32(truncatingIfNeeded: start512[$0] >> 32) }
        for block in stride(from: 0, to: message.count, by: 64) {
            var words = (0..<16).map { UInt32(message.be32(block + $0 * 4) ?? 0) }
            for i in 16..<64 {
                let x = words[i - 15], y = words[i - 2]
                let low = rotated(x, 7) ^ rotated(x, 18) ^ x >> 3
                let high = rotated(y, 17) ^ rotated(y, 19) ^ y >> 10
                words.append(words[i - 16] &+ low &+ words[i - 7] &+ high)
            }
            var h = state
            for i in 0..<64 {
                let sum1 = rotated(h[4], 6) ^ rotated(h[4], 11) ^ rotated(h[4], 25)
                let choice = h[4] & h[5] ^ ~h[4] & h[6]
                // The constants of the short form are the upper halves of those of the long one.
                let first =
                    h[7] &+ sum1 &+ choice &+ UInt32(truncatingIfNeeded: constants[i] >> 32) &+ words[i]
                let sum0 = rotated(h[0], 2) ^ rotated(h[0], 13) ^ rotated(h[0], 22)
                let majority = h[0] & h[1] ^ h[0] & h[2] ^ h[1] & h[2]
                h = [first &+ sum0 &+ majority, h[0], h[1], h[2], h[3] &+ first, h[4], h[5], h[6]]
            }
            for i in 0..<8 { state[i] &+= h[i] }
        }
        return state.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
    }

    static func sha512(_ bytes: [UInt8]) -> [UInt8] { long(bytes, start512) }
    static func sha384(_ bytes: [UInt8]) -> [UInt8] { Array(long(bytes, start384).prefix(48)) }

    private static func long(_ bytes: [UInt8], _ start: [UInt64]) -> [UInt8] {
        let message = padded(bytes, block: 128, lengthWidth: 16)
        var state = start
        for block in stride(from: 0, to: message.count, by: 128) {
            var words: [UInt64] = (0..<16).map { word in
                (0..<8).reduce(0) { $0 << 8 | UInt64(message[block + word * 8 + $1]) }
            }
            for i in 16..<80 {
                let x = words[i - 15], y = words[i - 2]
                let low = rotated(x, 1) ^ rotated(x, 8) ^ x >> 7
                let high = rotated(y, 19) ^ rotated(y, 61) ^ y >> 6
                words.append(words[i - 16] &+ low &+ words[i - 7] &+ high)
            }
            var h = state
            for i in 0..<80 {
                let sum1 = rotated(h[4], 14) ^ rotated(h[4], 18) ^ rotated(h[4], 41)
                let choice = h[4] & h[5] ^ ~h[4] & h[6]
                let first = h[7] &+ sum1 &+ choice &+ constants[i] &+ words[i]
                let sum0 = rotated(h[0], 28) ^ rotated(h[0], 34) ^ rotated(h[0], 39)
                let majority = h[0] & h[1] ^ h[0] & h[2] ^ h[1] & h[2]
                h = [first &+ sum0 &+ majority, h[0], h[1], h[2], h[3] &+ first, h[4], h[5], h[6]]
            }
            for i in 0..<8 { state[i] &+= h[i] }
        }
        return state.flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    private static func rotated<Word: FixedWidthInteger>(_ word: Word, _ count: Word) -> Word {
        word >> count | word << (Word(Word.bitWidth) - count)
    }

    private static func padded(_ bytes: [UInt8], block: Int, lengthWidth: Int) -> [UInt8] {
        var message = bytes + [0x80]
        message += [UInt8](
            repeating: 0, count: (2 * block - lengthWidth - message.count % block) % block + lengthWidth - 8)
        for shift in stride(from: 56, through: 0, by: -8) {
            message.append(UInt8(truncatingIfNeeded: (bytes.count * 8) >> shift))
        }
        return message
    }

    /// The fractions of the square roots of the first eight primes.
    private static let start512: [UInt64] = [
        0x6A09_E667_F3BC_C908, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B, 0xA54F_F53A_5F1D_36F1,
        0x510E_527F_ADE6_82D1, 0x9B05_688C_2B3E_6C1F, 0x1F83_D9AB_FB41_BD6B, 0x5BE0_CD19_137E_2179,
    ]
    /// Those of the next eight.
    private static let start384: [UInt64] = [
        0xCBBB_9D5D_C105_9ED8, 0x629A_292A_367C_D507, 0x9159_015A_3070_DD17, 0x152F_ECD8_F70E_5939,
        0x6733_2667_FFC0_0B31, 0x8EB4_4A87_6858_1511, 0xDB0C_2E0D_64F9_8FA7, 0x47B5_481D_BEFA_4FA4,
    ]
    /// The fractions of the cube roots of the first eighty primes.
    private static let constants: [UInt64] = [
        0x428A_2F98_D728_AE22, 0x7137_4491_23EF_65CD, 0xB5C0_FBCF_EC4D_3B2F, 0xE9B5_DBA5_8189_DBBC,
        0x3956_C25B_F348_B538, 0x59F1_11F1_B605_D019, 0x923F_82A4_AF19_4F9B, 0xAB1C_5ED5_DA6D_8118,
        0xD807_AA98_A303_0242, 0x1283_5B01_4570_6FBE, 0x2431_85BE_4EE4_B28C, 0x550C_7DC3_D5FF_B4E2,
        0x72BE_5D74_F27B_896F, 0x80DE_B1FE_3B16_96B1, 0x9BDC_06A7_25C7_1235, 0xC19B_F174_CF69_2694,
        0xE49B_69C1_9EF1_4AD2, 0xEFBE_4786_384F_25E3, 0x0FC1_9DC6_8B8C_D5B5, 0x240C_A1CC_77AC_9C65,
        0x2DE9_2C6F_592B_0275, 0x4A74_84AA_6EA6_E483, 0x5CB0_A9DC_BD41_FBD4, 0x76F9_88DA_8311_53B5,
        0x983E_5152_EE66_DFAB, 0xA831_C66D_2DB4_3210, 0xB003_27C8_98FB_213F, 0xBF59_7FC7_BEEF_0EE4,
        0xC6E0_0BF3_3DA8_8FC2, 0xD5A7_9147_930A_A725, 0x06CA_6351_E003_826F, 0x1429_2967_0A0E_6E70,
        0x27B7_0A85_46D2_2FFC, 0x2E1B_2138_5C26_C926, 0x4D2C_6DFC_5AC4_2AED, 0x5338_0D13_9D95_B3DF,
        0x650A_7354_8BAF_63DE, 0x766A_0ABB_3C77_B2A8, 0x81C2_C92E_47ED_AEE6, 0x9272_2C85_1482_353B,
        0xA2BF_E8A1_4CF1_0364, 0xA81A_664B_BC42_3001, 0xC24B_8B70_D0F8_9791, 0xC76C_51A3_0654_BE30,
        0xD192_E819_D6EF_5218, 0xD699_0624_5565_A910, 0xF40E_3585_5771_202A, 0x106A_A070_32BB_D1B8,
        0x19A4_C116_B8D2_D0C8, 0x1E37_6C08_5141_AB53, 0x2748_774C_DF8E_EB99, 0x34B0_BCB5_E19B_48A8,
        0x391C_0CB3_C5C9_5A63, 0x4ED8_AA4A_E341_8ACB, 0x5B9C_CA4F_7763_E373, 0x682E_6FF3_D6B2_B8A3,
        0x748F_82EE_5DEF_B2FC, 0x78A5_636F_4317_2F60, 0x84C8_7814_A1F0_AB72, 0x8CC7_0208_1A64_39EC,
        0x90BE_FFFA_2363_1E28, 0xA450_6CEB_DE82_BDE9, 0xBEF9_A3F7_B2C6_7915, 0xC671_78F2_E372_532B,
        0xCA27_3ECE_EA26_619C, 0xD186_B8C7_21C0_C207, 0xEADA_7DD6_CDE0_EB1E, 0xF57D_4F7F_EE6E_D178,
        0x06F0_67AA_7217_6FBA, 0x0A63_7DC5_A2C8_98A6, 0x113F_9804_BEF9_0DAE, 0x1B71_0B35_131C_471B,
        0x28DB_77F5_2304_7D84, 0x32CA_AB7B_40C7_2493, 0x3C9E_BE0A_15C9_BEBC, 0x431D_67C4_9C10_0D4C,
        0x4CC5_D4BE_CB3E_42B6, 0x597F_299C_FC65_7E2A, 0x5FCB_6FAB_3AD6_FAEC, 0x6C44_198C_4A47_5817,
    ]
}

/// Blocks chained as CBC, without fill. Source: FIPS 197.
struct AES {
    private static let box: [UInt8] = makeBox()
    private static let inverseBox: [UInt8] = {
        var inverse = [UInt8](repeating: 0, count: 256)
        for (index, value) in box.enumerated() { inverse[Int(value)] = UInt8(index) }
        return inverse
    }()

    private let schedule: [UInt8]
    private let rounds: Int

    /// - Parameter key: 16 or 32 bytes; a shorter one is filled with zeros.
    init(_ key: [UInt8]) {
        let words = key.count > 16 ? 8 : 4
        rounds = words + 6
        var schedule = Array(key.prefix(words * 4))
        schedule += [UInt8](repeating: 0, count: words * 4 - schedule.count)
        var constant: UInt8 = 1
        for word in words..<(4 * (rounds + 1)) {
            var last = Array(schedule.suffix(4))
            if word % words == 0 {
                last = [last[1], last[2], last[3], last[0]].map { Self.box[Int($0)] }
                last[0] ^= constant
                constant = Self.doubled(constant)
            } else if words == 8, word % 8 == 4 {
                last = last.map { Self.box[Int($0)] }
            }
            for i in 0..<4 { schedule.append(schedule[(word - words) * 4 + i] ^ last[i]) }
        }
        self.schedule = schedule
    }

    func encrypted(_ bytes: [UInt8], vector: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var previous = vector
        for start in stride(from: 0, to: bytes.count - 15, by: 16) {
            var block = (0..<16).map { bytes[start + $0] ^ previous[$0] }
            encrypt(&block)
            result += block
            previous = block
        }
        return result
    }

    func decrypted(_ bytes: [UInt8], vector: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var previous = vector
        for start in stride(from: 0, to: bytes.count - 15, by: 16) {
            let locked = bytes.part(start, 16)
            var block = locked
            decrypt(&block)
            for i in 0..<16 { block[i] ^= previous[i] }
            result += block
            previous = locked
        }
        return result
    }

    private func addKey(_ block: inout [UInt8], _ round: Int) {
        for i in 0..<16 { block[i] ^= schedule[round * 16 + i] }
    }

    /// A round's substitution and mixing of one byte, as a column: revision 6 runs megabytes through this.
    private static let columns: [UInt32] = box.map { value in
        let twice = UInt32(doubled(value)), once = UInt32(value)
        return twice << 24 | once << 16 | once << 8 | (twice ^ once)
    }

    private func encrypt(_ block: inout [UInt8]) {
        addKey(&block, 0)
        var state = (UInt32(0), UInt32(0), UInt32(0), UInt32(0))
        func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
            UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16 | UInt32(bytes[place + 2]) << 8
                | UInt32(bytes[place + 3])
        }
        func mixed(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ key: Int) -> UInt32 {
            let columns = Self.columns
            let second = columns[Int(b >> 16 & 255)], third = columns[Int(c >> 8 & 255)],
                fourth = columns[Int(d & 255)]
            return columns[Int(a >> 24)] ^ (second >> 8 | second << 24) ^ (third >> 16 | third << 16)
                ^ (fourth >> 24 | fourth << 8) ^ word(schedule, key)
        }
        state = (word(block, 0), word(block, 4), word(block, 8), word(block, 12))
        for round in 1..<rounds {
            let (a, b, c, d) = state
            let key = round * 16
            state = (
                mixed(a, b, c, d, key), mixed(b, c, d, a, key + 4), mixed(c, d, a, b, key + 8),
                mixed(d, a, b, c, key + 12)
            )
        }
        let words = [state.0, state.1, state.2, state.3]
        for column in 0..<4 {
            for row in 0..<4 {
                let byte = words[(column + row) % 4] >> UInt32(24 - row * 8) & 255
                block[column * 4 + row] = Self.box[Int(byte)]
            }
        }
        addKey(&block, rounds)
    }

    private func decrypt(_ block: inout [UInt8]) {
        addKey(&block, rounds)
        for round in stride(from: rounds - 1, through: 0, by: -1) {
            let from = block
            for column in 0..<4 {
                for row in 0..<4 {
                    block[(column + row) % 4 * 4 + row] = Self.inverseBox[Int(from[column * 4 + row])]
                }
            }
            addKey(&block, round)
            guard round > 0 else { return }
            for start in stride(from: 0, to: 16, by: 4) {
                // The inverse of the mixing is the mixing itself after this.
                let u = Self.doubled(Self.doubled(block[start] ^ block[start + 2]))
                let v = Self.doubled(Self.doubled(block[start + 1] ^ block[start + 3]))
                block[start] ^= u
                block[start + 1] ^= v
                block[start + 2] ^= u
                block[start + 3] ^= v
                let (a, b, c, d) = (block[start], block[start + 1], block[start + 2], block[start + 3])
                let all = a ^ b ^ c ^ d
                block[start] ^= all ^ Self.doubled(a ^ b)
                block[start + 1] ^= all ^ Self.doubled(b ^ c)
                block[start + 2] ^= all ^ Self.doubled(c ^ d)
                block[start + 3] ^= all ^ Self.doubled(d ^ a)
            }
        }
    }

    private static func doubled(_ value: UInt8) -> UInt8 { value << 1 ^ (value & 0x80 == 0 ? 0 : 0x1B) }

    /// By walking all powers of 3 and of its inverse side by side.
    private static func makeBox() -> [UInt8] {
        var box = [UInt8](repeating: 0x63, count: 256)
        var p: UInt8 = 1, q: UInt8 = 1
        repeat {
            p = p ^ doubled(p)
            q ^= q << 1
            q ^= q << 2
            q ^= q << 4
            if q & 0x80 != 0 { q ^= 0x09 }
            func turned(_ count: UInt8) -> UInt8 { q << count | q >> (8 - count) }
            box[Int(p)] = q ^ turned(1) ^ turned(2) ^ turned(3) ^ turned(4) ^ 0x63
        } while p != 1
        return box
    }
}
