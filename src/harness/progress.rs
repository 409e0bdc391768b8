//! How far a long exploration is, on a terminal.

use super::terminal::Terminal;
use crate::sync;
use crate::text;
use crate::timeline::{counted, head};
use std::io::{IsTerminal, Write, stderr};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// For how long an exploration may go on before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long what is shown stands.
const PERIOD: Duration = Duration::from_millis(200);

/// Takes the cursor back to the beginning of its line, and clears that.
const CLEAR: &str = "\r\x1b[2K";

/// Shows progress until it is dropped, if standard error is a terminal.
pub(super) struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// The exploration of this check begins, and `begun` stands on the terminal's last line.
    // No execution sees it.
    #[allow(clippy::disallowed_methods)]
    pub(super) fn start(check: &'static str, begun: &str) -> Progress {
        if !stderr().is_terminal() || Terminal::is_dumb() {
            return Progress(None);
        }
        let begun = begun.to_owned();
        let (end, ended) = mpsc::channel();
        let shown = thread::spawn(move || {
            let (before, start) = (sync::executions_begun(), Instant::now());
            let mut wait = PATIENCE;
            while ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let executions = sync::executions_begun().wrapping_sub(before);
                let text = text(check, executions.into(), start.elapsed());
                show(&format!("{CLEAR}{}", clip(&text, columns())));
                wait = PERIOD;
            }
            if wait == PERIOD {
                show(&format!("{CLEAR}{begun}"));
            }
        });
        Progress(Some((end, shown)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, shown)) = self.0.take() {
            drop(end);
            // It ends at once; if it has panicked, nothing more is shown.
            let _ = shown.join();
        }
    }
}

fn show(text: &str) {
    let mut terminal = stderr().lock();
    let _ = terminal.write_all(text.as_bytes());
    let _ = terminal.flush();
}

fn columns() -> usize {
    let size = terminal_size::terminal_size_of(stderr());
    size.map_or(80, |(width, _)| width.0.into())
}

/// As much as fits: only a single line can be cleared.
fn clip(text: &str, columns: usize) -> &str {
    // The last column stays free, for there terminals go on to the next line.
    head(text, columns.saturating_sub(1))
}

fn text(check: &str, executions: u64, elapsed: Duration) -> String {
    let rate = executions as f64 / elapsed.as_secs_f64();
    let executions = counted(executions, "execution");
    text!(
        "{check}: {executions} so far, {rate} a second",
        check,
        executions,
        rate = format!("{:.0}", rate)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_the_number_of_executions_and_the_rate() {
        let text = text("no_update_is_lost", 120_000, Duration::from_secs(2));
        assert_eq!(
            text,
            "no_update_is_lost: 120,000 executions so far, 60000 a second"
        );
        assert_eq!(clip(&text, 12), "no_update_i");
        assert_eq!(clip(&text, text.len()), &text[..text.len() - 1]);
        assert_eq!(clip(&text, 80), text);
    }
}
