function __sward_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sward_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __sward_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __sward_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __sward_parse_tokens -S
    set -l unparsed_tokens (__sward_tokens -pc)
    switch $unparsed_tokens[1]
    case 'sward'
        __sward_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'pack'
            __sward_parse_subcommand 1 'format=' 'q/quiet' 'license=' 'accept-found' 'despite-found=' 'creator=+' 'title=' 'year=' 'homepage=' 'copyright=+' 'source=+' 'corresponding-source=+' 'sign' 'key=+' 'trusted-comment=' 'hybrid' 'v2' 'v1' 'also-v1' 'piece-length=' 'tracker=+' 'web-seed=+' 'http-seed=+' 'private' 'comment=' 'name=' 'o/output=' 'n/dry-run' 'hidden' 'keep-archive' 'no-document' 'date=' 'version' 'h/help'
        case 'inspect'
            __sward_parse_subcommand 1 'format=' 'q/quiet' 'policy=' 'noncommercial' 'no-noncommercial' 'f/files' 'scrape' 'proxy=' 'signed-bytes=' 'minisig=' 'key=' 'version' 'h/help'
        case 'seed'
            __sward_parse_subcommand -r 1 'format=' 'q/quiet' 'listen=+' 'peer=+' 'local-discovery' 'no-local-discovery' 'encryption=' 'map-ports' 'no-map-ports' 'utp' 'no-utp' 'tcp' 'no-tcp' 'proxy=' 'no-trackers' 'upload-limit=' 'download-limit=' 'work-upload-limit=' 'peer-upload-limit=' 'max-peers=' 'blocklist=+' 'peer-exchange' 'no-peer-exchange' 'dht' 'no-dht' 'dht-node=+' 'reciprocity' 'no-reciprocity' 'peers' 'trackers' 'files' 'stats' 'every=' 'policy=' 'noncommercial' 'no-noncommercial' 'data=' 'release=' 'super-seed' 'follow' 'recheck' 'version' 'h/help'
        case 'fetch'
            __sward_parse_subcommand 1 'format=' 'q/quiet' 'listen=+' 'peer=+' 'local-discovery' 'no-local-discovery' 'encryption=' 'map-ports' 'no-map-ports' 'utp' 'no-utp' 'tcp' 'no-tcp' 'proxy=' 'no-trackers' 'upload-limit=' 'download-limit=' 'work-upload-limit=' 'peer-upload-limit=' 'max-peers=' 'blocklist=+' 'peer-exchange' 'no-peer-exchange' 'dht' 'no-dht' 'dht-node=+' 'reciprocity' 'no-reciprocity' 'select=+' 'first=+' 'sequential' 'reuse=+' 'allocate=' 'mark-partial' 'web-seeds' 'no-web-seeds' 'peers' 'trackers' 'files' 'stats' 'every=' 'policy=' 'noncommercial' 'no-noncommercial' 'o/output=' 'metadata-only' 'keep-seeding' 'move-when-done=' 'release=' 'recheck' 'version' 'h/help'
        case 'verify'
            __sward_parse_subcommand 2 'format=' 'q/quiet' 'policy=' 'noncommercial' 'no-noncommercial' 'document-digests' 'signed-by=+' 'version' 'h/help'
        case 'check'
            __sward_parse_subcommand -r 1 'format=' 'q/quiet' 'data=' 'version' 'h/help'
        case 'scan'
            __sward_parse_subcommand 1 'format=' 'o/output=' 'explain' 'q/quiet' 'rev=' 'since=' 'staged' 'all-files' 'include-submodules' 'include-meson-subprojects' 'archives' 'no-archives' 'policy=' 'noncommercial' 'no-noncommercial' 'fail-on=' 'baseline=' 'write-baseline=' 'reuse' 'threads=' 'cache' 'no-cache' 'version' 'h/help'
        case 'license'
            __sward_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'show'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'version' 'h/help'
            case 'list'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'category=' 'osi' 'known' 'exceptions' 'deprecated' 'version' 'h/help'
            case 'text'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'version' 'h/help'
            case 'explain'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'version' 'h/help'
            case 'check'
                __sward_parse_subcommand -r 1 'format=' 'q/quiet' 'use=' 'version' 'h/help'
            case 'update'
                __sward_parse_subcommand 0 'format=' 'q/quiet' 'from=' 'release=' 'sha256=' 'proxy=' 'version' 'h/help'
            end
        case 'key'
            __sward_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'new'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'no-passphrase' 'version' 'h/help'
            case 'list'
                __sward_parse_subcommand 0 'format=' 'q/quiet' 'version' 'h/help'
            case 'trust'
                __sward_parse_subcommand 2 'format=' 'q/quiet' 'version' 'h/help'
            case 'distrust'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'version' 'h/help'
            end
        case 'dht'
            __sward_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'get'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'bootstrap=+' 'dht-listen=+' 'proxy=' 'salt=' 'version' 'h/help'
            case 'put'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'bootstrap=+' 'dht-listen=+' 'proxy=' 'torrent=' 'key=' 'salt=' 'version' 'h/help'
            case 'peers'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'bootstrap=+' 'dht-listen=+' 'proxy=' 'version' 'h/help'
            case 'ping'
                __sward_parse_subcommand 1 'format=' 'q/quiet' 'proxy=' 'version' 'h/help'
            case 'stat'
                __sward_parse_subcommand 0 'format=' 'q/quiet' 'bootstrap=+' 'dht-listen=+' 'proxy=' 'version' 'h/help'
            end
        case 'help'
            __sward_parse_subcommand -r 1 'version'
        end
    end
end

function __sward_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __sward_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __sward_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __sward_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__sward_tokens -p)
    if test -z "$(__sward_tokens -t)"
        set -l index (count (__sward_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'sward' -f
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'pack' -d 'Pack a work with its license, as a torrent any client can load.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'inspect' -d 'Show what a torrent says: terms, files, signers, hashes.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'seed' -d 'Serve works to peers, those that may be served.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'fetch' -d 'Fetch a work from peers, after judging its terms.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'verify' -d 'Check a bundle: every byte, every signature, every term.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'check' -d 'Read every byte of works again, and record what is right.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'scan' -d 'Find the license of every file, what clashes, and what is missing.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'license' -d 'Say what one may, must and must not do under a license.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'key' -d 'Make signing keys, and give names to the keys you trust.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'dht' -d 'Look things up in the DHT, and leave things there.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward pack" -eq 1' -F
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" license' -l 'license' -d 'An SPDX expression for the work, and for every file that states none.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" accept-found' -l 'accept-found' -d 'Take for files that state nothing by tag what a scan finds in them.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" despite-found' -l 'despite-found' -d 'Pack although files say other terms than those declared, or would fence the work in, for this reason.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack"' -l 'creator' -d 'Who made it; may be given more than once.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" title' -l 'title' -d 'What the work is called.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" year' -l 'year' -d 'The year of the work.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" homepage' -l 'homepage' -d 'Where the work lives on the web.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack"' -l 'copyright' -d 'A notice for files that have none; made of year and creators if not given.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack"' -l 'source' -d 'A work this one derives from: \'URL or magnet|expression|title\', the last two optional.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack"' -l 'corresponding-source' -d 'Where the source of programs in it is offered: a URL or urn:btmh:… (GPL-3.0 §6).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" sign' -l 'sign' -d 'Sign with your key, so that others can tell it is from you.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack"' -l 'key' -d 'Sign with this key: a name or a minisign secret key file; may be given more than once.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" trusted-comment' -l 'trusted-comment' -d 'What the signature says beside the bytes.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" hybrid' -l 'hybrid' -d 'A torrent for clients of both kinds (default).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" v2' -l 'v2' -d 'A torrent of BitTorrent v2 only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" v1' -l 'v1' -d 'A torrent of BitTorrent v1 only; license terms per file are kept, hashes are SHA-1.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" also-v1' -l 'also-v1' -d 'Also write NAME.v1.torrent over the same files, for clients that cannot read hybrids.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" piece-length' -l 'piece-length' -d 'Length of a piece, as 256KiB or 1MiB; chosen from the size of the work if not given.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack"' -l 'tracker' -d 'A tracker to announce to; each one given is a tier of its own.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack"' -l 'web-seed' -d 'A web server that has the files (BEP 19).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack"' -l 'http-seed' -d 'A script on a web server that has the pieces (BEP 17).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" private' -l 'private' -d 'Peers from the named trackers only (BEP 27).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" comment' -l 'comment' -d 'A remark in the torrent file, neither hashed nor signed.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" name' -l 'name' -d 'What to call the bundle; the name of the folder or file if not given.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" o output' -l 'output' -s 'o' -d 'Build the bundle in this folder and leave the work untouched.' -rfa '(__sward_complete_directories)'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" dry-run n' -s 'n' -l 'dry-run' -d 'Show what would be written, and write nothing.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" hidden' -l 'hidden' -d 'Pack hidden files too; files of version control stay out.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" keep-archive' -l 'keep-archive' -d 'Pack an archive as the one file it is.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" no-document' -l 'no-document' -d 'Write no SPDX document: packing reads every file once less, and only BitTorrent\'s hashes vouch for them.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" date' -l 'date' -d 'The date in the SPDX document, in seconds since 1970.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward pack" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" policy' -l 'policy' -d 'What may pass: whatever may be redistributed, free licenses only (commons), or copyleft only (protected).' -rfka 'redistributable commons protected'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" noncommercial' -l 'noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" no-noncommercial' -l 'no-noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward inspect" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'torrent\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" f files' -l 'files' -s 'f' -d 'List every file with its license.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" scrape' -l 'scrape' -d 'Ask its trackers how many have it, and how many want it (BEP 48).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" proxy' -l 'proxy' -d 'Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" signed-bytes' -l 'signed-bytes' -d 'Write the bytes that the signatures are over.' -rF
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" minisig' -l 'minisig' -d 'Write a signature over them in minisign\'s format.' -rF
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" key' -l 'key' -d 'Whose signature: a name or a public key; the first if not given.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed"' -l 'listen' -d 'Take connections on this address; port 0 picks a free one. May be given more than once; datagrams go by the first of each family, and the first is what others are told.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed"' -l 'peer' -d 'A peer to connect to; may be given more than once.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" local-discovery' -l 'local-discovery' -d 'Find peers on the local network, and be found (BEP 14).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" no-local-discovery' -l 'no-local-discovery' -d 'Find peers on the local network, and be found (BEP 14).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" encryption' -l 'encryption' -d 'Encrypt what goes to and comes from peers, against those who only look: off, allow (only where a peer insists; the default), prefer or require.' -rfka 'off allow prefer require'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" map-ports' -l 'map-ports' -d 'Ask the gateway to let peers in, by PCP, NAT-PMP or UPnP; the port is given back at the end.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" no-map-ports' -l 'no-map-ports' -d 'Ask the gateway to let peers in, by PCP, NAT-PMP or UPnP; the port is given back at the end.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" utp' -l 'utp' -d 'Speak to peers over uTP, which yields to other traffic (BEP 29).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" no-utp' -l 'no-utp' -d 'Speak to peers over uTP, which yields to other traffic (BEP 29).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" tcp' -l 'tcp' -d 'Speak to peers over TCP.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" no-tcp' -l 'no-tcp' -d 'Speak to peers over TCP.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" proxy' -l 'proxy' -d 'Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" no-trackers' -l 'no-trackers' -d 'Ask no tracker.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" upload-limit' -l 'upload-limit' -d 'Send at most so much a second, all works and peers together, as 500K or 2MiB.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" download-limit' -l 'download-limit' -d 'Fetch at most so much a second.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" work-upload-limit' -l 'work-upload-limit' -d 'Send at most so much a second of each work.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" peer-upload-limit' -l 'peer-upload-limit' -d 'Send at most so much a second to each peer.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" max-peers' -l 'max-peers' -d 'Connect to at most so many peers for each work.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed"' -l 'blocklist' -d 'Keep away from the addresses in this file: P2P or eMule lines, or CIDR. May be given more than once.' -rF
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" peer-exchange' -l 'peer-exchange' -d 'Tell peers of each other and hear of more from them (BEP 11).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" no-peer-exchange' -l 'no-peer-exchange' -d 'Tell peers of each other and hear of more from them (BEP 11).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" dht' -l 'dht' -d 'Find peers in the DHT and be found there (BEP 5). On where a node of it is known.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" no-dht' -l 'no-dht' -d 'Find peers in the DHT and be found there (BEP 5). On where a node of it is known.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed"' -l 'dht-node' -d 'A node of the DHT to begin with; may be given more than once. The configuration may name more (network.dht-nodes).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" reciprocity' -l 'reciprocity' -d 'Where peers are otherwise equal, serve first who has given to the commons: count what each gives and takes, and keep the counts. Nobody is refused for them. Off unless the configuration says otherwise (network.reciprocity).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" no-reciprocity' -l 'no-reciprocity' -d 'Where peers are otherwise equal, serve first who has given to the commons: count what each gives and takes, and keep the counts. Nobody is refused for them. Off unless the configuration says otherwise (network.reciprocity).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" peers' -l 'peers' -d 'Show every peer: address, client, flags, how far it is, and rates.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" trackers' -l 'trackers' -d 'Show every tracker: its state, and whom it knows of.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" files' -l 'files' -d 'Show how far every file is.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" stats' -l 'stats' -d 'Show totals of everything that is counted.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" every' -l 'every' -d 'Seconds from one showing to the next; of totals in JSON too.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" policy' -l 'policy' -d 'What may pass: whatever may be redistributed, free licenses only (commons), or copyleft only (protected).' -rfka 'redistributable commons protected'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" noncommercial' -l 'noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" no-noncommercial' -l 'no-noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward seed" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'torrent\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" data' -l 'data' -d 'The folder that holds the works.' -rfa '(__sward_complete_directories)'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" release' -l 'release' -d 'Serve held works all the same, and keep this reason.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" super-seed' -l 'super-seed' -d 'As the first seed, show each peer a few pieces at a time, so that none is sent often (BEP 16).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" follow' -l 'follow' -d 'Go on looking into the folders named: serve what is put there, and let go of what is taken away.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" recheck' -l 'recheck' -d 'Check every byte before serving, even where a record vouches for it.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward seed" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch"' -l 'listen' -d 'Take connections on this address; port 0 picks a free one. May be given more than once; datagrams go by the first of each family, and the first is what others are told.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch"' -l 'peer' -d 'A peer to connect to; may be given more than once.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" local-discovery' -l 'local-discovery' -d 'Find peers on the local network, and be found (BEP 14).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-local-discovery' -l 'no-local-discovery' -d 'Find peers on the local network, and be found (BEP 14).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" encryption' -l 'encryption' -d 'Encrypt what goes to and comes from peers, against those who only look: off, allow (only where a peer insists; the default), prefer or require.' -rfka 'off allow prefer require'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" map-ports' -l 'map-ports' -d 'Ask the gateway to let peers in, by PCP, NAT-PMP or UPnP; the port is given back at the end.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-map-ports' -l 'no-map-ports' -d 'Ask the gateway to let peers in, by PCP, NAT-PMP or UPnP; the port is given back at the end.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" utp' -l 'utp' -d 'Speak to peers over uTP, which yields to other traffic (BEP 29).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-utp' -l 'no-utp' -d 'Speak to peers over uTP, which yields to other traffic (BEP 29).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" tcp' -l 'tcp' -d 'Speak to peers over TCP.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-tcp' -l 'no-tcp' -d 'Speak to peers over TCP.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" proxy' -l 'proxy' -d 'Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-trackers' -l 'no-trackers' -d 'Ask no tracker.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" upload-limit' -l 'upload-limit' -d 'Send at most so much a second, all works and peers together, as 500K or 2MiB.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" download-limit' -l 'download-limit' -d 'Fetch at most so much a second.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" work-upload-limit' -l 'work-upload-limit' -d 'Send at most so much a second of each work.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" peer-upload-limit' -l 'peer-upload-limit' -d 'Send at most so much a second to each peer.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" max-peers' -l 'max-peers' -d 'Connect to at most so many peers for each work.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch"' -l 'blocklist' -d 'Keep away from the addresses in this file: P2P or eMule lines, or CIDR. May be given more than once.' -rF
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" peer-exchange' -l 'peer-exchange' -d 'Tell peers of each other and hear of more from them (BEP 11).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-peer-exchange' -l 'no-peer-exchange' -d 'Tell peers of each other and hear of more from them (BEP 11).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" dht' -l 'dht' -d 'Find peers in the DHT and be found there (BEP 5). On where a node of it is known.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-dht' -l 'no-dht' -d 'Find peers in the DHT and be found there (BEP 5). On where a node of it is known.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch"' -l 'dht-node' -d 'A node of the DHT to begin with; may be given more than once. The configuration may name more (network.dht-nodes).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" reciprocity' -l 'reciprocity' -d 'Where peers are otherwise equal, serve first who has given to the commons: count what each gives and takes, and keep the counts. Nobody is refused for them. Off unless the configuration says otherwise (network.reciprocity).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-reciprocity' -l 'no-reciprocity' -d 'Where peers are otherwise equal, serve first who has given to the commons: count what each gives and takes, and keep the counts. Nobody is refused for them. Off unless the configuration says otherwise (network.reciprocity).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch"' -l 'select' -d 'Fetch only these files: paths inside the work, where * and ** stand for anything, or numbers as 0,2-4. License texts always come along. May be given more than once.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch"' -l 'first' -d 'Fetch these files first.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" sequential' -l 'sequential' -d 'Fetch pieces in their order, to read them while they come.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch"' -l 'reuse' -d 'Look in this folder for files of the work that are here already, under whatever name, and copy them instead. May be given more than once.' -rfa '(__sward_complete_directories)'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" allocate' -l 'allocate' -d 'Take room on the disk as blocks are written (sparse), or for each file at once (full).' -rfka 'sparse full'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" mark-partial' -l 'mark-partial' -d 'Call files that are not whole by their names with .part behind.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" web-seeds' -l 'web-seeds' -d 'Fetch from the web seeds that the torrent names (BEP 17, 19).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-web-seeds' -l 'no-web-seeds' -d 'Fetch from the web seeds that the torrent names (BEP 17, 19).'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" peers' -l 'peers' -d 'Show every peer: address, client, flags, how far it is, and rates.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" trackers' -l 'trackers' -d 'Show every tracker: its state, and whom it knows of.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" files' -l 'files' -d 'Show how far every file is.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" stats' -l 'stats' -d 'Show totals of everything that is counted.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" every' -l 'every' -d 'Seconds from one showing to the next; of totals in JSON too.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" policy' -l 'policy' -d 'What may pass: whatever may be redistributed, free licenses only (commons), or copyleft only (protected).' -rfka 'redistributable commons protected'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" noncommercial' -l 'noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" no-noncommercial' -l 'no-noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward fetch" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'torrent\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" o output' -l 'output' -s 'o' -d 'The folder to put the work into.' -rfa '(__sward_complete_directories)'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" metadata-only' -l 'metadata-only' -d 'Show what the work says of itself, and end; 2 where it would be held.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" keep-seeding' -l 'keep-seeding' -d 'Go on serving when complete, until told to stop.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" move-when-done' -l 'move-when-done' -d 'When complete, move the work and its torrent to this folder; serving goes on from there.' -rfa '(__sward_complete_directories)'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" release' -l 'release' -d 'Let a held work pass, and keep this reason.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" recheck' -l 'recheck' -d 'Check every byte that is here already, even where a record vouches for it.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward fetch" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward verify" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward verify" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward verify" policy' -l 'policy' -d 'What may pass: whatever may be redistributed, free licenses only (commons), or copyleft only (protected).' -rfka 'redistributable commons protected'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward verify" noncommercial' -l 'noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward verify" no-noncommercial' -l 'no-noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward verify" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'torrent\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward verify" -eq 2' -fa '(__sward_complete_directories)'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward verify" document-digests' -l 'document-digests' -d 'Compare the digests in the SPDX document too; every file is read twice.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward verify"' -l 'signed-by' -d 'Ask for a signature of this key: a name, a number or a public key. May be given more than once.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward verify" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward check" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward check" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward check" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'torrent\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward check" data' -l 'data' -d 'The folder that holds the works.' -rfa '(__sward_complete_directories)'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward check" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward scan" -eq 1' -F
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" format' -l 'format' -d 'How to write the report.' -rfka 'text json spdx-json spdx spdx3-json cyclonedx sarif debian-copyright notice html'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" o output' -l 'output' -s 'o' -d 'Write the report to this file.' -rF
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" explain' -l 'explain' -d 'Say of every file what was found in it and where, and of every duty its clause.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" rev' -l 'rev' -d 'The files of a commit, as they were.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" since' -l 'since' -d 'Only files that differ from a commit, in the index or on disk.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" staged' -l 'staged' -d 'Only what is staged, with its staged content: for a hook.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" all-files' -l 'all-files' -d 'In a repository also files that git does not track, but for those it ignores.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" include-submodules' -l 'include-submodules' -d 'Go into submodules, too.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" include-meson-subprojects' -l 'include-meson-subprojects' -d 'With --reuse, go into Meson subprojects, too.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" archives' -l 'archives' -d 'Look into archives.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" no-archives' -l 'no-archives' -d 'Look into archives.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" policy' -l 'policy' -d 'A policy file, or redistributable, commons or protected.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'toml\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" noncommercial' -l 'noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" no-noncommercial' -l 'no-noncommercial' -d 'Whether you share without payment and commercial ends, as CC BY-NC and its like ask.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" fail-on' -l 'fail-on' -d 'From what weight on findings end with 2: of marks hint, clashes or forbids, of all findings note, warning or error.' -rfka 'hint clashes forbids note warning error never'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" baseline' -l 'baseline' -d 'Findings listed in this file are old and do not count.' -rF
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" write-baseline' -l 'write-baseline' -d 'Write what is found into this file as old, and end with 0.' -rF
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" reuse' -l 'reuse' -d 'Check the tree against REUSE 3.3 instead, as `reuse lint` does.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" threads' -l 'threads' -d 'How many threads; one for each processor if not given.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" cache' -l 'cache' -d 'Remember what was found in files, by their content.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" no-cache' -l 'no-cache' -d 'Remember what was found in files, by their content.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward scan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward license" -eq 1' -fa 'show' -d 'Show one license, clause by clause.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward license" -eq 1' -fa 'list' -d 'List the licenses of the SPDX list, those that fit.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward license" -eq 1' -fa 'text' -d 'Write the text of a license, as it was found on this machine.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward license" -eq 1' -fa 'explain' -d 'Explain a license expression: its choices, and each license in it.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward license" -eq 1' -fa 'check' -d 'Say whether material under some licenses may go into a work under another.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward license" -eq 1' -fa 'update' -d 'Bring the license texts of the SPDX list to this machine.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license show" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license show" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license show" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license list" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license list" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license list" category' -l 'category' -d 'Only this category.' -rfka 'public-domain permissive weak-copyleft strong-copyleft network-copyleft free-content share-alike restricted-content source-available proprietary'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license list" osi' -l 'osi' -d 'Only those the Open Source Initiative approved.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license list" known' -l 'known' -d 'Only those whose clauses sward knows.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license list" exceptions' -l 'exceptions' -d 'Exceptions, for after WITH, in place of licenses.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license list" deprecated' -l 'deprecated' -d 'Deprecated identifiers too.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license list" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license text" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license text" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license text" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license text" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license explain" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license explain" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license explain" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license explain" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license check" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license check" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license check" use' -l 'use' -d 'How the parts go in: combine (one work: code copied in, an adaptation), link (a library or font of its own), collect (side by side).' -rfka 'combine link collect'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license check" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license update" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license update" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license update" from' -l 'from' -d 'An archive or a URL in place of the official release.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license update" release' -l 'release' -d 'Which release; that of the list in this sward if not given.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license update" sha256' -l 'sha256' -d 'What the archive must have.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license update" proxy' -l 'proxy' -d 'Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license update" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward license update" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward key" -eq 1' -fa 'new' -d 'Make a key pair.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward key" -eq 1' -fa 'list' -d 'List your own keys and those you trust.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward key" -eq 1' -fa 'trust' -d 'Give a name to a key, so that its signatures are shown with it.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward key" -eq 1' -fa 'distrust' -d 'Take a key off the list.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key new" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key new" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key new" no-passphrase' -l 'no-passphrase' -d 'Store the secret key as it is, for machines that sign by themselves.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key new" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key new" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key list" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key list" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key list" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key list" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key trust" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key trust" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward key trust" -eq 1' -F
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key trust" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key trust" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key distrust" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key distrust" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key distrust" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward key distrust" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward dht" -eq 1' -fa 'get' -d 'Get a value by its hash, or the newest under a key.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward dht" -eq 1' -fa 'put' -d 'Leave a value, or change the one under your key.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward dht" -eq 1' -fa 'peers' -d 'List the peers of a torrent that the DHT knows.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward dht" -eq 1' -fa 'ping' -d 'Ask whether a node answers.'
complete -c 'sward' -n '__sward_should_offer_completions_for_positional "sward dht" -eq 1' -fa 'stat' -d 'Join, and say what the DHT looks like from here.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht get" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht get" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht get"' -l 'bootstrap' -d 'A node to begin with; may be given more than once. The configuration may name more (network.dht-nodes).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht get"' -l 'dht-listen' -d 'Send and receive datagrams at this address; port 0 picks a free one.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht get" proxy' -l 'proxy' -d 'Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht get" salt' -l 'salt' -d 'Which of the key\'s values, as text.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht get" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht get" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put"' -l 'bootstrap' -d 'A node to begin with; may be given more than once. The configuration may name more (network.dht-nodes).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put"' -l 'dht-listen' -d 'Send and receive datagrams at this address; port 0 picks a free one.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put" proxy' -l 'proxy' -d 'Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put" torrent' -l 'torrent' -d 'Point to this torrent instead of text: an info-hash of 40 or 64 hexadecimal digits (BEP 46).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put" key' -l 'key' -d 'Put it under this key of yours, so that you can change it later.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put" salt' -l 'salt' -d 'Which of the key\'s values, as text.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht put" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht peers" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht peers" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht peers"' -l 'bootstrap' -d 'A node to begin with; may be given more than once. The configuration may name more (network.dht-nodes).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht peers"' -l 'dht-listen' -d 'Send and receive datagrams at this address; port 0 picks a free one.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht peers" proxy' -l 'proxy' -d 'Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht peers" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht peers" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht ping" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht ping" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht ping" proxy' -l 'proxy' -d 'Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht ping" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht ping" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht stat" format' -l 'format' -d 'How to write results.' -rfka 'text json'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht stat" q quiet' -l 'quiet' -s 'q' -d 'No progress, no remarks; results and errors only.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht stat"' -l 'bootstrap' -d 'A node to begin with; may be given more than once. The configuration may name more (network.dht-nodes).' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht stat"' -l 'dht-listen' -d 'Send and receive datagrams at this address; port 0 picks a free one.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht stat" proxy' -l 'proxy' -d 'Go by this SOCKS5 proxy and by nothing else: what cannot go by it is off, as are datagrams where it passes none. Names are looked up there. none: without the one of the configuration (network.proxy), where a password is seen by fewer than here.' -rfka ''
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht stat" version' -l 'version' -d 'Show the version.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward dht stat" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'sward' -n '__sward_should_offer_completions_for_flags_or_options "sward help" version' -l 'version' -d 'Show the version.'
