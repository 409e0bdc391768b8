//! Checks made of a specification and of sessions: who calls what.

use super::recorder::Recorder;
use super::specification::Specification;
use crate::explore::{Check, Scenario, Workload};
use proptest::sample::select;
use proptest::strategy::{Just, Strategy};
use std::fmt::{self, Debug, Display};
use std::sync::Arc;

/// Threads that make calls at the same time, each one after the other.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session<C> {
    threads: Vec<(String, Vec<C>)>,
}

impl<C> Default for Session<C> {
    fn default() -> Self {
        Session {
            threads: Vec::new(),
        }
    }
}

impl<C: Debug> Session<C> {
    /// A session without threads.
    pub fn new() -> Self {
        Self::default()
    }

    /// Threads that make these calls; they are called `thread-1`, `thread-2` and so on.
    pub fn of(threads: impl IntoIterator<Item = Vec<C>>) -> Self {
        let named = |session: Self, (index, calls)| {
            let name = format!("thread-{}", index + 1);
            session.thread(name, calls)
        };
        let threads = threads.into_iter().enumerate();
        threads.fold(Self::new(), named)
    }

    /// Adds a thread.
    pub fn thread(mut self, name: impl Into<String>, calls: impl IntoIterator<Item = C>) -> Self {
        self.threads
            .push((name.into(), calls.into_iter().collect()));
        self
    }

    /// The calls of each thread.
    pub fn calls(&self) -> Vec<Vec<C>>
    where
        C: Clone,
    {
        self.threads
            .iter()
            .map(|(_, calls)| calls.clone())
            .collect()
    }
}

impl<C: Clone + Debug + Send + Sync + 'static> Session<C> {
    /// The session with this object, of which `perform` makes a call: its executions fail if the
    /// specification does not explain what has been answered.
    pub fn scenario<S: Specification<Call = C>, O: Send + Sync + 'static>(
        &self,
        specification: &Arc<S>,
        object: Arc<O>,
        perform: &Arc<impl Fn(&O, C) -> S::Answer + Send + Sync + 'static>,
    ) -> Scenario {
        let recorder = Recorder::of(Arc::clone(specification));
        let with_thread = |scenario: Scenario, (name, calls): &(String, Vec<C>)| {
            let (recorder, object) = (recorder.clone(), Arc::clone(&object));
            let (calls, perform) = (calls.clone(), Arc::clone(perform));
            scenario.thread(name, move || {
                for call in calls {
                    recorder.call(call.clone(), || perform(&object, call));
                }
            })
        };
        let threads = self.threads.iter();
        recorder.judge(threads.fold(Scenario::new(), with_thread))
    }
}

impl<C: Debug> Display for Session<C> {
    /// "thread-1: Push(1), Pop; thread-2: Pop".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_thread = |(name, calls): &(String, Vec<C>)| {
            let calls: Vec<String> = calls.iter().map(|call| format!("{call:?}")).collect();
            format!("{name}: {}", calls.join(", "))
        };
        let threads: Vec<String> = self.threads.iter().map(of_thread).collect();
        f.write_str(&threads.join("; "))
    }
}

/// A check that objects keep a specification, in all these sessions.
///
/// For each execution `new` makes an object, within that execution, and `perform` makes a call of
/// it. The sessions are listed from small to large: failures are shown with the first that fails.
/// Their labels are their numbers, from 1.
///
/// None is listed for loom. Its loads can be stale, `SeqCst` ones too, and its executions are judged in
/// one order only: to that a right type on atomics can look wrong. Of a type made of locks and channels
/// those sessions can be put into [`Check::loom`] in which no call waits for ever.
///
/// An example is at the [module](super).
pub fn check<S: Specification, O: Send + Sync + 'static>(
    name: &'static str,
    promise: &'static str,
    specification: S,
    sessions: impl IntoIterator<Item = Session<S::Call>>,
    new: impl Fn() -> O + Send + Sync + 'static,
    perform: impl Fn(&O, S::Call) -> S::Answer + Send + Sync + 'static,
) -> Check {
    let specification = Arc::new(specification);
    let (new, perform) = (Arc::new(new), Arc::new(perform));
    let workload = |(index, session): (usize, Session<S::Call>)| {
        let specification = Arc::clone(&specification);
        let (new, perform) = (Arc::clone(&new), Arc::clone(&perform));
        let in_words = session.to_string();
        let scenario = move || session.scenario(&specification, Arc::new(new()), &perform);
        Workload::new((index + 1).to_string(), scenario).told(in_words)
    };
    let workloads: Vec<Workload> = sessions.into_iter().enumerate().map(workload).collect();
    let generated = match &workloads[..] {
        [] => Just(Workload::new("0", Scenario::new)).sboxed(),
        _ => select(workloads.clone()).sboxed(),
    };
    Check::of_workloads(name, promise, generated, workloads)
}
