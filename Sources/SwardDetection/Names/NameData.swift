// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Names that people and registries use. `make license-index` builds them into the program; a test fails until it did.
///
/// The words "the", "license", "version" and "v" do not count in them.
///
/// A bare "BSD" is `BSD-3-Clause`: Debian's common-licenses, CRAN, Fedora and the Trove classifiers mean that one by it.
enum NameData {
    /// `STEM flags unversioned version=identifier …: names`; flag `g` marks the GNU families, `w` weak names.
    static let families = """
        GPL g GPL-1.0-or-later 1=GPL-1.0 2=GPL-2.0 3=GPL-3.0: gpl; gnu algemene publieke; algemene publieke gnu; gnu gpl; gplv; gnu gplv; gnu general public; general public; gnu public; gnu gpl general public; gnu gnu general public; general gnu public; gnu general; gnu generic public; gnus general public; gpld; gnu; gpled; gnu copyleft; gnu genral public; gnu public general; gnu-gpl; gnugpl; gnu gpl public; allgemeine öffentliche gnu; licencia pública general gnu; licencia pública general de gnu; licencia general pública gnu; licencia general pública de gnu; licencia pública general de la gnu; licence publique générale de gnu; licenza pubblica generale gnu; licenza pubblica generica gnu; licence publique générale gnu; gnu allgemeine öffentliche; licença pública geral gnu; licença pública geral da gnu; powszechnej licencji publicznej gnu; powszechna licencja publiczna gnu; стандартной общественной лицензии gnu; Стандартной общественной лицензии gnu; Стандартной Общественной Лицензии gnu; Универсальной Общественной Лицензии gnu; Стандартная общественная лицензия gnu; Универсальная общественная лицензия gnu; универсальной общественной лицензии gnu; Универсальной общественной лицензии gnu; obecné veřejné licence gnu; Obecné veřejné licence gnu; gpl gnu public; gnu licence; gpl gnu; gpl general public
        LGPL g LGPL-2.0-or-later 2=LGPL-2.0 2.1=LGPL-2.1 3=LGPL-3.0: lgpl; gnu lgpl; lgplv; gnu lgplv; gnu lesser general public; lesser general public; gnu library general public; library general public; gnu library; lesser gpl; library gpl; gnu lesser gpl; gnu library gpl; gnu library or lesser general public; gnu lesser or library general public; gnu library general; gnu lesser public; gnu lesser; library gnu general public; lesser gnu general public; lesser gnu public; gnu lesser general; gnu gpl lesser; lesser general; gnu library public; lesser public; gnu general lesser public; gnu lesser library general public; lgpld; limited general public; gnu limited general public; gnu library or lesser public; gnu library or "lesser" general public; gnu general library public; gnu library lesser general public; gnu lesser general library public; gnu lgpl lesser general public; gnu general public library; general public library
        AGPL g AGPL-1.0-or-later 1=AGPL-1.0 3=AGPL-3.0: agpl; licencia pública general affero de gnu; licencia pública general affero gnu; licencia pública general de affero gnu; licence publique générale gnu affero; licence publique générale affero gnu; licence publique générale affero de gnu; licença pública geral affero gnu; licença pública geral gnu affero; licenza pubblica generica affero gnu; licenza pubblica generale affero gnu; gnu affero allgemeine öffentliche; affero allgemeine öffentliche gnu; gnu affero algemene publieke; gnu agpl; agplv; gnu agplv; gnu affero general public; affero general public; affero gpl; gnu affero gpl; gnu affero public; gnu affero; affero; gnu affero general
        GFDL g GFDL-1.1-or-later 1.1=GFDL-1.1 1.2=GFDL-1.2 1.3=GFDL-1.3: gfdl; gnu fdl; fdl; gnu gfdl; gnu free documentation; free documentation; gnu free document; gfdlv; fdlv; gnu documentation; gnu free doc
        Apache - Apache-2.0 1.0=Apache-1.0 1.1=Apache-1.1 2.0=Apache-2.0: apache; apache software; asf; apache foundation software; apache public; asl; alv; apachev; apache software foundation; apl apache; asf apache; apache free; apache open source; apache software foundation software
        MPL - MPL-2.0 1.0=MPL-1.0 1.1=MPL-1.1 2.0=MPL-2.0: mpl; mplv; mozilla public; mozilla; mozilla mpl; mozilla foundation public
        NPL - NPL-1.1 1.0=NPL-1.0 1.1=NPL-1.1: npl; netscape public
        EPL - EPL-1.0 1.0=EPL-1.0 2.0=EPL-2.0: epl; eplv; eclipse public; eclipse; eclipse epl
        CDDL - CDDL-1.0 1.0=CDDL-1.0 1.1=CDDL-1.1: cddl; common development and distribution; common development distribution; common development & distribution; cddlv
        APSL - APSL-2.0 1.0=APSL-1.0 1.1=APSL-1.1 1.2=APSL-1.2 2.0=APSL-2.0: apsl; apple public source; apple public
        Artistic - Artistic-1.0 1.0=Artistic-1.0 2.0=Artistic-2.0: artistic; larry wall artistic; artistics
        Artistic - Artistic-1.0-Perl 1.0=Artistic-1.0-Perl 2.0=Artistic-2.0: perl artistic; artistic perl; perl's artistic
        LPPL - LPPL-1.3c 1.0=LPPL-1.0 1.1=LPPL-1.1 1.2=LPPL-1.2 1.3=LPPL-1.3c: lppl; latex project public; lpplv; latex project; latex public
        AFL - AFL-3.0 1.1=AFL-1.1 1.2=AFL-1.2 2.0=AFL-2.0 2.1=AFL-2.1 3.0=AFL-3.0: afl; academic free; aflv
        OSL - OSL-3.0 1.0=OSL-1.0 1.1=OSL-1.1 2.0=OSL-2.0 2.1=OSL-2.1 3.0=OSL-3.0: osl; open software; oslv; osl open software
        OFL - OFL-1.1 1.0=OFL-1.0 1.1=OFL-1.1: ofl; sil ofl; sil open font; open font; oflv; sil; sil international open font; openfont; sil openfont
        EUPL - EUPL-1.2 1.0=EUPL-1.0 1.1=EUPL-1.1 1.2=EUPL-1.2: eupl; european union public; european union public; european public; eu public; euplv; european union public eupl
        CECILL - CECILL-2.1 1.0=CECILL-1.0 1.1=CECILL-1.1 2.0=CECILL-2.0 2.1=CECILL-2.1: cecill; cecill free software; cecill free software agreement; cea cnrs inria logiciel libre; cecillv
        ZPL - ZPL-2.1 1.1=ZPL-1.1 2.0=ZPL-2.0 2.1=ZPL-2.1: zpl; zope public; zplv; zope
        PHP - PHP-3.01 3.0=PHP-3.0 3.01=PHP-3.01: php; php group
        QPL - QPL-1.0 1.0=QPL-1.0: qpl; q public; qt public; trolltech qt public
        CPL - CPL-1.0 1.0=CPL-1.0: cpl; common public; cplv; ibm common public
        IPL - IPL-1.0 1.0=IPL-1.0: ibm public
        ECL - ECL-2.0 1.0=ECL-1.0 2.0=ECL-2.0: educational community; ecl; eclv
        EFL - EFL-2.0 1.0=EFL-1.0 2=EFL-2.0: eiffel forum; efl; efl eiffel forum
        CERN-OHL - CERN-OHL-1.2 1.1=CERN-OHL-1.1 1.2=CERN-OHL-1.2: cern ohl; cern open hardware
        CERN-OHL-S - CERN-OHL-S-2.0 2=CERN-OHL-S-2.0: cern ohl s; cern open hardware strongly reciprocal; cern ohl strongly reciprocal
        CERN-OHL-W - CERN-OHL-W-2.0 2=CERN-OHL-W-2.0: cern ohl w; cern open hardware weakly reciprocal; cern ohl weakly reciprocal
        CERN-OHL-P - CERN-OHL-P-2.0 2=CERN-OHL-P-2.0: cern ohl p; cern open hardware permissive; cern ohl permissive
        OLDAP - OLDAP-2.8 2.0=OLDAP-2.0 2.7=OLDAP-2.7 2.8=OLDAP-2.8: openldap public; openldap; open ldap public; oldap
        LAL - LAL-1.3 1.2=LAL-1.2 1.3=LAL-1.3: free art; art libre; licence art libre; lal; fal; licencia arte libre; lizenz freie kunst; freie kunst
        BSL w BSL-1.0 1.0=BSL-1.0 1.1=BUSL-1.1: bsl
        BUSL - BUSL-1.1 1.1=BUSL-1.1: busl; business source; mariadb business source
        ODbL - ODbL-1.0 1.0=ODbL-1.0: odbl; open database; odc open database; open data commons open database; opendatacommons open database; odc odbl
        ODC-By - ODC-By-1.0 1.0=ODC-By-1.0: odc by; odc attribution; open data commons attribution; open data commons by
        PDDL - PDDL-1.0 1.0=PDDL-1.0: pddl; odc pddl; odc public domain dedication and; open data commons public domain dedication and; open data commons public domain dedication & ; odc public domain dedication; public domain dedication and license pddl; public domain dedication and; open data commons public domain dedication
        Elastic - Elastic-2.0 2.0=Elastic-2.0: elastic; elasticv
        SSPL - SSPL-1.0 1=SSPL-1.0: sspl; server side public; ssplv
        OGL-UK - OGL-UK-3.0 1.0=OGL-UK-1.0 2.0=OGL-UK-2.0 3.0=OGL-UK-3.0: uk ogl; uk open government; open government; ogl uk; open government united kingdom; uk open government ogl
        RPL - RPL-1.5 1.1=RPL-1.1 1.5=RPL-1.5: reciprocal public; rpl
        SISSL - SISSL 1.1=SISSL 1.2=SISSL-1.2: sissl; sun industry standards source
        W3C - W3C 19980720=W3C-19980720 20150513=W3C-20150513 20021231=W3C: w3c; w3c software; w3c software notice and; w3c software and document notice and; w3c document and software; w3c r
        MulanPSL - MulanPSL-2.0 1=MulanPSL-1.0 2=MulanPSL-2.0: mulan psl; mulanpsl; mulan permissive software; mulan
        Unicode - Unicode-3.0 3=Unicode-3.0: unicode; unicode inc; unicode inc agreement data files and software
        UPL - UPL-1.0 1.0=UPL-1.0: upl; universal permissive
        Hippocratic - Hippocratic-2.1 2.1=Hippocratic-2.1: hippocratic
        CPOL - CPOL-1.02 1.02=CPOL-1.02: cpol; code project open; codeproject open
        GPL-CC w GPL-CC-1.0 1.0=GPL-CC-1.0: gpl cooperation commitment
        VSL - VSL-1.0 1.0=VSL-1.0: vovida software
        CDLA-Permissive - CDLA-Permissive-2.0 1.0=CDLA-Permissive-1.0 2.0=CDLA-Permissive-2.0: cdla permissive; community data agreement permissive
        CDLA-Sharing - CDLA-Sharing-1.0 1.0=CDLA-Sharing-1.0: cdla sharing; community data agreement sharing
        DL-DE-BY - DL-DE-BY-2.0 2.0=DL-DE-BY-2.0: datenlizenz deutschland namensnennung; data licence germany attribution; dl de by; datenlizenz deutschland by
        DL-DE-ZERO - DL-DE-ZERO-2.0 2.0=DL-DE-ZERO-2.0: datenlizenz deutschland zero; data licence germany zero; dl de zero
        NLOD - NLOD-2.0 1.0=NLOD-1.0 2.0=NLOD-2.0: nlod; norwegian open government data; norsk for offentlige data
        etalab - etalab-2.0 2.0=etalab-2.0: etalab open; etalab; ouverte open; ouverte etalab; licence ouverte
        BitTorrent - BitTorrent-1.1 1.0=BitTorrent-1.0 1.1=BitTorrent-1.1: bittorrent open source; bittorrent
        OPUBL - OPUBL-1.0 1.0=OPUBL-1.0 0.4=OPUBL-1.0: open publication; opl open publication; opubl
        CPAL - CPAL-1.0 1.0=CPAL-1.0: cpal; common public attribution
        SPL - SPL-1.0 1.0=SPL-1.0: sun public
        CAL - CAL-1.0 1.0=CAL-1.0: cryptographic autonomy
        FSL - FSL-1.1-MIT 1.1=FSL-1.1-MIT: functional source; fsl
        Erlang - ErlPL-1.1 1.1=ErlPL-1.1: erlang public; erlpl; erlang
        YPL - YPL-1.1 1.0=YPL-1.0 1.1=YPL-1.1: yahoo public; ypl
        BlueOak - BlueOak-1.0.0 1.0.0=BlueOak-1.0.0 1=BlueOak-1.0.0: blue oak model; blueoak; blue oak
        copyleft-next - copyleft-next-0.3.1 0.3.0=copyleft-next-0.3.0 0.3.1=copyleft-next-0.3.1: copyleft next
        Parity - Parity-7.0.0 6.0.0=Parity-6.0.0 7.0.0=Parity-7.0.0: parity public
        """

    static let names = """
        MIT: mit; mit x 11; mit x; mit expat; expat; expat mit; expat mit x 11; x 11 mit; mit x consortium; x mit; mit lic; mit style x 11; the mit; mit license mit; mitlicense; mit expat x 11; mit open source; mit (expat); massachusetts institute of technology; mit x 11 (expat); mit old style
        X11: x 11; x consortium; x window system; x windows; mit x 11 x consortium; x 11 x consortium; x consortium x 11
        MIT-0: mit 0; mit no attribution; mit zero; mit zero attribution; mit nil
        ISC: isc; iscl; openbsd isc; isc openbsd; internet systems consortium; isc bsd; internet software consortium; isc (iscl); openbsd; isc style
        0BSD: 0 bsd; bsd 0; bsd zero clause; zero clause bsd; bsd 0 clause; free public 1.0.0; free public; bsd zero; zero bsd; 0 clause bsd
        BSD-3-Clause: eclipse distribution; eclipse distribution 1.0; edl 1.0; edl 1; bsd; bsd 3; bsd 3 clause; 3 clause bsd; three clause bsd; bsd three clause; new bsd; bsd new; modified bsd; bsd modified; revised bsd; bsd revised; new style bsd; bsd 3 clauses; bsd (3 clause); 3 bsd; bsd 3 clause new or revised; bsd 3 clause new revised; 3 clause bsd new; new modified bsd; bsd style three clause; bsd new style; bsd without advertising; bsd without advertising clause; bsd w o advertising; bsd no advertising; 3 clause berkeley; modern bsd; bsd 3 new; bsd 3 clause new; bsd open source; berkeley; berkeley software distribution; university of california bsd; berkeley bsd; bsd berkeley; bsd software; bsd simplified 3 clause; revised 3 clause bsd; 3 clause modified bsd; bsd 3 cl; three clause revised bsd; 3 term bsd; bsd 3 term; bsd no advertising clause; revised bsd 3 clause; ncsa bsd; bsdl; bsd like; bsd style; bsd type; bsd public; new 3 clause bsd; 3 clause new bsd; bsdl 3; bsd open; modified 3 clause bsd; new or revised bsd; bsd lic; berkeley style; simplified 3 clause bsd; netbsd 3 clause; bsd mit 3 klauseln; bsd mit drei klauseln; 3 klausel bsd; bsd à trois clauses; bsd à 3 clauses; bsd 3 clausole; bsd a 3 clausole; bsd a tre clausole; bsd de 3 cláusulas; bsd de tres cláusulas; bsd 3 cláusulas; bsd de três cláusulas; bsd met 3 clausules
        BSD-2-Clause: bsd 2; bsd 2 clause; 2 clause bsd; two clause bsd; bsd two clause; simplified bsd; bsd simplified; freebsd; bsd 2 clause simplified; bsd 2 clauses; bsd (2 clause); bsd 2 simplified; bsd 2 cl; netbsd 2 clause; bsd 2 clause freebsd; simplified 2 clause bsd; 2 clause simplified bsd; bsd simplified 2 clause; freebsd copyright; modified 2 clause bsd; 2 term bsd; bsd 2 term; ~netbsd; two clause simplified bsd; bsdl 2; freebsd bsd; bsd freebsd; 2 clause bsd freebsd; new 2 clause bsd; 2 clause freebsd; two clause freebsd; bsd 2 clause freebsd; new simplified bsd; bsd 2 clause netbsd; bsd mit 2 klauseln; bsd mit zwei klauseln; 2 klausel bsd; bsd à deux clauses; bsd à 2 clauses; bsd 2 clausole; bsd a 2 clausole; bsd a due clausole; bsd de 2 cláusulas; bsd de dos cláusulas; bsd 2 cláusulas; bsd de duas cláusulas; bsd met 2 clausules
        BSD-4-Clause: bsd 4 clause; 4 clause bsd; four clause bsd; bsd four clause; original bsd; bsd original; old bsd; bsd old; bsd with advertising; bsd w advertising; bsd 4; bsd with advertising clause; bsd advertising; old style bsd; bsd old style; original 4 clause bsd; 4 clause original bsd
        BSD-4-Clause-UC: bsd 4 clause uc; bsd 4.3; bsd 4.4; bsd unmodified
        BSD-1-Clause: bsd 1 clause; 1 clause bsd; one clause bsd; bsd one clause
        BSD-2-Clause-Patent: bsd 2 clause plus patent; bsd 2 patent; bsd plus patent; bsd+patent
        BSD-3-Clause-Clear: clear bsd; bsd clear; bsd 3 clause clear; bsd clear 3 clause
        BSL-1.0: boost software; boost; boost software bsl 1.0; boost 1.0; boost software 1.0; bsl 1.0; boost v 1.0; boost bsl 1.0; boost software bsl
        Zlib: zlib; ~z; zlib libpng; libpng zlib; zlib/png; zlib png; z lib; zlib acknowledgement style; zlib like; zlib style
        Libpng: libpng; ~png; lib png; png reference library
        Unlicense: unlicense; unlicence; unlicensed to public domain; ~un license; unlicense.org; unlicense public domain; public domain unlicense
        CC0-1.0: cc 0; cc zero; creative commons zero; creative commons 0; cc 0 1.0; cc 0 1.0 universal; creative commons cc 0; creative commons zero 1.0 universal; creative commons universal; creative commons cc zero; cc 0 universal; creative commons zero 1.0; creative commons 1.0 universal; creative commons public domain dedication; cc 0 public domain; cc 0 public domain dedication; cc 0 1.0 public domain; cc 0 1.0 universal public domain dedication; creative commons cc 0 1.0 universal; creative commons public domain 1.0; cc 0 1.0 universal cc 0 1.0 public domain dedication; creative commons cc 0 public domain; cc 0 waiver; creative commons cc 0 1.0 universal public domain dedication; cc 0 creative commons; public domain cc 0; public domain cc 0 1.0; public domain cc zero; creative commons zero public domain; creative commons cc 0 public domain dedication; creative commons 0 1.0 universal; cc public domain dedication; creative commons zero cc 0; public domain cc 0 1.0 universal; 1.0 universal cc 0 1.0 public domain dedication; cc zero 1.0; cc zero 1.0 universal; cc 0 1; creative commons zero waiver
        CC-PDM-1.0: public domain mark; creative commons public domain mark; cc public domain mark; cc pdm; public domain mark 1.0; cc pdm 1.0; creative commons public domain mark 1.0; pdm 1.0; public domain mark 1.0 universal
        CC-PDDC: cc pddc; creative commons public domain dedication and certification; copyright only dedication based on united states law or public domain certification; cc pd
        LicenseRef-public-domain: public domain; publicdomain; public domain software; dominio público; domaine public; gemeinfrei; domínio público; pubblico dominio; domena publiczna; общественное достояние; パブリックドメイン; 公有领域; 公共领域; 公有領域
        WTFPL: wtfpl; do what the fuck you want to public; do what the fuck you want to; do what you want to public; do whatever the fuck you want to public; wtf public; do wtf you want to public; do what the f you want to public; wtfplv 2; wtfpl 2; wtfpl 2.0; do whatever the fuck you want; do what the fuck you want public; wtfplv
        PSF-2.0: psf; python software foundation; psf 2.0; psfl; psf 2; python software foundation 2; python software foundation psf; psf based; python psf; psf style
        Python-2.0: ~python; python 2.0; python style; python 2; python cnri; python 2.0.1; python like
        CNRI-Python: cnri python; python 1.6; python 1.6 b1; python 1.6.1; python cnri python; cnri; python cnri
        CNRI-Jython: jython; jpython
        Ruby: ~ruby; ruby's; rubys; ruby style; ruby original
        Ruby OR BSD-2-Clause: ruby or 2 clause bsdl; ruby's bsdl
        Artistic-1.0-Perl: artistic perl 1.0; artistic 1.0 perl; perl artistic 1.0; artistic 1 perl
        Artistic-1.0: artistic 1; artistic 1.0; artistic original; original artistic; artistic original 1.0
        Artistic-1.0-cl8: artistic cl 8; artistic 1.0 w clause 8
        ClArtistic: clarified artistic; artistic clarified; cl artistic; clartistic; ncftp; clarified artistic ncftp
        Artistic-1.0-Perl OR GPL-1.0-or-later: ~perl; perl 5; same as perl; perl itself; perl_5; perl 5 itself; perl programming language; perl's; perlartistic or gpl; perl style; same as perl 5; same terms as perl; perl 5 gpl artistic; gpl perl artistic; ~perl_4
        Vim: ~vim; vim editor
        curl: ~curl; curl mit x derivate; mit x derivate; curl mit x; mit x derivate license inspired by
        OpenSSL: openssl; ssleay; openssl ssleay; openssl ssleay dual; openssl and ssleay; openssl 1.0; original ssleay; dual openssl ssleay
        NCSA: ncsa; university of illinois ncsa; university of illinois ncsa open source; illinois ncsa; uiuc bsd style; university of illinois open source; university of illinois; uiuc; uiuc ncsa; illinois open source; llvm university of illinois; university of illinois/ncsa open source; llvm release; uiuc/ncsa; uoi ncsa; university of illinois bsd
        PostgreSQL: postgresql; postgres; postgresql bsd; postgresql open source; postgresql global development group; the postgresql
        IJG: ijg; independent jpeg group; jpeg; libjpeg; independent jpeg; independent jpeg group's; libjpeg turbo
        FTL: freetype; freetype project; ftl; free type project; freetype bsd style; freetype2; freetype 2
        ImageMagick: imagemagick; image magick; imagemagick apache style
        SMLNJ: smlnj; standard ml of new jersey; sml nj; mlton
        Sleepycat: sleepycat; berkeley db; berkeley database; sleepycat software; oracle berkeley db; sleepycat bsd; berkeleydb
        TCL: tcl tk; tcl; ~tcl tk style; tcl style; tcl bsd; tcl tk bsd
        OML: open market; openmarket; fastcgi
        Info-ZIP: info zip; infozip; info zip group
        bzip2-1.0.6: bzip 2; bzip2 and libbzip2; bzip2; bzip
        Beerware: beerware; beer ware; beerware 42; beer; the beer ware; beerware revision 42; beerware 42 revision; beer ware 42; beer-ware revision 42
        NTP: ntp; ~university of delaware
        HPND: hpnd; historical permission notice and disclaimer; historical permissions notice and disclaimer; old mit; mit hpnd; old style mit; mit old style; historical; cmu hpnd; mit no advert; historical permission; old style mit like
        HPND-sell-variant: hpnd sell; hpnd sell variant; mit sell
        MIT-CMU: cmu; cmu mit; mit cmu; carnegie mellon; cmu style; pil; python imaging library; pillow hpnd; hpnd pillow; cmu cdtool; standard pil; pil software; cmu bsd; carnegie mellon university
        Intel: intel open source; intel bsd; ~intel
        JSON: ~json; json.org; ~json org; jslint; jsmin; crockford good not evil
        MS-PL: ms pl; microsoft public; mspl; microsoft public ms pl; ms public; microsoft permissive; ms-pl
        MS-RL: ms rl; microsoft reciprocal; msrl; microsoft community; ms reciprocal
        MS-LPL: ms lpl; microsoft limited public
        NASA-1.3: nasa open source agreement; nasa 1.3; nasa open source; nosa; nosa 1.3; nasa; nasa open source agreement 1.3
        Nokia: nokia open source; nokos; nokia
        Naumen: naumen public; naumen
        Motosoto: motosoto open source; motosoto
        MirOS: miros; mirbsd; the miros
        Multics: multics; ~multics
        NGPL: nethack general public; nethack gpl; nethack; ngpl
        OGTSL: open group test suite; ogtsl
        OCLC-2.0: oclc research public; oclc 2.0; oclc research public 2.0
        Entessa: entessa public; entessa
        EUDatagrid: eu datagrid software; eudatagrid; eu datagrid
        Eiffel: ~eiffel
        Fair: ~fair
        Frameworx-1.0: frameworx; frameworx open; frameworx 1.0
        AAL: attribution assurance; aal
        APL-1.0: adaptive public; adaptive public 1.0
        Aladdin: aladdin free public; aladdin; afpl; aladdin free public afpl
        CATOSL-1.1: computer associates trusted open source; catosl; ca trusted open source; ca tosl
        CECILL-B: cecill b; cecillb; cecill b free software; cecill version b
        CECILL-C: cecill c; cecillc; cecill c free software; cecill version c
        CUA-OPL-1.0: cua office public; cua opl; cua opl 1.0; cua office
        Watcom-1.0: sybase open watcom public; watcom; open watcom public; sybase open watcom; watcom 1.0; sybase open watcom public 1.0
        Xnet: x net; xnet; ~x.net
        RSCPL: ricoh source code public; rscpl; ricoh
        RPSL-1.0: realnetworks public source; rpsl; rpsl 1.0; realnetworks public source 1.0; real networks public source
        SimPL-2.0: simple public; simpl; simpl 2.0; simple public 2.0; simple non code
        SPL-1.0: sun public 1.0; sun public spl; spl 1.0
        W3C: w3c software notice and 2002; w3c 2002 12 31; w3c 2002
        W3C-20150513: w3c software and document notice and 2015; w3c 2015; w3c 20150513
        Jam: jam; perforce jam; stdtcl jam
        Latex2e: latex 2 e; latex2e
        Knuth-CTAN: knuth; knuth ctan; knuth's
        CC-BY-SA-3.0 OR GFDL-1.3-only: wikipedia dual
        Glide: 3 dfx glide; ~glide; 3dfx
        Giftware: giftware; gift ware; allegro giftware; allegro 4
        DOC: ~doc; ace tao; ace tao doc; doc software; ace
        MTLL: mtll; matrix template library; mtl
        NPOSL-3.0: nposl; non profit open software; nposl 3.0; non profit osl; nonprofit open software; nonprofit osl 3.0; non profit osl 3.0
        Plexus: ~plexus; classworlds; dom 4 j; dom4j; jdom
        EUPL-1.1: european union public 1.1; eupl v 1.1
        gnuplot: gnuplot
        gSOAP-1.3b: gsoap public; gsoap; gsoap 1.3 b; gsoap public 1.3b
        IPA: ipa font; ipa; ipa open font; ipafont
        Bitstream-Vera: bitstream vera; bitstream vera font; vera; bitstream vera fonts
        Bitstream-Charter: bitstream charter
        Arphic-1999: arphic public; arphic
        Baekmuk: baekmuk
        Ubuntu-font-1.0: ubuntu font; ubuntu font 1.0; ufl; ufl 1.0; ubuntu font licence 1.0
        Unicode-DFS-2016: unicode dfs 2016; unicode character database; unicode terms of use; unicode dfs; unicode data files and software; ucd; unicode data
        Unicode-DFS-2015: unicode dfs 2015
        Unicode-TOU: unicode tou; unicode terms of use tou
        ICU: icu; ~icu; ibm icu; international components for unicode; mit icu
        TU-Berlin-1.0: tu berlin 1.0; ~tu berlin; ~technische universitaet berlin
        TU-Berlin-2.0: tu berlin 2.0
        blessing: sqlite blessing; sqlite; ~blessing; ~sqlite public domain; sqlite license blessing
        diffmark: diffmark
        dvipdfm: ~dvipdfm
        eGenix: egenix; egenix.com public; egenix com public; egenix public; egenix 1.1.0; egenix com public 1.1.0
        iMatix: imatix; imatix sfl; sfl
        libtiff: libtiff; tiff; sam leffler
        mpich2: mpich; mpich 2; mpich2
        psutils: psutils; ~ps utils
        xpp: ~xpp; indiana extreme; indiana university extreme lab software; indiana university extreme lab
        zlib-acknowledgement: zlib acknowledgement; zlib libpng acknowledgement; zlib libpng with acknowledgement; zlib with acknowledgement
        Net-SNMP: net snmp; ucd snmp
        NetCDF: netcdf; unidata
        OFFIS: offis
        Abstyles: abstyles
        AMPAS: ampas; ampas bsd; academy
        HTMLTIDY: html tidy; tidy; htmltidy
        HaskellReport: haskell report; haskell language report; haskellreport
        D-FSL-1.0: deutsche freie software lizenz; d fsl; german free software; dfsl; d fsl 1.0; german free software 1.0; deutsche freie software
        BOLA-1.1: bola; buena onda; bola 1.1; buena onda agreement 1.1
        OPL-1.0: open public; opl 1.0; open public 1.0
        OSET-PL-2.1: oset pl; oset foundation public; oset public; oset pl 2.1; oset public 2.1
        ODbL-1.0: open database license 1.0; odbl 1; openstreetmap
        LiLiQ-P-1.1: liliq p; liliq p 1.1; libre du québec permissive; liliq permissive
        LiLiQ-R-1.1: liliq r; liliq r 1.1; libre du québec réciprocité; liliq reciprocité
        LiLiQ-Rplus-1.1: liliq rplus; liliq r+; liliq r plus 1.1; liliq rplus 1.1; libre du québec réciprocité forte
        OGL-Canada-2.0: ogl canada; open government canada; open government licence canada; ogl canada 2.0; open government licence canada 2.0
        OGDL-Taiwan-1.0: open government data taiwan; ogdl taiwan; taiwan open government data
        Condor-1.1: condor public; condor; condor public 1.1
        CrystalStacker: crystal stacker
        FSFAP: fsfap; allpermissive; fsf all permissive; gnu all permissive; fsf permissive; all permissive; gnu all permissive
        FSFUL: fsful; fsf unlimited
        FSFULLR: fsfullr; fsf unlimited with license retention; fsf unlimited with retention; permissive autoconf
        Ruby OR BSD-2-Clause: ruby or bsd 2 clause
        Linux-man-pages-copyleft: linux man pages; linux man pages copyleft; verbatim; ldpv
        LDPL-1A: linux documentation project; ldp; ldpl
        FreeBSD-DOC: freebsd documentation; freebsd doc
        OPL-1.0: opl
        Noweb: noweb
        LZMA-SDK-9.22: lzma sdk; lzma sdk public domain
        Nunit: nunit; nunit zlib
        VOSTROM: vostrom; vostrom public for open source; vostrom public
        SNIA: snia public; snia; storage networking industry association
        SMPPL: smppl; secure messaging protocol public
        SGI-B-2.0: sgi free software b; sgi b; sgi; sgi b 2.0; sgi free b; sgi free software b 2.0; sgi free software; free software license b
        SGI-B-1.0: sgi free software b 1.0; sgi b 1.0
        SGI-B-1.1: sgi free software b 1.1; sgi b 1.1
        TORQUE-1.1: torque; openpbs torque; torque 1.1; torque 2.5+ software 1.1
        OpenPBS-2.3: openpbs; openpbs 2.3; portable batch system
        WTFNMFPL-1.0: wtfnmfpl
        MIT-feh: feh mit; mit feh
        MIT-enna: enna mit; mit enna
        MIT-advertising: mit with advertising; mit advertising; enlightenment; e 16; mit enlightenment; enlightenment mit; mit with advertising clause
        MITNFA: mit no false attribs; mitnfa; mit no false attrib; mit +no false attribs
        MIT-Modern-Variant: mit modern; mit modern variant; modern mit
        NLPL: no limit public; nlpl; no limits public
        NRL: ~nrl; naval research laboratory
        Newsletr: newsletr
        IBM-pibs: ibm pibs; ibm powerpc
        Imlib2: imlib 2; imlib2; imlib
        Interbase-1.0: interbase public; interbase; interbase 1.0; initial developer's public
        LPL-1.02: lucent public; lpl; lucent public 1.02; plan 9; lucent; lucent plan 9; plan 9 lucent public
        LPL-1.0: lucent public 1.0; lpl 1.0
        LGPLLR: lgpllr; lesser general public for linguistic resources; lgpl for linguistic resources; lgpl lr
        LGPL-2.0-or-later WITH WxWindows-exception-3.1: ~wxwindows; wxwindows library; ~wxwidgets; wxwidgets library; wxwindows library 3.1; ~wxwin
        LLGPL: ~llgpl preamble
        LicenseRef-scancode-commons-clause: ~commons clause
        LGPL-2.1-only WITH LLGPL: llgpl; lisp lesser general public; lisp lgpl; lisp lesser gnu public; lisp lesser gpl; lisp lesser gnu general public; lisp lesser public; franz inc llgpl; lisp gnu lesser general public
        LGPL-2.1-only WITH OCaml-LGPL-linking-exception: lgpl ocaml exception; lgpl with ocaml linking exception; lgpl 2.1 with ocaml linking exception; lgpl 2.1 with linking exception; lgpl 2.1 with static linking exception; lgpl 2.1 only with ocaml lgpl linking exception; lgpl 2.1 ocaml
        LGPL-3.0-only WITH LGPL-3.0-linking-exception: lgpl 3.0 with linking exception; lgpl 3.0 only with linking exception; lgpl 3 with linking exception; lgpl 3.0 with static linking exception; lgpl 3 with static linking exception
        LGPL-2.0-or-later WITH OCaml-LGPL-linking-exception: lgpl with linking exception; lgpl with static linking exception; lgpl linking exception; lgpl with ocaml exception
        GPL-2.0-only WITH Classpath-exception-2.0: gpl 2 ce; gpl 2 with classpath exception; gpl 2 w cpe; gpl 2 w classpath exception; gpl 2 w ce; gpl 2 cpe; gpl 2 classpath exception; gplv 2 ce; gpl 2 + ce; gplv 2 + ce; gpl 2 w classpath; gpl 2 with cpe; gpl with classpath exception 2; gpl2 w cpe; gnu general public 2 gpl 2 with the classpath exception; gpl 2.0 ce; gplv 2 classpath exception; gplv 2 w cpe; gplv 2 w classpath exception; gnu general public 2 with the classpath exception; gnu general public with classpath exception 2; gplv 2 with classpath exception
        CDDL-1.0 OR GPL-2.0-only WITH Classpath-exception-2.0: cddl gpl 2 ce; cddl + gpl 2 w classpath exception; cddl or gpl 2 with exceptions; cddl gplv 2 ce; cddl or gplv 2 with exceptions; cddl + gplv 2 with classpath exception; cddl + gpl 2 with classpath exception; cddl gplv 2 w classpath exception; cddl or gpl 2 with classpath exception; cddl or gplv 2 with classpath exception; dual consisting of the cddl v 1.0 and gpl v 2; cddl gplv 2 with classpath exception; cddl+gpl
        CDDL-1.1 OR GPL-2.0-only WITH Classpath-exception-2.0: cddl 1.1 gpl 2 ce; cddl + gpl 1.1; cddl+gpl 1.1; cddl 1.1 + gpl 2 w classpath exception; dual consisting of the cddl v 1.1 and gpl v 2
        MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.1-or-later: mozilla tri; mozilla triple; mozilla tri license
        GPL-2.0-only: linux kernel; gpl 2 kernel; linux gpl; linux kernel gpl
        GPL-3.0-only WITH GCC-exception-3.1: gpl 3 with gcc exception; gpl 3 with gcc runtime library exception
        GPL-3.0-or-later WITH GCC-exception-3.1: gpl 3 or later with gcc exception 3.1; gpl 3+ with gcc rle
        Apache-2.0 WITH LLVM-exception: apache 2.0 with llvm exception; apache 2.0 with llvm exceptions; apache 2 with llvm exceptions; apache license v 2.0 with llvm exceptions; apache 2 with llvm exception; apache llvm; apache 2.0 llvm
        Apache-2.0 WITH Swift-exception: apache 2.0 with runtime library exception; apache 2 with runtime library exception; apache license v 2.0 with runtime library exception; apache 2.0 with swift exception
        MPL-2.0-no-copyleft-exception: mpl 2.0 no copyleft exception; mozilla public 2.0 no copyleft exception; mpl 2.0 incompatible with secondary licenses
        PolyForm-Noncommercial-1.0.0: polyform noncommercial; polyform noncommercial 1.0.0; poly form noncommercial
        PolyForm-Small-Business-1.0.0: polyform small business; polyform small business 1.0.0
        LicenseRef-PolyForm-Shield-1.0.0: polyform shield; polyform shield 1.0.0
        LicenseRef-PolyForm-Strict-1.0.0: polyform strict; polyform strict 1.0.0
        LicenseRef-PolyForm-Perimeter-1.0.0: polyform perimeter; polyform perimeter 1.0.0
        LicenseRef-PolyForm-Internal-Use-1.0.0: polyform internal use; polyform internal use 1.0.0
        LicenseRef-PolyForm-Free-Trial-1.0.0: polyform free trial; polyform free trial 1.0.0
        LicenseRef-Confluent-Community-1.0: confluent community; confluent community 1.0
        LicenseRef-CockroachDB-CCL: cockroachdb community; cockroach community; cockroachdb community ccl
        LicenseRef-RSALv2: redis source available; rsal; rsalv2; rsalv 2; redis source available 2; redis source available 2.0; redis source available rsalv2
        LicenseRef-Timescale: timescale; timescale tsl
        SUL-1.0: sustainable use; sustainable use 1.0
        OLFL-1.3: open logistics foundation; olfl; open logistics
        C-UDA-1.0: c uda; computational use of data agreement; computational use of data
        O-UDA-1.0: o uda; open use of data agreement
        Spencer-94: spencer 94; henry spencer; ~spencer; henry spencer regex
        SISSL: sun industry standards source sissl; sun industry standard source; sissl 1.1
        TAPR-OHL-1.0: tapr open hardware; tapr ohl; tapr
        SHL-0.51: solderpad hardware 0.51; shl 0.51; solderpad 0.51
        SHL-2.0: solderpad hardware; solderpad; solderpad hardware 2.0
        SHL-2.1: solderpad hardware 2.1; shl 2.1
        THOR-PL: trusted hardware oriented public; thor public
        XFree86-1.1: xfree 86; xfree86 1.1; xfree 86 1.1; ~xfree86 project
        Afmparse: afmparse
        Barr: ~barr
        OAR: ~oar
        ~LicenseRef-proprietary: proprietary
        PPL: peer production; peer production license; ppl
        UCAR: ~ucar
        UPL-1.0: universal permissive upl; oracle upl; upl 1.0
        MulanPubL-2.0: mulan public; mulan publ; mulanpubl
        Artistic-1.0-Perl OR GPL-1.0-or-later: perl artistic gpl; artistic gpl perl
        LicenseRef-Unicode-old: ~unicode old
        GPL-2.0-or-later WITH Autoconf-exception-macro: gplwithacexception
        !Classpath-exception-2.0: classpath exception; classpath; cpe; gnu classpath exception; gnu classpath; class path exception; classpath linking exception; classpath special exception; with classpath; java classpath exception
        !GCC-exception-3.1: gcc runtime library exception; gcc exception; gcc runtime exception; gcc rle; gcc linking exception; gcc runtime library exception 3.1; libgcc exception 3.1; gcc rte; gcc exceptions
        !GCC-exception-2.0: gcc exception 2.0; libgcc exception; gcc runtime library exception 2.0; libgcc linking exception
        !Autoconf-exception-2.0: autoconf exception 2.0
        !Autoconf-exception-3.0: autoconf configure script exception; autoconf exception 3.0
        !Autoconf-exception-generic: autoconf exception; autoconf; autoconf output exception; autoconf data exception
        !Bison-exception-2.2: bison exception; bison; bison parser exception; bison skeleton exception
        !Libtool-exception: libtool exception; libtool
        !Font-exception-2.0: font exception; font embedding exception; gnu font exception; font; fonts exception
        !openvpn-openssl-exception: openvpn openssl exception; openssl exception; openssl linking exception; openssl link exception; ssl exception
        !Linux-syscall-note: syscall note; linux syscall note; system call note; linux syscall exception; syscall exception
        !LLVM-exception: llvm exception; llvm exceptions; llvm
        !Qt-GPL-exception-1.0: qt gpl exception; qt exception; the qt company gpl exception; qt company gpl exception
        !Qt-LGPL-exception-1.1: qt lgpl exception; qt company lgpl exception; nokia qt lgpl exception; digia qt lgpl exception; qt lgpl exception 1.1
        !OCaml-LGPL-linking-exception: ocaml linking exception; ocaml lgpl linking exception; ocaml exception; ocaml static linking exception; ocaml linking
        !WxWindows-exception-3.1: wxwindows exception; wxwidgets exception; wxwindows library exception
        !eCos-exception-2.0: ecos exception; ecos; ecos linking exception
        !Bootloader-exception: bootloader exception; boot loader exception; bootloader distribution exception
        !FLTK-exception: fltk exception; fltk
        !Universal-FOSS-exception-1.0: universal foss exception; foss exception; universal foss exception 1.0
        !u-boot-exception-2.0: u boot exception
        !Swift-exception: swift exception; swift runtime library exception; runtime library exception
        !GNAT-exception: gnat exception; gnat runtime exception; gnat; ada exception
        !Nokia-Qt-exception-1.1: nokia qt exception
        !freertos-exception-2.0: freertos exception; freertos
        !CLISP-exception-2.0: clisp exception
        !mif-exception: mif exception; macros inline exception
        !LGPL-3.0-linking-exception: static linking exception; lgpl linking exception
        !GPL-3.0-linking-exception: linking exception; gpl linking exception; special linking exception
        !Independent-modules-exception: independent modules exception
        !i2p-gpl-java-exception: java exception
        !PS-or-PDF-font-exception-20170817: ps or pdf font exception
        !SHL-2.0: solderpad exception
        !PCRE2-exception: pcre 2 exception
        !polyparse-exception: polyparse exception
        !vsftpd-openssl-exception: vsftpd openssl exception
        !stunnel-exception: stunnel exception
        !harbour-exception: harbour exception
        !KiCad-libraries-exception: kicad libraries exception; kicad exception
        !RRDtool-FLOSS-exception-2.0: rrdtool floss exception; floss exception; rrdtool exception; foss license exception
        """
}
