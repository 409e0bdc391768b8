
# `cargo kata` is completed as `kata` is; all else of cargo's as it was before.
_kata_of_cargo_before=$(complete -p cargo 2>/dev/null | sed -n 's/.*-F \([^ ]*\).*/\1/p')
[[ $_kata_of_cargo_before == _kata_of_cargo ]] && _kata_of_cargo_before=

_kata_of_cargo() {
    if [[ $COMP_CWORD -gt 1 && ${COMP_WORDS[1]} == kata ]]; then
        COMP_WORDS=("${COMP_WORDS[@]:1}")
        COMP_CWORD=$((COMP_CWORD - 1))
        _kata kata "$2" "$3"
    elif [[ -n $_kata_of_cargo_before ]]; then
        "$_kata_of_cargo_before" "$@"
    elif [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "kata build check run test" -- "$2")
    fi
}

complete -F _kata_of_cargo -o bashdefault -o default cargo
