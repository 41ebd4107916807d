// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import ArgumentParser
import SwardBundle
import SwardPolicy

extension Gate.Policy: ExpressibleByArgument {}

/// Who is asking, and what may pass.
struct OperatorOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What may pass: whatever may be redistributed, free licenses only (commons), or copyleft only (protected).",
            discussion: "The configuration may set another default than redistributable."))
    var policy: Gate.Policy?

    @Flag(
        inversion: .prefixedNo,
        help: "Whether you share without payment and commercial ends, as CC BY-NC and its like ask.")
    var noncommercial: Bool?

    func appraiser(_ configuration: Configuration) throws -> Appraiser {
        try Self.appraiser(policy, noncommercial, configuration)
    }

    /// Of a command that asks nobody.
    static func configured(_ configuration: Configuration) throws -> Appraiser {
        try appraiser(nil, nil, configuration)
    }

    private static func appraiser(
        _ policy: Gate.Policy?, _ noncommercial: Bool?, _ configuration: Configuration
    ) throws -> Appraiser {
        var policy = policy
        if policy == nil, let name = configuration.operator?.policy {
            guard let known = Gate.Policy(rawValue: name) else {
                throw Misfortune(
                    "\(Folders.live.configurationFile): operator.policy: \(Words.quoted(name)) is none of \(Words.list(Gate.Policy.allCases.map(\.rawValue)))"
                )
            }
            policy = known
        }
        return Appraiser(
            gate: Gate(policy: policy ?? .redistributable),
            operator: OperatorProfile(
                isNoncommercial: noncommercial ?? configuration.operator?.noncommercial ?? false))
    }
}
