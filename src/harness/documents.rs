//! What the README and the briefs show of slips, between fences that name one.
//!
//! A fence begins with what it shows: a `failure`, the `timeline` of that only, or, with a workload
//! after the name, the `outcomes` of all its executions.

use super::{Terminal, explain, explained, options};
use crate::curriculum::{self, Kata, Slip};
use crate::explore::check::Check;
use crate::explore::{BackEnd, outcomes};
use crate::sync;
use crate::text;

const KINDS: [&str; 3] = ["failure ", "timeline ", "outcomes "];

/// The width at which the README shows timelines.
pub const README_WIDTH: usize = 100;

/// The width at which briefs do.
pub const BRIEF_WIDTH: usize = 80;

/// The text with every slip's failure as it is now, and how many there are.
///
/// # Errors
/// Which slip, check or workload it names that there is not.
pub fn up_to_date(document: &str, width: usize) -> Result<(String, usize), String> {
    let mut shown = 0;
    let mut inside = false;
    let mut text = String::new();
    for line in document.lines() {
        let begins = line.strip_prefix("```").filter(|_| !inside);
        if line.starts_with("```") {
            inside = false;
        }
        if !inside {
            text.extend([line, "\n"]);
        }
        let kind = |info: &str| KINDS.into_iter().find(|kind| info.starts_with(kind));
        if let Some((info, kind)) = begins.and_then(|info| Some((info, kind(info)?))) {
            text.extend([&drawn(kind, &info[kind.len()..], width)?, "\n"]);
            (inside, shown) = (true, shown + 1);
        }
    }
    Ok((text, shown))
}

fn slip(name: &str) -> Option<(&'static Kata, &'static Slip)> {
    let (kata, slip) = name.split_once('/')?;
    let kata = curriculum::find(kata)?;
    Some((kata, kata.slips.iter().find(|entry| entry.name == slip)?))
}

/// The smallest failure of the slip, as learners see it.
fn drawn(kind: &str, name: &str, width: usize) -> Result<String, String> {
    let (name, workload) = name.split_once(' ').unwrap_or((name, ""));
    let no_slip = || format!("there is no slip {name}; one is counter/no_lock");
    let (kata, slip) = slip(name).ok_or_else(no_slip)?;
    let of = |checks: Vec<Check>| {
        let mut checks = checks.into_iter();
        let check = checks.find(|check| check.name == slip.caught_by);
        check.ok_or_else(|| format!("there is no check {}", slip.caught_by))
    };
    let check = of((slip.checks)())?;
    if kind == "outcomes " {
        let all = |check: &Check| Ok::<_, String>(outcomes(&check.workload(workload)?, &options()));
        let right = all(&of((kata.solution)())?)?;
        let expected: Vec<&str> = right.counts.keys().map(String::as_str).collect();
        return Ok(all(&check)?.table(&expected).trim_end().to_owned());
    }
    let verdict = sync::explore(&check, BackEnd::Exhaustive, &options());
    let page = Terminal {
        width,
        colour: false,
        ascii: false,
    };
    let not_caught = || format!("{name} is not caught by the exhaustive search");
    let failure = verdict.failure().ok_or_else(not_caught)?;
    let whole = explain(kata, &check, &explained(failure), page);
    let rows = || {
        let (_, rows) = whole.split_once("\n\n")?;
        let after = format!("\n\n{}", text!("What went wrong:"));
        rows.split(&after).next()
    };
    let part = rows().filter(|_| kind == "timeline ");
    Ok(part.unwrap_or(whole.trim_end()).to_owned())
}
