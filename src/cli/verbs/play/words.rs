//! What stands on the screen while somebody plays.

use super::keys;
use crate::cli::services::broken::Broken;
use crate::cli::services::course::path_from_here;
use crate::cli::services::steps;
use kata::harness::{Terminal, counted};
use kata::results::{Asked, Next, Position, Spurious};
use kata::text;
use kata::told_later;

/// What an execution came to that breaks nothing.
pub const HOLDS: &str = told_later!("It ended, and the check holds. Undo, and try another order.");

/// What there is to say where it ends before anybody has chosen.
pub fn only_one(position: &Position, terminal: Terminal) -> String {
    let told = &position.told;
    let nothing = text!("There is nothing to play: there is only one order.");
    let what = terminal.wrapped(&text!("What went wrong: {what}", what = told.what));
    let steps = steps::lines(&told.tasks, &told.steps);
    format!("{nothing}\n\n{steps}\n{what}\n{}", replay(position))
}

/// What is to be broken, and with what.
pub fn heading(broken: &Broken, position: &Position, terminal: Terminal) -> String {
    let check = text!(
        "{check}, with {workload}:",
        check = broken.check,
        workload = position.told.in_words
    );
    let lines = [
        check,
        position.promise.clone(),
        text!("You say who goes on. Make it fail.").to_owned(),
    ];
    lines.map(|line| terminal.wrapped(&line)).join("\n") + "\n"
}

/// Why there is no game where all executions together break the check.
pub fn not_one(broken: &Broken) -> String {
    text!(
        "no order of the threads breaks `{check}` by itself. {what}",
        check = broken.check,
        what = broken.failure.what
    )
}

/// What has happened so far, and who waits for what.
pub fn so_far(position: &Position) -> String {
    let told = &position.told;
    let mut text = format!("\n{}", steps::lines(&told.tasks, &told.steps));
    if let Some(Asked::Turn { waiting, .. }) = &position.question {
        for Next { task, words, .. } in waiting {
            text += &format!(
                "     {}\n",
                text!("{task} has to wait: {words}", task, words)
            );
        }
    }
    text
}

/// What went wrong, and whether it could have been had with less.
pub fn lost(position: &Position, fewest: Option<usize>, terminal: Terminal) -> String {
    let what = terminal.wrapped(&text!("You broke it: {what}", what = position.told.what));
    let measure = measured(position.disturbances, fewest);
    format!("\n{what}\n{measure}\n{}", replay(position))
}

/// How to run it again.
fn replay(position: &Position) -> String {
    let token = position.told.token.as_ref();
    token.map_or(String::new(), |token| {
        format!("{}\n", text!("Replay: cargo kata replay {token}", token))
    })
}

/// How much it took, by the measure of the check: it calls the smallest what fails with the fewest
/// disturbances.
fn measured(yours: usize, fewest: Option<usize>) -> String {
    let needed = counted(yours as u64, "disturbance");
    match fewest {
        Some(fewest) if yours > fewest => {
            let enough = match fewest {
                0 => text!("it can be broken with none").to_owned(),
                1 => text!("1 is enough").to_owned(),
                fewest => text!("{fewest} are enough", fewest),
            };
            text!("You needed {needed}; {enough}.", needed, enough)
        }
        Some(_) => text!(
            "You needed {needed}: that is the smallest there is.",
            needed
        ),
        None => text!("You needed {needed}.", needed),
    }
}

/// What can be chosen, in the order of the choices.
pub fn options(question: &Asked) -> Vec<String> {
    match question {
        Asked::Turn { ready, .. } => ready.iter().map(option).collect(),
        Asked::Waiter { waiters } => (1..=*waiters)
            .map(|number| text!("the notification wakes waiter {number}", number))
            .collect(),
        Asked::Spurious { what } => match what {
            Spurious::Wait => [
                text!("the wait goes on until it is notified"),
                text!("the wait ends although nobody notifies, as it may"),
            ],
            Spurious::Park => [
                text!("the park goes on until there is a permit"),
                text!("the park ends without taking a permit, as it may"),
            ],
            Spurious::Await => [
                text!("the await goes on until its task is woken"),
                text!("the task is polled again although nobody has woken it, as it may be"),
            ],
            Spurious::Drop => [
                text!("the future goes on"),
                text!("the future is dropped at this await, as any may be"),
            ],
            Spurious::Exchange => [
                text!("the exchange succeeds"),
                text!("the exchange fails although it found what it asked for, as a weak one may"),
            ],
        }
        .map(str::to_owned)
        .to_vec(),
    }
}

fn option(next: &Next) -> String {
    let Next {
        task, words, line, ..
    } = next;
    let path = path_from_here(&next.path);
    let option = format!("{task}: {words}   {path}:{line}");
    match &next.code {
        Some(code) => format!("{option}\n       {code}"),
        None => option,
    }
}

/// The choices with their keys, a line each.
pub fn listed(options: &[String]) -> String {
    let lines = keys::ALL.chars().zip(options);
    lines
        .map(|(key, option)| format!("  {key}  {option}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::measured;

    #[test]
    fn what_it_took_is_measured_as_the_check_does() {
        for (yours, fewest, text) in [
            (2, Some(1), "You needed 2 disturbances; 1 is enough."),
            (3, Some(2), "You needed 3 disturbances; 2 are enough."),
            (
                1,
                Some(0),
                "You needed 1 disturbance; it can be broken with none.",
            ),
            (
                1,
                Some(1),
                "You needed 1 disturbance: that is the smallest there is.",
            ),
            (
                0,
                Some(0),
                "You needed 0 disturbances: that is the smallest there is.",
            ),
            (4, None, "You needed 4 disturbances."),
        ] {
            assert_eq!(measured(yours, fewest), text);
        }
    }
}
