// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The style and the script of the page; both are the same in every report, so that its policy can name their digests.
enum Page {
    /// Colours of text keep 4.5 to 1 against what they stand on, in both schemes; `test_reports.py` measures it.
    static let style =
        base + "@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) {" + dark + "} }\n"
        + ":root[data-theme=dark] {" + dark + "}\n" + layout + tree + print

    private static let base = #"""
        :root { color-scheme: light;
          --paper: #fbfaf6; --card: #ffffff; --sunk: #f3f1ea; --line: #dcd8cc; --edge: #8b877a;
          --ink: #1e211c; --soft: #5a5d54; --accent: #2c6335; --accent-ink: #ffffff; --wash: #e6efe2;
          --forbids: #9c1f1f; --forbids-wash: #fbe9e6; --clashes: #7d4a00; --clashes-wash: #fcf0da;
          --hint: #2f5277; --hint-wash: #e7eff7; --met: #2c6335; --met-wash: #e6efe2;
          --found: #dcefd5; --evidence: #f9d2cb; --residue: #fbe6b3; --holder: #dbe7f5; --added: #1d5c29; --missing: #97221c; }

        """#

    private static let dark = #"""
         color-scheme: dark;
          --paper: #151814; --card: #1c201b; --sunk: #111310; --line: #363b34; --edge: #7e8579;
          --ink: #e8eae3; --soft: #a9aea2; --accent: #8fce96; --accent-ink: #10200f; --wash: #24331f;
          --forbids: #ff9c90; --forbids-wash: #3d1c19; --clashes: #f0bd6a; --clashes-wash: #38290f;
          --hint: #9cc3ea; --hint-wash: #1b2a3a; --met: #8fce96; --met-wash: #1f2f1d;
          --found: #28452a; --evidence: #5c2520; --residue: #4d3c10; --holder: #24374d; --added: #a6e5ad; --missing: #ffaea4;
        """#

    private static let layout = #"""
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
        @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
          overflow-wrap: anywhere; }
        h1, h2, h3, h4 { line-height: 1.2; margin: 0; text-wrap: balance; }
        h1, h2 { font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "Noto Serif", Georgia, serif; font-weight: 600; letter-spacing: -.01em; }
        h2 { font-size: 1.75rem; } h3 { font-size: 1.06rem; } h4 { font-size: .9rem; }
        p { margin: .35rem 0; } ul, ol { margin: .35rem 0; padding: 0; list-style: none; }
        a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: .07em; }
        code, .path, blockquote, pre { font-family: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
        :focus-visible { outline: .18rem solid var(--accent); outline-offset: .12rem; border-radius: .2rem; }
        .quiet { color: var(--soft); font-size: .9rem; } .lead { color: var(--soft); max-width: 62ch; } .more { padding-left: .2rem; }
        .skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 9; }
        button, select, input { font: inherit; color: inherit; }
        button, select, input[type=search] { background: var(--card); border: 1px solid var(--edge); border-radius: .4rem; padding: .38rem .7rem; }
        ::placeholder { color: var(--soft); opacity: 1; } button { cursor: pointer; } button:hover { background: var(--wash); }
        input[type=checkbox] { accent-color: var(--accent); inline-size: 1.05rem; block-size: 1.05rem; margin: .28rem 0 0; flex: none; }
        .banner { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; align-items: start; max-width: 84rem; margin: 0 auto; padding: 1.6rem 1.5rem 1.1rem; }
        .brand { grid-column: 1; margin: 0; display: flex; gap: .4rem; align-items: center; color: var(--accent); font-weight: 600; letter-spacing: .04em; }
        .brand svg { inline-size: 1.25rem; block-size: 1.25rem; fill: currentColor; }
        .banner h1 { grid-column: 1; font-size: clamp(1.9rem, 5vw, 2.9rem); } .when { grid-column: 1; margin: .2rem 0 0; color: var(--soft); }
        #theme { grid-column: 2; grid-row: 1; }
        .page { display: grid; grid-template-columns: 12.5rem minmax(0, 1fr); gap: 2rem; max-width: 84rem; margin: 0 auto; padding: 0 1.5rem 4rem; }
        nav { position: sticky; top: 1rem; align-self: start; }
        nav li a { display: flex; justify-content: space-between; gap: .6rem; padding: .36rem .7rem; border-radius: .4rem; color: var(--ink); text-decoration: none; }
        nav li a:hover { background: var(--wash); } nav .count { color: var(--soft); font-variant-numeric: tabular-nums; }
        section { margin: 0 0 2.8rem; } section > .lead { margin: .3rem 0 1rem; }
        .verdict { background: var(--card); border: 1px solid var(--line); border-left: .5rem solid var(--tone); border-radius: .8rem; padding: 1.6rem 1.7rem;
          display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 1.4rem; margin-bottom: 1.2rem; }
        .verdict { --tone: var(--hint); --tone-wash: var(--hint-wash); }
        .verdict.permitted { --tone: var(--met); --tone-wash: var(--met-wash); }
        .verdict.permitted-with-duties-open, .verdict.noncommercial-only, .verdict.needs-review { --tone: var(--clashes); --tone-wash: var(--clashes-wash); }
        .verdict.not-permitted { --tone: var(--forbids); --tone-wash: var(--forbids-wash); }
        .seal svg { inline-size: 4.2rem; block-size: 4.2rem; border-radius: 50%; background: var(--tone-wash); fill: none; stroke: var(--tone); stroke-width: 3.4; stroke-linecap: round; stroke-linejoin: round; }
        .verdict h2 { font-size: clamp(1.5rem, 3.6vw, 2.2rem); color: var(--tone); } .verdict .lead { font-size: 1.08rem; color: var(--ink); }
        .kicker { margin: 0 0 .1rem; font-size: .78rem; letter-spacing: .12em; text-transform: uppercase; color: var(--soft); }
        .commons { border-left: .2rem solid var(--line); padding-left: .7rem; } .commons.enclosed { border-color: var(--forbids); } .commons.protected { border-color: var(--met); }
        .why { grid-column: 1 / -1; margin-top: 1.1rem; border-top: 1px solid var(--line); padding-top: 1rem; }
        .reasons > li { display: grid; grid-template-columns: 6.2rem minmax(0, 1fr); gap: .8rem; padding: .55rem 0; } .reasons > li + li { border-top: 1px dashed var(--line); }
        .statement { margin: 0; }
        cite { font-style: normal; font-size: .84rem; color: var(--soft); border: 1px solid var(--line); border-radius: .3rem; padding: .04rem .4rem; white-space: nowrap; background: var(--sunk); }
        .cure { margin: .25rem 0 0; } .cure .label { font-size: .74rem; letter-spacing: .08em; text-transform: uppercase; color: var(--met); margin-right: .3rem; font-weight: 600; }
        .badge { display: inline-block; font-size: .76rem; font-weight: 600; line-height: 1.3; padding: .12rem .5rem; border-radius: 1rem; white-space: nowrap; justify-self: start; align-self: start; margin-top: .14rem;
          color: var(--hint); background: var(--hint-wash); }
        .badge.forbids { color: var(--forbids); background: var(--forbids-wash); } .badge.clashes, .badge.review, .badge.duty { color: var(--clashes); background: var(--clashes-wash); }
        .badge.met { color: var(--met); background: var(--met-wash); }
        .warning { background: var(--clashes-wash); color: var(--clashes); border-radius: .5rem; padding: .5rem .8rem; }
        .numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.2rem, 1fr)); gap: .6rem; margin: 0 0 2.6rem; }
        .numbers > div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .6rem .8rem; display: flex; flex-direction: column-reverse; }
        .numbers dt { color: var(--soft); font-size: .84rem; } .numbers dd { margin: 0; font-size: 1.4rem; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .card { background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--hint); border-radius: .6rem; padding: 1rem 1.2rem; margin: 0 0 .9rem; }
        .card.forbids { border-left-color: var(--forbids); } .card.clashes { border-left-color: var(--clashes); }
        .card > header { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: center; } .card > header .badge { margin: 0; align-self: center; } .card > header code { color: var(--soft); margin-left: auto; }
        .versus { font-weight: 400; color: var(--soft); }
        .found > li { padding: .6rem 0; border-top: 1px dashed var(--line); } .place { margin: .3rem 0; }
        .quote { margin: .3rem 0; display: flex; flex-wrap: wrap; gap: .2rem .9rem; align-items: baseline; }
        .quote blockquote { margin: 0; padding: .4rem .7rem; background: var(--evidence); border-radius: .35rem; white-space: pre-wrap; flex: 0 1 auto; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; } .quote figcaption { color: var(--soft); font-size: .84rem; }
        .clauses li { padding: .2rem 0; } .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; margin: .6rem 0; } .sides h4 { color: var(--soft); font-weight: 600; }
        .act { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: 0 0 .7rem; }
        .act > summary { padding: .7rem 1.1rem; cursor: pointer; display: flex; gap: .7rem; align-items: center; flex-wrap: wrap; } .act > summary .badge { margin: 0; align-self: center; }
        .act > summary::before { content: "\25B8"; color: var(--soft); } .act[open] > summary::before { content: "\25BE"; } summary::-webkit-details-marker { display: none; }
        .duties { padding: 0 1.1rem .6rem; } .duties > li { display: flex; gap: .75rem; padding: .55rem 0; border-top: 1px dashed var(--line); } .duties > li > div { min-width: 0; }
        details > summary { cursor: pointer; color: var(--accent); padding: .45rem .2rem; } .rest > summary { padding: .45rem 1.1rem; } .act > summary { color: inherit; }
        .long > summary { padding: 0; color: inherit; } .long[open] > summary { color: var(--soft); } h3 .long { display: inline-block; vertical-align: top; max-width: 100%; }
        .paths { display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin: .1rem 0; }
        .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .5rem .8rem; border-bottom: 1px solid var(--line); } tbody tr:last-child td { border-bottom: 0; }
        th { font-size: .8rem; color: var(--soft); font-weight: 600; letter-spacing: .03em; } .number { font-variant-numeric: tabular-nums; white-space: nowrap; } th, td { overflow-wrap: break-word; min-width: 5.5rem; }
        meter { inline-size: 5rem; block-size: .5rem; margin-left: .6rem; vertical-align: middle; } .name { display: block; }
        .filter { border-color: var(--line); color: var(--accent); font-weight: 600; padding: .12rem .5rem; } .filter:hover { border-color: var(--edge); }
        .notes li { padding: .3rem 0; } .notes .warning { display: list-item; padding: .4rem .8rem; margin: .3rem 0; }
        footer { color: var(--soft); font-size: .85rem; border-top: 1px solid var(--line); padding-top: 1rem; }
        @media (max-width: 60rem) {
          .page { grid-template-columns: minmax(0, 1fr); gap: 0; padding: 0 1rem 3rem; } .banner { padding: 1.1rem 1rem .8rem; }
          nav { position: static; margin-bottom: 1.2rem; } nav ul { display: flex; flex-wrap: wrap; gap: .3rem; } nav li a { border: 1px solid var(--line); background: var(--card); padding: .25rem .6rem; font-size: .9rem; }
          .verdict { padding: 1.1rem; gap: 0 .9rem; } .seal svg { inline-size: 2.8rem; block-size: 2.8rem; } .reasons > li { grid-template-columns: minmax(0, 1fr); gap: .25rem; }
          cite { white-space: normal; }
        }

        """#

    private static let tree = #"""
        .filters { display: flex; flex-wrap: wrap; gap: .7rem; align-items: end; margin: .8rem 0; } .filters label { display: grid; gap: .15rem; font-size: .82rem; color: var(--soft); }
        .filters input, .filters select { font-size: .95rem; color: var(--ink); } .filters label:first-child { flex: 1 1 15rem; } .filters select { max-width: 13rem; } .filters output { color: var(--soft); font-size: .9rem; padding-bottom: .45rem; }
        [hidden] { display: none !important; }
        .explorer { display: grid; grid-template-columns: minmax(17rem, 2fr) minmax(0, 3fr); gap: 1rem; align-items: start; }
        .tree { position: sticky; top: 1rem; height: min(42rem, 86vh); overflow: auto; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; contain: strict; }
        #rows { position: relative; min-width: 100%; }
        .row { position: absolute; left: 0; right: 0; height: 30px; display: flex; align-items: center; gap: .4rem; padding-right: .6rem; white-space: nowrap; cursor: pointer; font-size: .9rem; }
        .row:hover { background: var(--wash); } .row.chosen { background: var(--wash); box-shadow: inset .25rem 0 var(--accent); } .tree:focus-visible .row.at { outline: 2px solid var(--accent); outline-offset: -2px; }
        .row .fold { flex: none; inline-size: 1rem; text-align: center; color: var(--soft); font-size: .75rem; } .row .label { flex: 1 1 auto; overflow: hidden; text-overflow: ellipsis; min-width: 5rem; } .row .label.folder { font-weight: 600; }
        .row .terms { flex: 0 1 auto; max-width: 45%; overflow: hidden; text-overflow: ellipsis; color: var(--soft); font-size: .8rem; } .row .terms.none { font-style: italic; }
        .sign { flex: none; inline-size: 1.1rem; block-size: 1.1rem; line-height: 1.1rem; border-radius: .3rem; text-align: center; font-size: .72rem; font-weight: 700; }
        .sign.forbids { color: var(--forbids); background: var(--forbids-wash); } .sign.clashes { color: var(--clashes); background: var(--clashes-wash); } .sign.hint { color: var(--hint); background: var(--hint-wash); }
        .detail { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.1rem 1.3rem; min-height: 12rem; min-width: 0; }
        .detail > h3 { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 1rem; font-weight: 600; } .detail h4 { margin: 1.1rem 0 .3rem; color: var(--soft); letter-spacing: .03em; }
        .terms-line { font-size: 1.2rem; font-weight: 600; margin: .5rem 0 .1rem; } .facts { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; color: var(--soft); font-size: .84rem; margin: .3rem 0; } .facts .sum { font-family: ui-monospace, monospace; font-size: .75rem; }
        .finding { display: flex; flex-wrap: wrap; gap: .1rem .7rem; align-items: baseline; padding: .3rem 0; border-top: 1px dashed var(--line); } .finding b { font-weight: 600; } .finding button { padding: .02rem .45rem; font-size: .82rem; }
        .legend { display: flex; flex-wrap: wrap; gap: .3rem .9rem; font-size: .8rem; color: var(--soft); margin: .2rem 0 .4rem; } .legend mark, .legend ins, .legend del { padding: 0 .35rem; }
        pre.source { margin: 0 0 .6rem; background: var(--sunk); border: 1px solid var(--line); border-radius: .45rem; overflow: auto; max-height: 34rem; padding: .4rem 0; line-height: 1.5; font-size: .82rem; tab-size: 4; }
        pre.source .line { display: grid; grid-template-columns: 4.2em minmax(0, 1fr); } pre.source .line:target, pre.source .line.lit { background: var(--wash); }
        pre.source .n { color: var(--soft); text-align: right; padding-right: 1em; user-select: none; } pre.source .t { white-space: pre-wrap; overflow-wrap: anywhere; padding-right: .8em; }
        mark { color: var(--ink); background: var(--found); border-radius: .15rem; } mark.k2 { background: var(--evidence); } mark.k4 { background: var(--residue); } mark.k8 { background: var(--holder); }
        ins { color: var(--added); background: transparent; text-decoration: underline 2px; text-underline-offset: .2em; font-weight: 600; } del { color: var(--missing); text-decoration: line-through; margin: 0 .15em; }
        .here { outline: 2px solid var(--accent); outline-offset: 2px; }
        .printed { display: none; }
        @media (max-width: 60rem) { .explorer { grid-template-columns: minmax(0, 1fr); } .tree { position: static; height: 24rem; } }

        """#

    private static let print = #"""
        @media print {
          @page { margin: 18mm 15mm; }
          :root, :root[data-theme=dark] { color-scheme: light; --paper: #fff; --card: #fff; --sunk: #fff; --ink: #000; --soft: #444; --line: #bbb; --edge: #888; --accent: #1c4a24; --wash: #fff;
            --forbids: #8c1616; --clashes: #6d3f00; --hint: #27466a; --met: #1c4a24; }
          body { font-size: 10pt; } nav, #theme, .filters, .explorer, .skip { display: none !important; } .page { display: block; padding: 0; max-width: none; } .banner { padding: 0 0 6mm; max-width: none; }
          a { color: inherit; text-decoration: none; } .scroll { overflow: visible; border: 0; } .filter { border: 0; padding: 0; color: inherit; text-align: left; }
          .card, .duties > li, .reasons > li, tr, .verdict, .numbers > div { break-inside: avoid; } h2, h3, summary, section > .lead { break-after: avoid; } .act > summary::before { content: none !important; }
          .numbers { display: block; } .numbers > div { display: inline-flex; border: 0; padding: 0 6mm 0 0; } .numbers dd { font-size: 13pt; } .verdict { border-width: 1px; border-left-width: 3mm; }
          .printed { display: table; font-size: 8pt; } .badge { border: 1px solid currentColor; }
        }
        """#
}
