//! The completions that shells get.
#![cfg(not(loom))]

mod command;

use command::check;

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        check(&["completions", shell], 0, &["kata", "replay", "loom"]);
    }
}

/// What a shell says of this line, if the shell is installed; the script is in the file `$1`.
fn completed(shell: &str, program: &str) -> Option<String> {
    let script = check(&["completions", shell], 0, &[]);
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), script).expect("a file");
    let mut command = std::process::Command::new(shell);
    let output = command
        .arg("-c")
        .arg(program)
        .arg(shell)
        .arg(file.path())
        .output();
    Some(String::from_utf8_lossy(&output.ok()?.stdout).into_owned())
}

#[test]
fn what_is_typed_is_completed_behind_cargo_too() {
    let bash = r#"
        source "$1"
        for words in "cargo kata che" "cargo kata check boun" "cargo kata check counter --lo"; do
            COMP_WORDS=($words); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
            _kata_of_cargo cargo "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            echo "${COMPREPLY[@]}"
        done"#;
    let fish = r#"
        source $argv[2]
        complete -C "cargo kata che" | string split -f 1 \t
        complete -C "cargo kata check counter --loo" | string split -f 1 \t"#;
    let zsh = r#"
        autoload -U compinit; compinit -u -D; source "$1"
        echo ${_comps[cargo]}
        _kata() { echo $words $CURRENT }
        words=(cargo kata che); CURRENT=3; _kata_of_cargo"#;
    for (shell, program, expected) in [
        ("bash", bash, "check\nbounded_queue\n--loom\n"),
        ("fish", fish, "check\n--loom\n"),
        ("zsh", zsh, "_kata_of_cargo\nkata che 2\n"),
    ] {
        match completed(shell, program) {
            Some(said) => assert_eq!(said, expected, "{shell}"),
            None => eprintln!("skipped: {shell} is not installed"),
        }
    }
}

#[test]
fn completions_are_what_the_shell_can_read() {
    for shell in ["bash", "fish", "zsh"] {
        let script = check(&["completions", shell], 0, &[]);
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), script).expect("a file");
        let mut reads = std::process::Command::new(shell);
        match reads.arg("-n").arg(file.path()).output() {
            Ok(output) => assert!(output.status.success(), "{shell}: {output:?}"),
            Err(_) => eprintln!("skipped: {shell} is not installed"),
        }
    }
}
