//! The compiler flags with which learners' files are built.

use std::process::Command;
use std::{env, iter};

const PLAIN: &str = "RUSTFLAGS";
const ENCODED: &str = "CARGO_ENCODED_RUSTFLAGS";

/// Sets the learner's own flags, with `--cfg loom` if and only if it is asked for.
pub fn set(command: &mut Command, loom: bool) {
    let variable = |name| env::var(name).ok();
    let encoded = variable(ENCODED);
    let flags = flags(encoded.as_deref(), variable(PLAIN).as_deref(), loom);
    command.env_remove(ENCODED).env_remove(PLAIN);
    if let Some(flags) = flags {
        command.env(ENCODED, flags);
    }
}

/// The learner's own compiler flags, encoded, with `--cfg loom` if and only if it is asked for.
///
/// Flags left over from another command would silently check something else.
fn flags(encoded: Option<&str>, plain: Option<&str>, loom: bool) -> Option<String> {
    let mut given: Vec<&str> = match (encoded, plain) {
        (Some(encoded), _) => encoded.split('\x1f').collect(),
        (None, Some(plain)) => plain.split_whitespace().collect(),
        (None, None) => Vec::new(),
    };
    given.retain(|flag| !flag.is_empty() && *flag != "--cfg=loom");
    while let Some(at) = given.windows(2).position(|pair| pair == ["--cfg", "loom"]) {
        given.drain(at..at + 2);
    }
    let flags: Vec<&str> = given
        .into_iter()
        .chain(iter::repeat_n("--cfg=loom", loom.into()))
        .collect();
    (!flags.is_empty()).then(|| flags.join("\x1f"))
}

#[cfg(test)]
mod tests {
    use super::flags;

    #[track_caller]
    fn check(encoded: Option<&str>, plain: Option<&str>, schedules: &str, loom: &str) {
        let found = |loom| {
            flags(encoded, plain, loom)
                .unwrap_or_default()
                .replace('\x1f', "|")
        };
        assert_eq!(
            (found(false).as_str(), found(true).as_str()),
            (schedules, loom)
        );
    }

    #[test]
    fn loom_is_set_if_and_only_if_it_is_asked_for() {
        check(None, None, "", "--cfg=loom");
        check(None, Some(""), "", "--cfg=loom");
        check(None, Some("--cfg loom"), "", "--cfg=loom");
        check(Some("--cfg\x1floom"), Some("-O"), "", "--cfg=loom");
        check(
            None,
            Some(" -C  debuginfo=0 "),
            "-C|debuginfo=0",
            "-C|debuginfo=0|--cfg=loom",
        );
        check(
            None,
            Some("--cfg other --cfg loom"),
            "--cfg|other",
            "--cfg|other|--cfg=loom",
        );
        check(
            Some("-Clink-arg=a b"),
            None,
            "-Clink-arg=a b",
            "-Clink-arg=a b|--cfg=loom",
        );
        check(
            None,
            Some("--cfg=loom --cfg loom --cfg loom -O"),
            "-O",
            "-O|--cfg=loom",
        );
    }
}
