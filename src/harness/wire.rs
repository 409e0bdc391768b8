//! How the command asks a test binary for something, and how that answers: by variables of the
//! environment, and by a file.

use serde::Serialize;

/// The environment variable that names a file for the results.
pub const RESULTS_VARIABLE: &str = "KATA_RESULTS";

/// The environment variable with which `cargo kata replay` hands a token to a learner's file.
pub const REPLAY_VARIABLE: &str = "KATA_REPLAY";

/// The environment variable with which `cargo kata play` hands its choices to a learner's file.
pub const PLAY_VARIABLE: &str = "KATA_PLAY";

/// The environment variable with which `cargo kata show` asks a learner's file for the board.
pub const BOARD_VARIABLE: &str = "KATA_BOARD";

/// The environment variable that asks for the hint that fits, below the failing execution.
pub const HINT_VARIABLE: &str = "KATA_HINT";

/// True if the hint is to be shown with the failure.
pub(super) fn is_hint_wanted() -> bool {
    std::env::var_os(HINT_VARIABLE).is_some()
}

/// True if somebody waits for results.
pub(super) fn is_asked() -> bool {
    std::env::var_os(RESULTS_VARIABLE).is_some()
}

/// Writes results to where they are asked for, if they are.
pub(super) fn answer(results: &impl Serialize) {
    if let Some(path) = std::env::var_os(RESULTS_VARIABLE) {
        // Who asked for them will miss them.
        let text = serde_json::to_string(results).unwrap_or_default();
        let _ = std::fs::write(path, text);
    }
}
