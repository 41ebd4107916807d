// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Amounts as people read them.
enum Amounts {
    /// `1.5 MiB`: three digits at most, binary prefixes.
    static func bytes(_ count: Int64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var value = Double(count)
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1024
            unit += 1
        }
        return unit == 0
            ? "\(count) B"
            : "\(fixed(value, digits: value < 9.995 ? 2 : value < 99.95 ? 1 : 0)) \(units[unit])"
    }

    static func rate(_ bytesPerSecond: Double) -> String { bytes(Int64(bytesPerSecond)) + "/s" }

    /// `2h 03m`, `4m 05s`, `16s`, `1.5s`.
    static func duration(seconds: Double) -> String {
        guard seconds.isFinite, seconds < 100 * 24 * 3600 else { return "∞" }
        if seconds < 9.95 { return "\(fixed(seconds, digits: 1))s" }
        let whole = Int(seconds.rounded(.up))
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if hours > 0 { return "\(hours)h \(two(minutes))m" }
        return minutes > 0 ? "\(minutes)m \(two(rest))s" : "\(rest)s"
    }

    static func percent(_ part: Int64, of whole: Int64) -> String {
        guard whole > 0 else { return "100%" }
        // Rounded down, so that 100% is said of nothing unfinished.
        let tenths = Int(Double(part) / Double(whole) * 1000)
        return "\(tenths / 10).\(tenths % 10)%"
    }

    /// "1 file", "2 files".
    static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// With two digits behind the point.
    static func decimal(_ number: Double) -> String { fixed(number, digits: 2) }

    static func milliseconds(_ time: Double) -> String { fixed(time, digits: time < 10 ? 1 : 0) + " ms" }

    private static func fixed(_ value: Double, digits: Int) -> String {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((value * Double(scale)).rounded())
        guard digits > 0 else { return "\(scaled)" }
        let fraction = "\(scaled % scale)"
        return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
