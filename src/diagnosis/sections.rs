//! Critical sections that are too short: the lock is given back between looking and acting.

use super::label::{Finding, Label};
use super::sentences::{Fragment, sentences};
use super::trace::{Section, Trace};
use crate::explore::model::seen::Value;

/// A section that looks, a later one of the same task that acts, and another task's in between.
struct Split<'t, 'a> {
    look: &'t Section<'a>,
    other: &'t Section<'a>,
    act: &'t Section<'a>,
}

fn splits<'t, 'a>(trace: &'t Trace<'a>) -> impl Iterator<Item = Split<'t, 'a>> {
    trace.sections.iter().filter_map(|act| {
        let look = before(trace, act)?;
        let is_look = !look.has_changed() && !look.waits && trace.is_before_finale(act.start);
        let other = trace.sections.iter().find(|other| {
            other.lock == act.lock
                && other.task != act.task
                && !other.shared
                && look.ends_before(other.start)
                && other.ends_before(act.start)
                && other.has_changed()
        })?;
        is_look.then_some(Split { look, other, act })
    })
}

/// The section of the same task and lock before this one.
fn before<'t, 'a>(trace: &'t Trace<'a>, section: &Section) -> Option<&'t Section<'a>> {
    let mut earlier = trace.sections.iter().rev();
    earlier.find(|other| {
        other.task == section.task && other.lock == section.lock && other.start < section.start
    })
}

/// What is written was worked out from the value of the section before: the same code, run by the
/// other task, made the same of the same, whatever the value has become.
pub(super) fn lost_update(trace: &Trace) -> Finding {
    let observed = trace.observed();
    splits(trace).find_map(|Split { look, other, act }| {
        let theirs = before(trace, other)?;
        let is_same_code = theirs.place == look.place && other.place == act.place;
        let change = |from: &Section, to: &Section| {
            Some(to.exit.and_then(Value::number)? - from.entry.and_then(Value::number)?)
        };
        let ours = change(look, act)?;
        let is_stale = ours == change(theirs, other)? && ours != change(act, act)?;
        // Who leaves what is there may have added nothing to it: that is no update which undoes one. The
        // assertion would have to look at something else to see a difference.
        let is_update = act.is_written && (act.has_changed() || observed == [act.lock]);
        if !(is_same_code && is_stale && is_update && observed.contains(&act.lock)) {
            return None;
        }
        let (task, lock) = (act.task, act.lock);
        let [old, new, own] = [look.entry, other.exit, act.exit].map(Fragment::from);
        let sentences = sentences!(
            "{} read {} from {}{} and gave the lock back; then {} wrote {}{}, and {} wrote \
             {}{}, made of the old {}. The update of {} is lost: the lock must be held from \
             the read to the write.",
            task,
            old.clone(),
            lock,
            look.place,
            other.task,
            new,
            other.place,
            task,
            own,
            act.place,
            old,
            other.task
        );
        Some((Label::LostUpdate, sentences))
    })
}

/// True if the other task has done what the first was about to do, by the same code, with what the first had
/// seen, and has come through: so would the first, if nobody had come between.
fn was_right_for(trace: &Trace, look: &Section, other: &Section, act: &Section) -> bool {
    let between =
        |section: &&Section| look.ends_before(section.start) && section.ends_before(other.start);
    let mut meanwhile = trace.sections.iter().filter(between);
    let is_untouched = !meanwhile.any(|section| section.lock == act.lock && section.has_changed());
    let is_same = match (look.exit, other.entry) {
        (Some(seen), Some(found)) => seen == found,
        _ => is_untouched,
    };
    is_same && other.place == act.place && !other.panics_inside(trace)
}

/// The same where what is done depends on what was seen.
pub(super) fn check_then_act(trace: &Trace) -> Finding {
    let observed = trace.observed();
    splits(trace).find_map(|Split { look, other, act }| {
        let is_needed = trace.interruption_is_needed(act.task, look.end?, act.start)
            || was_right_for(trace, look, other, act);
        let is_seen = act.has_changed() && look.entry.is_some() && observed.contains(&act.lock);
        if !(is_needed && (is_seen || act.panics_inside(trace))) {
            return None;
        }
        let (task, lock) = (act.task, act.lock);
        let sentences = sentences!(
            "{} looked at {}{} and gave the lock back; before it acted{}, {} changed what is \
             in it{}. The lock must be held from the look to the deed.",
            task,
            lock,
            look.place,
            act.place,
            other.task,
            other.place
        );
        Some((Label::CheckThenAct, sentences))
    })
}
