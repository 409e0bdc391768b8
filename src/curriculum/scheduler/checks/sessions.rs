//! Sessions of a scheduler: who enters, cancels, asks and runs, in any order.

use super::Make;
use crate::curriculum::scheduler::contract::{Event, Scheduler as Contract};
use crate::curriculum::seen::called_back_as;
use crate::curriculum::workload::listed;
use crate::explore::check::Check;
use crate::explore::scenario::Scenario;
use crate::judge::{Grammar, Outcome, Recorder, Session, Specification, Words};
use crate::sync::time::Duration;
use crate::text;
use crate::told_later;
use std::fmt;
use std::sync::Arc;

/// What a thread does, or what is done by one that is in `run`.
#[derive(Clone, Copy)]
enum Call {
    /// An event whose time has come, with this action and this priority.
    Enter(usize, u16),
    Cancel(u64),
    Queue,
    Empty,
    /// From here on it may take events.
    BeginsToRun,
    Run,
    Action(usize),
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Call::Enter(action, priority) => write!(f, "enter(0s,{priority},action_{action})"),
            Call::Cancel(number) => write!(f, "cancel({number})"),
            Call::Queue => f.write_str("queue"),
            Call::Empty => f.write_str("empty"),
            Call::BeginsToRun => f.write_str("before_run"),
            Call::Run => f.write_str("run"),
            Call::Action(action) => write!(f, "action_{action}"),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Answer {
    Done,
    /// There is no such event that is pending.
    Refused,
    Entered(u64),
    Pending(Vec<u64>),
    Is(bool),
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Done => f.write_str(text!("done")),
            Answer::Refused => f.write_str(text!("refused")),
            Answer::Entered(number) => write!(f, "{number}"),
            Answer::Pending(numbers) => write!(f, "{numbers:?}"),
            Answer::Is(answer) => write!(f, "{answer}"),
        }
    }
}

/// An event that is pending. They are sorted as they are to run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
struct Pending {
    priority: u16,
    number: u64,
    action: usize,
}

#[derive(Clone, Default, PartialEq, Eq, Hash, Debug)]
struct State {
    pending: Vec<Pending>,
    entered: u64,
    /// The actions of events that have been taken, and that have not begun to run.
    taken: Vec<usize>,
    /// How many are in `run` and have taken nothing.
    free: usize,
}

impl State {
    /// It, and all that it may become while nobody calls: those in `run` take events.
    fn sooner_or_later(&self) -> Vec<State> {
        let take = |state: &State| {
            let mut state = state.clone();
            state.free = state.free.checked_sub(1)?;
            let first = (!state.pending.is_empty()).then(|| state.pending.remove(0))?;
            state.taken.push(first.action);
            state.taken.sort_unstable();
            Some(state)
        };
        std::iter::successors(Some(self.clone()), take).collect()
    }

    /// Makes the call; none if it has to wait.
    fn call(&mut self, call: Call) -> Option<Answer> {
        Some(match call {
            Call::Enter(action, priority) => {
                self.entered += 1;
                let number = self.entered;
                self.pending.push(Pending {
                    priority,
                    number,
                    action,
                });
                self.pending.sort_unstable();
                Answer::Entered(number)
            }
            Call::Cancel(number) => {
                let mut pending = self.pending.iter();
                match pending.position(|event| event.number == number) {
                    Some(place) => {
                        self.pending.remove(place);
                        Answer::Done
                    }
                    None => Answer::Refused,
                }
            }
            Call::Queue => Answer::Pending(self.pending.iter().map(|event| event.number).collect()),
            Call::Empty => Answer::Is(self.pending.is_empty()),
            Call::BeginsToRun => {
                self.free += 1;
                Answer::Done
            }
            Call::Run => {
                if !self.pending.is_empty() || !self.taken.is_empty() {
                    return None;
                }
                self.free = self.free.checked_sub(1)?;
                Answer::Done
            }
            Call::Action(action) => {
                let place = self.taken.iter().position(|taken| *taken == action)?;
                self.taken.remove(place);
                self.free += 1;
                Answer::Done
            }
        })
    }
}

/// What one call after the other does with a scheduler.
struct Promise;

impl Specification for Promise {
    type State = State;
    type Call = Call;
    type Answer = Answer;

    fn initial(&self) -> State {
        State::default()
    }

    fn outcomes(&self, state: &State, call: &Call) -> Vec<Outcome<Answer, State>> {
        let outcome = |mut state: State| {
            let answer = state.call(*call)?;
            Some(Outcome { answer, state })
        };
        let states = state.sooner_or_later().into_iter();
        states.filter_map(outcome).collect()
    }

    /// The time of each event has come.
    fn may_wait(&self, _: &State, _: &Call) -> bool {
        false
    }
}

/// A scheduler of which all calls are recorded.
#[derive(Clone)]
struct Recorded {
    scheduler: Arc<dyn Contract>,
    recorder: Recorder<Promise>,
}

impl Recorded {
    fn perform(&self, call: Call) {
        if let Call::Run = call {
            self.recorder.call(Call::BeginsToRun, || Answer::Done);
        }
        self.recorder.call(call, || match call {
            Call::Enter(action, priority) => {
                let recorder = self.recorder.clone();
                let runs = move || {
                    let name = || format!("action_{action}()");
                    let act = || _ = recorder.call(Call::Action(action), || Answer::Done);
                    called_back_as(name, |()| None, act);
                };
                let priority = priority.into();
                let entered = self
                    .scheduler
                    .enter(Duration::ZERO, priority, Arc::new(runs));
                Answer::Entered(entered.0)
            }
            Call::Cancel(number) => match self.scheduler.cancel(Event(number)) {
                Ok(()) => Answer::Done,
                Err(_) => Answer::Refused,
            },
            Call::Queue => {
                let queue = self.scheduler.queue();
                Answer::Pending(queue.into_iter().map(|event| event.0).collect())
            }
            Call::Empty => Answer::Is(self.scheduler.empty()),
            Call::Run => {
                self.scheduler.run();
                Answer::Done
            }
            Call::BeginsToRun | Call::Action(_) => Answer::Done,
        });
    }
}

/// The calls that threads make, in the order in which the text of a workload numbers them.
fn grammar() -> Grammar<Call> {
    Grammar::new()
        .numbered(|action| Call::Enter(action, 1))
        .numbered(|action| Call::Enter(action, 0))
        .call(Call::Cancel(1))
        .call(Call::Queue)
        .call(Call::Empty)
        .call(Call::Run)
}

/// Whoever calls what, it is as if the calls came one after the other.
pub(super) fn check(make: Make) -> Check {
    let calls = grammar().calls();
    Check::told(
        "every_session_has_an_order",
        told_later!("Whoever calls what, and whenever: it is as if one call came after the other."),
        |words: &Words| grammar().session(words).to_string(),
        Words::any(3, 3, calls),
        // The numbers of two that enter, and who cancels while another one runs.
        (0..calls)
            .map(Words::one)
            .chain(listed(&["1.4+1", "1.6+3"])),
        listed(&["1.6", "1.6+3", "1+1.4"]),
        move |words| scenario(make, &grammar().session(words)),
    )
    .growing(move |words: &Words| words.larger(calls))
}

fn scenario(make: Make, session: &Session<Call>) -> Scenario {
    let recorded = Recorded {
        scheduler: make(),
        recorder: Recorder::new(Promise),
    };
    let mut scenario = Scenario::new();
    for (number, calls) in (1..).zip(session.calls()) {
        let recorded = recorded.clone();
        scenario = scenario.thread(format!("thread-{number}"), move || {
            calls.into_iter().for_each(|call| recorded.perform(call));
        });
    }
    recorded.recorder.judge(scenario)
}
