#!/bin/bash

__sward_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__sward_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__sward_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__sward_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_sward() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __sward_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    pack|inspect|seed|fetch|verify|check|scan|license|key|release|dht|help)
        # Offer subcommand argument completions
        "_sward_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'pack inspect seed fetch verify check scan license key release dht help' -- "${cur}"))
        ;;
    esac
}

_sward_pack() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --accept-found --sign --hybrid --v2 --v1 --also-v1 --private -n --dry-run --replace --copy --hidden --keep-archive --no-document --version -h --help)
    repeating_options=(--creator --copyright --source --corresponding-source --key --tracker --web-seed --http-seed)
    non_repeating_options=(--format --license --despite-found --title --year --homepage --trusted-comment --piece-length --comment --name --output -o --date)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--license')
        __sward_add_completions -W "$(__sward_custom_complete ---completion pack -- --license "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    '--despite-found')
        return
        ;;
    '--creator')
        return
        ;;
    '--title')
        return
        ;;
    '--year')
        return
        ;;
    '--homepage')
        return
        ;;
    '--copyright')
        return
        ;;
    '--source')
        return
        ;;
    '--corresponding-source')
        return
        ;;
    '--key')
        __sward_add_completions -W "$(__sward_custom_complete ---completion pack -- --key "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    '--trusted-comment')
        return
        ;;
    '--piece-length')
        return
        ;;
    '--tracker')
        return
        ;;
    '--web-seed')
        return
        ;;
    '--http-seed')
        return
        ;;
    '--comment')
        return
        ;;
    '--name')
        return
        ;;
    '--output'|'-o')
        __sward_add_completions -d
        return
        ;;
    '--date')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sward_add_completions -f
        return
        ;;
    esac
}

_sward_inspect() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --noncommercial --no-noncommercial --files -f --scrape --version -h --help)
    repeating_options=()
    non_repeating_options=(--format --policy --proxy --signed-bytes --minisig --key)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--policy')
        __sward_add_completions -W 'redistributable'$'\n''commons'$'\n''protected'
        return
        ;;
    '--proxy')
        return
        ;;
    '--signed-bytes')
        __sward_add_completions -f
        return
        ;;
    '--minisig')
        __sward_add_completions -f
        return
        ;;
    '--key')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sward_add_completions -o plusdirs -fX '!*.@(torrent)'
        return
        ;;
    esac
}

_sward_seed() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --local-discovery --no-local-discovery --map-ports --no-map-ports --utp --no-utp --tcp --no-tcp --no-trackers --peer-exchange --no-peer-exchange --dht --no-dht --reciprocity --no-reciprocity --peers --trackers --files --stats --noncommercial --no-noncommercial --super-seed --follow --recheck --version -h --help)
    repeating_options=(--listen --peer --blocklist --dht-node)
    non_repeating_options=(--format --encryption --proxy --upload-limit --download-limit --work-upload-limit --peer-upload-limit --max-peers --every --policy --data --release)
    __sward_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--listen')
        return
        ;;
    '--peer')
        return
        ;;
    '--encryption')
        __sward_add_completions -W 'off'$'\n''allow'$'\n''prefer'$'\n''require'
        return
        ;;
    '--proxy')
        return
        ;;
    '--upload-limit')
        return
        ;;
    '--download-limit')
        return
        ;;
    '--work-upload-limit')
        return
        ;;
    '--peer-upload-limit')
        return
        ;;
    '--max-peers')
        return
        ;;
    '--blocklist')
        __sward_add_completions -f
        return
        ;;
    '--dht-node')
        return
        ;;
    '--every')
        return
        ;;
    '--policy')
        __sward_add_completions -W 'redistributable'$'\n''commons'$'\n''protected'
        return
        ;;
    '--data')
        __sward_add_completions -d
        return
        ;;
    '--release')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sward_add_completions -o plusdirs -fX '!*.@(torrent)'
        return
        ;;
    esac
}

_sward_fetch() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --local-discovery --no-local-discovery --map-ports --no-map-ports --utp --no-utp --tcp --no-tcp --no-trackers --peer-exchange --no-peer-exchange --dht --no-dht --reciprocity --no-reciprocity --sequential --mark-partial --overwrite --web-seeds --no-web-seeds --peers --trackers --files --stats --noncommercial --no-noncommercial --metadata-only --keep-seeding --recheck --version -h --help)
    repeating_options=(--listen --peer --blocklist --dht-node --select --first --reuse)
    non_repeating_options=(--format --encryption --proxy --upload-limit --download-limit --work-upload-limit --peer-upload-limit --max-peers --allocate --every --policy --output -o --move-when-done --release --give-up-after)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--listen')
        return
        ;;
    '--peer')
        return
        ;;
    '--encryption')
        __sward_add_completions -W 'off'$'\n''allow'$'\n''prefer'$'\n''require'
        return
        ;;
    '--proxy')
        return
        ;;
    '--upload-limit')
        return
        ;;
    '--download-limit')
        return
        ;;
    '--work-upload-limit')
        return
        ;;
    '--peer-upload-limit')
        return
        ;;
    '--max-peers')
        return
        ;;
    '--blocklist')
        __sward_add_completions -f
        return
        ;;
    '--dht-node')
        return
        ;;
    '--select')
        return
        ;;
    '--first')
        return
        ;;
    '--reuse')
        __sward_add_completions -d
        return
        ;;
    '--allocate')
        __sward_add_completions -W 'sparse'$'\n''full'
        return
        ;;
    '--every')
        return
        ;;
    '--policy')
        __sward_add_completions -W 'redistributable'$'\n''commons'$'\n''protected'
        return
        ;;
    '--output'|'-o')
        __sward_add_completions -d
        return
        ;;
    '--move-when-done')
        __sward_add_completions -d
        return
        ;;
    '--release')
        return
        ;;
    '--give-up-after')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sward_add_completions -o plusdirs -fX '!*.@(torrent)'
        return
        ;;
    esac
}

_sward_verify() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --noncommercial --no-noncommercial --document-digests --version -h --help)
    repeating_options=(--signed-by)
    non_repeating_options=(--format --policy)
    __sward_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--policy')
        __sward_add_completions -W 'redistributable'$'\n''commons'$'\n''protected'
        return
        ;;
    '--signed-by')
        __sward_add_completions -W "$(__sward_custom_complete ---completion verify -- --signed-by "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sward_add_completions -o plusdirs -fX '!*.@(torrent)'
        return
        ;;
    2)
        __sward_add_completions -d
        return
        ;;
    esac
}

_sward_check() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format --data)
    __sward_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--data')
        __sward_add_completions -d
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sward_add_completions -o plusdirs -fX '!*.@(torrent)'
        return
        ;;
    esac
}

_sward_scan() {
    repeating_flags=()
    non_repeating_flags=(--explain --quiet -q --staged --all-files --include-submodules --include-meson-subprojects --archives --no-archives --noncommercial --no-noncommercial --reuse --cache --no-cache --version -h --help)
    repeating_options=()
    non_repeating_options=(--format --output -o --rev --since --policy --fail-on --baseline --write-baseline --threads)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'$'\n''spdx-json'$'\n''spdx'$'\n''spdx3-json'$'\n''cyclonedx'$'\n''sarif'$'\n''debian-copyright'$'\n''notice'$'\n''html'
        return
        ;;
    '--output'|'-o')
        __sward_add_completions -f
        return
        ;;
    '--rev')
        return
        ;;
    '--since')
        return
        ;;
    '--policy')
        __sward_add_completions -W "$(__sward_custom_complete ---completion scan -- --policy "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    '--fail-on')
        __sward_add_completions -W 'hint'$'\n''clashes'$'\n''forbids'$'\n''note'$'\n''warning'$'\n''error'$'\n''never'
        return
        ;;
    '--baseline')
        __sward_add_completions -f
        return
        ;;
    '--write-baseline')
        __sward_add_completions -f
        return
        ;;
    '--threads')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sward_add_completions -f
        return
        ;;
    esac
}

_sward_license() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sward_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show|list|text|explain|check|update)
        # Offer subcommand argument completions
        "_sward_license_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show list text explain check update' -- "${cur}"))
        ;;
    esac
}

_sward_license_show() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sward_add_completions -W "$(__sward_custom_complete ---completion license show -- positional@0 "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sward_license_list() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --osi --known --exceptions --deprecated --version -h --help)
    repeating_options=()
    non_repeating_options=(--format --category)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--category')
        __sward_add_completions -W 'public-domain'$'\n''permissive'$'\n''weak-copyleft'$'\n''strong-copyleft'$'\n''network-copyleft'$'\n''free-content'$'\n''share-alike'$'\n''restricted-content'$'\n''source-available'$'\n''proprietary'
        return
        ;;
    esac
}

_sward_license_text() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sward_add_completions -W "$(__sward_custom_complete ---completion license text -- positional@0 "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sward_license_explain() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sward_add_completions -W "$(__sward_custom_complete ---completion license explain -- positional@0 "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sward_license_check() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format --use)
    __sward_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--use')
        __sward_add_completions -W 'combine'$'\n''link'$'\n''collect'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sward_add_completions -W "$(__sward_custom_complete ---completion license check -- positional@0 "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sward_license_update() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format --from --release --sha256 --proxy)
    __sward_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--from')
        return
        ;;
    '--release')
        return
        ;;
    '--sha256')
        return
        ;;
    '--proxy')
        return
        ;;
    esac
}

_sward_key() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sward_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    new|list|trust|distrust)
        # Offer subcommand argument completions
        "_sward_key_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'new list trust distrust' -- "${cur}"))
        ;;
    esac
}

_sward_key_new() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --no-passphrase --version -h --help)
    repeating_options=()
    non_repeating_options=(--format)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac
}

_sward_key_list() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format)
    __sward_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac
}

_sward_key_trust() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format)
    __sward_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    2)
        __sward_add_completions -f
        return
        ;;
    esac
}

_sward_key_distrust() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __sward_add_completions -W "$(__sward_custom_complete ---completion key distrust -- positional@0 "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    esac
}

_sward_release() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sward_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|withdraw)
        # Offer subcommand argument completions
        "_sward_release_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list withdraw' -- "${cur}"))
        ;;
    esac
}

_sward_release_list() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format)
    __sward_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac
}

_sward_release_withdraw() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format)
    __sward_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __sward_add_completions -o plusdirs -fX '!*.@(torrent)'
        return
        ;;
    esac
}

_sward_dht() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __sward_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    get|put|peers|ping|stat)
        # Offer subcommand argument completions
        "_sward_dht_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'get put peers ping stat' -- "${cur}"))
        ;;
    esac
}

_sward_dht_get() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=(--bootstrap --dht-listen)
    non_repeating_options=(--format --proxy --salt)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--dht-listen')
        return
        ;;
    '--proxy')
        return
        ;;
    '--salt')
        return
        ;;
    esac
}

_sward_dht_put() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=(--bootstrap --dht-listen)
    non_repeating_options=(--format --proxy --torrent --key --salt)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--dht-listen')
        return
        ;;
    '--proxy')
        return
        ;;
    '--torrent')
        return
        ;;
    '--key')
        __sward_add_completions -W "$(__sward_custom_complete ---completion dht put -- --key "${COMP_CWORD}" "$(__sward_cursor_index_in_current_word)")"
        return
        ;;
    '--salt')
        return
        ;;
    esac
}

_sward_dht_peers() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=(--bootstrap --dht-listen)
    non_repeating_options=(--format --proxy)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--dht-listen')
        return
        ;;
    '--proxy')
        return
        ;;
    esac
}

_sward_dht_ping() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--format --proxy)
    __sward_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--proxy')
        return
        ;;
    esac
}

_sward_dht_stat() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --version -h --help)
    repeating_options=(--bootstrap --dht-listen)
    non_repeating_options=(--format --proxy)
    __sward_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--format')
        __sward_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--dht-listen')
        return
        ;;
    '--proxy')
        return
        ;;
    esac
}

_sward_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __sward_offer_flags_options -1
}

complete -o filenames -F _sward sward
