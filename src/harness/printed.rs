//! What the code has printed in the execution that is shown.

use super::held;
use super::process::options;
use super::terminal::Terminal;
use crate::explore;
use crate::explore::check::Check;
use crate::explore::token::Schedule;
use crate::explore::verdict::Failure;
use crate::timeline::counted;
use crate::{text, texts, told_later};

/// So many lines are shown.
const MOST_LINES: usize = 12;

const WHY: &str = told_later!(
    "Printed in this execution (in all the others it is held back: the checks run your code thousands \
     of times):"
);

/// What the failing execution prints, under a sentence that says why it is the only one; `None` if that
/// is nothing, or cannot be found out.
pub(super) fn of_failure(check: &Check, failure: &Failure, terminal: Terminal) -> Option<String> {
    let schedule: &Schedule = failure.schedule.as_ref()?;
    let again = || explore::rerun(check, &failure.workload, schedule, &options());
    let text = held::printed(again).filter(|text| !text.is_empty())?;
    Some(tell(&text, terminal))
}

fn tell(text: &str, terminal: Terminal) -> String {
    let clean = |line: &str| -> String {
        let shown = |c: char| match c {
            '\t' => "    ".to_owned(),
            c if c.is_control() => c.escape_default().to_string(),
            c => c.to_string(),
        };
        line.chars().map(shown).collect()
    };
    let lines = text.lines().map(|line| format!("  {}", clean(line)));
    let mut lines: Vec<String> = lines.map(|line| terminal.wrapped(&line)).collect();
    let left_out = lines.len().saturating_sub(MOST_LINES);
    if left_out > 0 {
        lines.truncate(MOST_LINES);
        lines.push(text!(
            "  … and {lines} more",
            lines = counted(left_out as u64, "line")
        ));
    }
    terminal.render(format!(
        "{}\n{}\n",
        terminal.wrapped(texts::of(WHY)),
        lines.join("\n")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_shown_without_control_characters_and_not_without_end() {
        let terminal = Terminal {
            width: 60,
            colour: false,
            ascii: false,
        };
        let text = "one\n\u{1b}[2Jtwo\n".to_owned() + &"three\n".repeat(12);
        let told = tell(&text, terminal);
        for part in ["\n  one\n  \\u{1b}[2Jtwo\n", "\n  … and 2 lines more"] {
            assert!(told.contains(part), "{told}");
        }
        assert!(
            told.lines().all(|line| line.chars().count() <= 60),
            "{told}"
        );
    }
}
