
# `cargo kata` is completed as `kata` is; all else of cargo's as it was before.
if [[ ${_comps[cargo]:-} != _kata_of_cargo ]]; then
    typeset -g _kata_of_cargo_before=${_comps[cargo]:-}
fi

_kata_of_cargo() {
    if (( CURRENT > 2 )) && [[ ${words[2]} == kata ]]; then
        shift words
        (( CURRENT-- ))
        _kata "$@"
    elif [[ -n $_kata_of_cargo_before ]]; then
        $_kata_of_cargo_before "$@"
    else
        _default
    fi
}

compdef _kata_of_cargo cargo
