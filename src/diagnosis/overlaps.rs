//! Work that is done one after another, and must be able to overlap.

use super::label::{Finding, Label};
use super::sentences::sentences;
use super::trace::{Section, Trace};

/// Two tasks each do their work inside the same lock.
pub(super) fn one_after_another(trace: &Trace) -> Finding {
    let longest = trace
        .sections
        .iter()
        .filter(|section| !section.shared && steps_inside(trace, section) > 0)
        .max_by_key(|section| steps_inside(trace, section))?;
    let other = trace.sections.iter().find(|other| {
        other.lock == longest.lock
            && other.task != longest.task
            && steps_inside(trace, other) > 0
            && !other.shared
    })?;
    let sentences = sentences!(
        "{} holds {}{} while it works, and {} needs the same lock for its work{}: no two of them \
         can work at a time. Hold a lock while you read or change what it guards, and no longer.",
        longest.task,
        longest.lock,
        longest.place,
        other.task,
        other.place
    );
    Some((Label::OneAfterAnother, sentences))
}

/// What else the task does while it holds the lock, before the final check.
fn steps_inside(trace: &Trace, section: &Section) -> usize {
    trace
        .all(section.task)
        .filter(|&(at, ..)| section.covers(at, at) && trace.is_before_finale(at))
        .count()
}
