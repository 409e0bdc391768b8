
# `cargo kata` is completed as `kata` is.
function __kata_is_of_cargo
    set -l words (commandline -opc)
    test "$words[2]" = kata
end

function __kata_of_cargo
    set -l words (commandline -opc)
    complete -C (string join -- " " $words[2..] (commandline -ct))
end

complete -c cargo -n __kata_is_of_cargo -f -a '(__kata_of_cargo)'
