//! Steps that belong together, between which others came.
//!
//! The failing execution must be the smallest. Then a task that was interrupted, and could have gone on,
//! is a cause of the failure: if it goes on, the rest passes. What the others did meanwhile is what did
//! the harm. And only steps of one call are said to belong together.

use super::deeds::done;
use super::label::{Finding, Label};
use super::partings::Parting;
use super::sentences::{Place, Sentences, sentences};
use super::touches::{Deed, Touch};
use super::trace::Trace;
use crate::explore::operation::{ObjectId, Operation};

/// The steps of a task at one object, on both sides of an interruption, and what another task did with it
/// in between.
struct Clash<'t, 'a> {
    before: &'t Touch<'a>,
    between: &'t Touch<'a>,
    after: After<'t, 'a>,
}

/// What a task does next with an object.
#[derive(Clone, Copy)]
enum After<'t, 'a> {
    /// This.
    Done(&'t Touch<'a>),
    /// It had not come to it, and nothing is known but which operation it is.
    Ahead,
    /// Nothing more.
    Nothing,
}

/// Asks a rule about each interruption.
fn find(
    trace: &Trace,
    rule: impl Fn(&Trace, &Parting, &[Touch]) -> Option<Sentences>,
) -> Option<Sentences> {
    let mut interruptions = trace.interruptions();
    interruptions.find_map(|parting| rule(trace, &parting, &trace.touches))
}

/// A task looked at something, another one changed it, and the first acted as if nothing had happened; or
/// both looked before either acted.
pub(super) fn check_then_act(trace: &Trace) -> Finding {
    let sentences = find(trace, |trace, parting, touches| {
        let clashes = clashes(trace, parting, touches);
        let mut looks = clashes.iter().filter(|clash| clash.before.looks());
        let acts = |clash: &&Clash| match clash.after {
            After::Done(after) => after.changes() || trace.is_written(after.at),
            After::Ahead => true,
            After::Nothing => clash.between.changes(),
        };
        let Clash {
            before, between, ..
        } = looks.find(acts)?;
        let why = if between.changes() {
            sentences!(". What {} had seen was no longer so.", parting.first)
        } else if before.read.is_some() && before.read == between.read {
            sentences!(", too. Both saw the same before either acted on it.")
        } else {
            sentences!(", too, before either acted on what it had seen.")
        };
        let told = done(trace, before)
            .then(sentences!("; before it went on{}, ", parting.place))
            .then(done(trace, between));
        Some(
            told.then(why)
                .then(sentences!(" Looking and acting must be one step.")),
        )
    });
    Some((Label::CheckThenAct, sentences?))
}

/// A task had changed something, and was about to change it again: another one saw what was in between.
pub(super) fn dirty_read(trace: &Trace) -> Finding {
    let sentences = find(trace, |trace, parting, touches| {
        let clashes = clashes(trace, parting, touches);
        let is_seen = |clash: &&Clash| {
            let look = clash.between;
            clash.before.changes() && look.looks() && look.read.is_some()
        };
        let (clash, rest) = clashes.iter().filter(is_seen).find_map(|clash| {
            let rest = match clash.after {
                After::Done(after) if after.changes() => {
                    sentences!("; later ").then(done(trace, after))
                }
                After::Ahead if is_write(&parting.next) => sentences!(
                    ", and its {} on {}{} was still to come",
                    parting.next.verb(),
                    clash.before.object,
                    parting.place
                ),
                _ => return None,
            };
            Some((clash, rest))
        })?;
        let told = done(trace, clash.before)
            .then(rest)
            .then(sentences!(". In between "));
        let why = sentences!(". What is half done nobody else may see.");
        Some(told.then(done(trace, clash.between)).then(why))
    });
    Some((Label::DirtyRead, sentences?))
}

fn is_write(operation: &Operation) -> bool {
    matches!(operation, Operation::Store(_) | Operation::Update(..))
}

/// A task changed something before it had done what goes with that, and another one relied on it.
pub(super) fn announced_too_early(trace: &Trace) -> Finding {
    let sentences = find(trace, |trace, parting, touches| {
        let rest = parting.next.object()?;
        let meanwhile = || meanwhile(parting, touches);
        let (said, look) = meanwhile().find_map(|look| {
            let mut own = touches
                .iter()
                .rev()
                .filter(|said| said.task == parting.first);
            let said = own.find(|said| said.at < parting.at && said.object == look.object)?;
            let is_own = look.looks() && trace.is_checked(look.task, look.at);
            let is_step = is_step(trace, parting, said, parting.next());
            (said.changes() && said.object != rest && is_own && is_step).then_some((said, look))
        })?;
        let used = meanwhile()
            .find(|used| used.object == rest && used.task == look.task && used.at > look.at)?;
        let told = done(trace, said)
            .then(sentences!(
                "; what goes with that, its {} on {}{}, was still to come. ",
                parting.next.verb(),
                rest,
                parting.place
            ))
            .then(done(trace, look));
        Some(told.then(sentences!(
            ", and went on to its {} on {}{}. Do a thing first and let it be seen afterwards, or make both one step.",
            trace.verb(used.at),
            rest,
            used.place
        )))
    });
    Some((Label::AnnouncedTooEarly, sentences?))
}

/// True if what a task did before it was interrupted and what it did later are steps of one call.
fn is_step(trace: &Trace, parting: &Parting, before: &Touch, later: (usize, Place)) -> bool {
    trace.are_steps(parting.first, (before.at, before.place), later)
}

/// Whatever it was: two steps of one call, and what came between them.
pub(super) fn atomicity_violation(trace: &Trace) -> Finding {
    let sentences = find(trace, |trace, parting, touches| {
        let (task, next) = (parting.first, parting.next.object()?);
        let own = || touches.iter().filter(|touch| touch.task == task);
        let before = own().rev().find(|touch| touch.at < parting.at)?;
        if !is_step(trace, parting, before, parting.next()) {
            return None;
        }
        let later = |object: ObjectId| own().any(|t| t.at >= parting.until && t.object == object);
        // What clashes most with what the task does comes first.
        let rank = |other: &&Touch| {
            let is_known = other.object == next || other.object == before.object;
            let is_own = is_known || later(other.object);
            match (other.changes(), is_known) {
                (true, true) => Some(0),
                (true, false) if is_own => Some(1),
                (false, _) if is_own && other.looks() => Some(2),
                _ => None,
            }
        };
        let others = meanwhile(parting, touches);
        let others = others.filter(|other| trace.is_checked(other.task, other.at));
        let ranked = others.filter_map(|other| Some((rank(&other)?, other.at, other)));
        let (_, _, between) = ranked.min_by_key(|&(rank, at, _)| (rank, at))?;
        let told = sentences!(
            "{} was interrupted between its {} on {}{} and its {} on {}{}. In between ",
            task,
            trace.verb(before.at),
            before.object,
            before.place,
            parting.next.verb(),
            next,
            parting.place
        );
        Some(told.then(done(trace, between)).then(sentences!(
            ". If {} goes on first, all is well: these steps belong together, and nothing keeps \
             others from coming between them.",
            task
        )))
    });
    Some((Label::AtomicityViolation, sentences?))
}

/// A lock was refused because the interrupted task held it, and who asked for it went on without it.
pub(super) fn refusal_for_answer(trace: &Trace) -> Finding {
    let sentences = find(trace, |trace, parting, touches| {
        let (refused, held) = meanwhile(parting, touches).find_map(|other| {
            let mut holders = trace.held(parting.first, other.at);
            let held = holders.find(|section| section.lock == other.object)?;
            let is_refused = other.deed == Deed::Refused && trace.is_checked(other.task, other.at);
            let mut later = touches.iter().filter(|later| later.at > other.at);
            let asks_again =
                later.any(|later| later.task == other.task && later.object == other.object);
            (is_refused && !asks_again).then_some((other, held))
        })?;
        Some(sentences!(
            "{}'s {} on {}{} was refused, since {} held it{}. It did not ask again, and went on \
             without it. Had {} gone on first, all would be well: a refusal says only that somebody \
             is there now.",
            refused.task,
            trace.verb(refused.at),
            refused.object,
            refused.place,
            parting.first,
            held.place,
            parting.first
        ))
    });
    Some((Label::RefusalForAnswer, sentences?))
}

/// A task that waits for ever looked before another one changed what it waits for, and began to wait
/// afterwards.
pub(super) fn lost_wake_up(trace: &Trace) -> Finding {
    let (blocked, _) = trace.failure.kind.waiting();
    let sentences = find(trace, |trace, parting, touches| {
        let waits = blocked.iter().find(|entry| {
            use Operation::{Park, Receive, Wake};
            let waits = matches!(entry.operation, Wake { .. } | Receive { .. } | Park { .. });
            entry.task == parting.first && entry.held_by.is_empty() && waits
        })?;
        let clashes = clashes(trace, parting, touches);
        let clash = clashes.iter().find(|clash| {
            let looks_again = matches!(clash.after, After::Done(after) if after.looks());
            clash.before.looks() && clash.between.changes() && !looks_again
        })?;
        let told = done(trace, clash.before)
            .then(sentences!("; before it was there to be told, "))
            .then(done(trace, clash.between));
        Some(told.then(sentences!(
            ". So {} waits{} for what has been. Look again once you can be told, or let looking and \
             beginning to wait be one step.",
            parting.first,
            waits.location
        )))
    });
    Some((Label::LostWakeUp, sentences?))
}

/// What the others did with objects before the interrupted task came back.
fn meanwhile<'t, 'a>(
    parting: &Parting,
    touches: &'t [Touch<'a>],
) -> impl Iterator<Item = &'t Touch<'a>> {
    let (task, range) = (parting.first, parting.at..parting.until);
    let others = touches.iter().filter(move |touch| touch.task != task);
    others.filter(move |touch| range.contains(&touch.at))
}

/// Where others did something with an object between two steps of the task with it, within one call. The
/// objects that an assertion has looked at come first.
fn clashes<'t, 'a>(
    trace: &Trace<'a>,
    parting: &Parting,
    touches: &'t [Touch<'a>],
) -> Vec<Clash<'t, 'a>> {
    let mut objects: Vec<ObjectId> = Vec::new();
    for touch in meanwhile(parting, touches) {
        if !objects.contains(&touch.object) {
            objects.push(touch.object);
        }
    }
    let observed = trace.observed();
    objects.sort_by_key(|object| !observed.contains(object));
    let clashes = objects.into_iter();
    clashes
        .filter_map(|object| clash(trace, parting, touches, object))
        .collect()
}

fn clash<'t, 'a>(
    trace: &Trace<'a>,
    parting: &Parting,
    touches: &'t [Touch<'a>],
    object: ObjectId,
) -> Option<Clash<'t, 'a>> {
    let own = || {
        touches
            .iter()
            .filter(|t| t.task == parting.first && t.object == object)
    };
    let before = own().rev().find(|touch| touch.at < parting.at)?;
    let others = || {
        let others = meanwhile(parting, touches).filter(|other| other.object == object);
        others.filter(|other| trace.is_checked(other.task, other.at))
    };
    let changed = others().find(|other| other.changes());
    let between = changed.or_else(|| others().find(|other| other.looks()))?;
    let later = own().find(|touch| touch.at >= parting.until);
    let after = match later {
        Some(later) => After::Done(trace.change_within(later, own())),
        None if parting.next.object() == Some(object) => After::Ahead,
        None => After::Nothing,
    };
    let later = match after {
        After::Done(after) => (after.at, after.place),
        After::Ahead | After::Nothing => parting.next(),
    };
    is_step(trace, parting, before, later).then_some(Clash {
        before,
        between,
        after,
    })
}
