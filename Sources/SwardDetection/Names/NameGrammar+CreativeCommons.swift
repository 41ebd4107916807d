// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

extension NameGrammar {
    /// "Creative Commons Attribution-ShareAlike 4.0 International", "CC BY-NC-SA 2.0 DE", "cc-by", "BY-SA 3.0".
    ///
    /// Without a version it is the current one, 4.0. A port that the SPDX list does not have is told by its base version.
    func creativeCommons(at start: Int, before limit: Int) -> NamedLicense? {
        var index = start
        var hasHead = false
        switch text.word(index) {
        case .cc, .creativecommons:
            hasHead = true
            index += 1
        case .creative:
            guard text.word(index + 1) == .commons else { return nil }
            hasHead = true
            index += 2
        case .attribution, .by: break
        default: return nil
        }
        // "CC-Attribution", "Creative Commons (CC) Attribution", "Creative Commons license: BY-SA".
        while hasHead, index < min(limit, start + 6), [.cc, .license, .the, .v].contains(text.word(index)) {
            if text.word(index) == .license, text.gap(index + 1).contains(.stop) { break }
            index += 1
        }
        // "Creative Commons 3.0 Attribution"
        var early: String?
        if hasHead, text.word(index) == .number, text.word(index + 1) == .attribution,
            CreativeCommons.versions.contains(text.text(index).prefix(4))
        {
            early = text.text(index)
            index += 1
        }
        var elements = CreativeCommons.Elements()
        let first = index
        var end = index
        scan: while index < min(limit, start + 24) {
            meter.spend(WorkMeter.Cost.word * 3)
            let gap = text.gap(index)
            if index > first, gap.contains(.stop) || gap.contains(.blankLine) { break }
            switch text.word(index) {
            case .attribution: elements.insert(.by)
            case .by:
                // "CC by John" is not an element.
                if !hasHead, index == first, !text.gapAfter(index).contains(.hyphen) { return nil }
                elements.insert(.by)
            case .sharealike, .sa: elements.insert(.sa)
            case .share:
                guard text.word(index + 1) == .alike else { break scan }
                elements.insert(.sa)
                index += 1
            case .noncommercial, .nc: elements.insert(.nc)
            case .non:
                // "non commerciale", "non opere derivate".
                guard
                    text.word(index + 1) == .commercial || CreativeCommons.word(lowercased(index + 1)) != nil
                else { break scan }
                if text.word(index + 1) != .commercial {
                    index += 1
                    continue
                }
                elements.insert(.nc)
                index += 1
            case .no:
                switch text.word(index + 1) {
                case .derivatives, .derivs:
                    index += 1
                case .derivative:
                    index += text.word(index + 2) == .works ? 2 : 1
                default:
                    // "uso no comercial"
                    guard let element = CreativeCommons.word(lowercased(index + 1)), !element.isEmpty else {
                        break scan
                    }
                    elements.insert(element)
                    index += 2
                    end = index
                    continue
                }
                elements.insert(.nd)
            case .noderivatives, .noderivs, .nd: elements.insert(.nd)
            case .and, .license, .the, .v, .version:
                index += 1
                continue
            default:
                switch text[index].length {
                // "pas d'utilisation commerciale"
                case 1 where text.word(index) == .d && CreativeCommons.word(lowercased(index + 1)) != nil:
                    index += 1
                    continue
                case 2...3 where CreativeCommons.isJoint(text.text(index).lowercased()) && !elements.isEmpty:
                    index += 1
                    continue
                case 4...40:
                    guard let element = CreativeCommons.word(text.text(index).lowercased()) else {
                        break scan
                    }
                    elements.insert(element)
                default: break scan
                }
            }
            index += 1
            end = index
        }
        guard !elements.isEmpty, hasHead || elements.count > 1 || elements.contains(.by) else { return nil }
        index = end
        while index < min(limit, end + 3), [.license, .version, .v, .the].contains(text.word(index)),
            !text.gap(index).contains(.stop)
        {
            index += 1
        }
        var version = early.map { $0.contains(".") ? $0 : $0 + ".0" }
        var port: String?
        if text.word(index) == .number, index < limit,
            CreativeCommons.versions.contains(text.text(index).prefix(4)),
            !text.gap(index).contains(.stop)
        {
            let number = text.text(index)
            version = number.contains(".") ? number : number + ".0"
            index += 1
            end = index
            // The port: a code or the name of a country.
            var behind = index
            while behind < min(limit, index + 3), !text.gap(behind).contains(.stop),
                !text.gap(behind).contains(.blankLine)
            {
                switch text.word(behind) {
                case .unported, .international, .generic, .universal:
                    end = behind + 1
                    behind += 1
                    continue
                default:
                    let word = text.text(behind).lowercased()
                    // "in", "it", "is", "at" and "no" are words and codes.
                    if let code = CreativeCommons.port(word),
                        word.count > 2 || text.gap(behind).contains(.hyphen)
                            || CreativeCommons.isUpper(text, behind)
                    {
                        port = code
                        end = behind + 1
                        if code == "UK", text.word(behind + 1) == .and { end = behind + 3 }
                        if text.text(behind + 1).lowercased() == "states" { end = behind + 2 }
                    }
                }
                break
            }
        }
        guard hasHead || version != nil || elements.count > 1 else { return nil }
        if !hasHead, version == nil, elements.count < 2 { return nil }
        if !hasHead, version == nil, !elements.contains(.by) { return nil }
        meter.spend(WorkMeter.Cost.expression * 2)
        guard let identifier = CreativeCommons.identifier(elements, version: version ?? "4.0", port: port)
        else {
            return nil
        }
        return NamedLicense(
            node: .term(LicenseTerm(LicenseReference(identifier))), end: end, family: nil,
            saidVersion: version != nil,
            saidLicense: hasHead, isWeak: false, isVague: version == nil)
    }
}

extension NameGrammar {
    private func lowercased(_ index: Int) -> String { text.text(index).lowercased() }
}

/// Parts of the names and addresses of Creative Commons.
enum CreativeCommons {
    struct Elements: OptionSet, Sendable {
        let rawValue: Int
        static let by = Elements(rawValue: 1), nc = Elements(rawValue: 2), nd = Elements(rawValue: 4),
            sa = Elements(rawValue: 8)
        var count: Int { rawValue.nonzeroBitCount }
    }

    static let versions: Set<Substring> = ["1.0", "1", "2.0", "2", "2.1", "2.5", "3.0", "3", "4.0", "4"]

    /// Elements in other languages.
    static func word(_ word: String) -> Elements? {
        switch word {
        case "相同方式共享", "継承", "weitergabe", "compartirigual", "compartilhaigual", "condividi", "gleichen",
            "partage",
            "gelijkdelen", "compartir",
            "viral", "samych", "тех", "delalika", "сохранением", "동일조건변경허락":
            .sa
        case "keine", "bearbeitung", "sinobraderivada", "derivada", "nopermitirtrabajosderivados", "noopere",
            "禁止演绎", "改変禁止", "modification", "sinderivadas", "sinderivar", "semderivações", "semderivados",
            "noderivadas", "derivadas", "derivate", "derivados", "afgeleide", "geenafgeleidewerken",
            "keinebearbeitung", "ingabearbetningar", "производных", "zależnych", "변경금지":
            .nd
        case "nicht", "kommerziell", "kommerzielle", "nocomercial", "pas", "utilisation", "commerciale",
            "niet", "commercieel", "niekomercyjne", "некоммерческое", "非商业性使用", "非営利", "nãocomercial",
            "comercial", "commerciali", "nonkommersiell", "ikkekommersiell", "ickekommersiell",
            "nichtkommerziell", "비영리":
            .nc
        case "namensnennung", "namens", "reconocimiento", "attribuzione", "paternité", "uznanie", "署名", "表示",
            "저작자표시", "erkännande", "navngivelse":
            .by
        case "igual", "unter", "bedingungen", "conditions", "identiques", "initiales", "nutzung", "dans",
            "mêmes",
            "allo", "stesso", "modo", "autorstwa", "użycie", "opere", "obra", "obras", "werken", "utworów",
            "произведений", "usage", "warunkach", "на", "условиях", "conservar":
            []
        default: nil
        }
    }

    /// "pas de modification", "dans les mêmes conditions": words between the elements.
    static func isJoint(_ word: String) -> Bool {
        ["de", "na", "di", "pas", "les", "das", "sin", "uso", "sem", "não", "no", "bez", "без", "с"].contains(
            word)
    }

    static func isUpper(_ text: Lexemes, _ index: Int) -> Bool {
        text[index].bytes.allSatisfy { 65...90 ~= text.bytes[$0] }
    }

    static func port(_ word: String) -> String? {
        switch word {
        case "at", "austria", "österreich", "oesterreich", "autriche", "oostenrijk": "AT"
        case "au", "australia", "australien", "australie", "australië": "AU"
        case "de", "germany", "deutschland", "allemagne", "alemania", "germania", "duitsland": "DE"
        case "fr", "france", "frankreich", "francia", "frankrijk": "FR"
        case "igo", "intergovernmental": "IGO"
        case "jp", "japan", "japon", "japón": "JP"
        case "nl", "netherlands", "nederland", "niederlande": "NL"
        case "uk", "england", "scotland": "UK"
        case "us", "usa", "united": "US"
        case "ar", "be", "bg", "br", "ca", "ch", "cl", "cn", "co", "cr", "cz", "dk", "ec", "ee", "eg", "es",
            "fi", "gr", "gt", "hk",
            "hr", "hu", "ie", "il", "in", "it", "kr", "lu", "mk", "mt", "mx", "my", "no", "nz", "pe", "ph",
            "pl", "pr", "pt", "ro",
            "rs", "se", "sg", "si", "th", "tw", "ug", "ve", "vn", "za", "spain", "italy", "poland", "brazil",
            "canada", "switzerland",
            "sweden", "portugal", "taiwan", "belgium", "denmark", "norway", "mexico", "argentina", "españa",
            "italia", "brasil", "schweiz":
            word.uppercased()
        default: nil
        }
    }

    /// - Returns: `nil` for a combination that does not exist.
    static func identifier(_ elements: Elements, version: String, port: String?) -> String? {
        guard !elements.isSuperset(of: [.nd, .sa]) else { return nil }
        var stem = "CC"
        var elements = elements
        // All licenses from 2.0 on have BY; of 1.0 only SA alone is listed without.
        if !(elements == .sa && version == "1.0") { elements.insert(.by) }
        if elements.contains(.by) { stem += "-BY" }
        if elements.contains(.nc) { stem += "-NC" }
        if elements.contains(.nd) { stem += "-ND" }
        if elements.contains(.sa) { stem += "-SA" }
        if let port, let listed = LicenseList.license("\(stem)-\(version)-\(port)") {
            return listed.identifier
        }
        if let listed = LicenseList.license("\(stem)-\(version)") { return listed.identifier }
        // 2.1 has ports only.
        if version == "2.1" { return LicenseList.license("\(stem)-2.0")?.identifier }
        return nil
    }
}
