//! What is run: threads that run together, and a final check.

/// The code of one thread.
pub(crate) type Body = Box<dyn FnOnce() + Send + 'static>;

/// Looks at what an execution has come to.
type Look<T> = Box<dyn FnOnce() -> T + Send + 'static>;

/// Threads that run together, and a check that the last of them to finish makes.
///
/// The shape spares the explorers the orders in which a main thread could join the others:
/// that alone cuts loom's work by 15 to 70 times.
#[derive(Default)]
pub struct Scenario {
    pub(crate) threads: Vec<(String, Body)>,
    pub(crate) finally: Option<Body>,
    pub(crate) sometimes: Vec<(String, Look<bool>)>,
    pub(crate) outcome: Option<Look<String>>,
    pub(crate) leaves_panics: bool,
}

impl Scenario {
    /// A scenario without threads.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a thread.
    pub fn thread(mut self, name: impl Into<String>, body: impl FnOnce() + Send + 'static) -> Self {
        self.threads.push((name.into(), Box::new(body)));
        self
    }

    /// Sets the check that runs once every thread has finished, on the last of them.
    pub fn finally(mut self, check: impl FnOnce() + Send + 'static) -> Self {
        self.finally = Some(Box::new(check));
        self
    }

    /// States what a right solution must make possible: that threads get to work at the same time,
    /// say, where doing one after the other would be safe but pointless.
    ///
    /// `holds` is asked after the final check. A solution fails if all the executions have been
    /// tried and it has held in none. Generated schedules alone decide nothing. Of executions that
    /// differ only in the order of independent operations one is run, so `holds` must not depend
    /// on that order: let it look at what the threads did to a lock or an atomic.
    pub fn sometimes(
        mut self,
        property: impl Into<String>,
        holds: impl FnOnce() -> bool + Send + 'static,
    ) -> Self {
        self.sometimes.push((property.into(), Box::new(holds)));
        self
    }

    /// Leaves the panic of a thread that the code has started to whoever joins it, as the standard
    /// library does: only a panic of which nobody hears is a failure.
    ///
    /// Without this the first panic ends the execution, and is its failure. A check needs that: the
    /// code that it checks may call its assertions from threads of its own, and must not swallow them.
    pub fn leaves_panics_to_joins(mut self) -> Self {
        self.leaves_panics = true;
        self
    }

    /// Says what an execution has come to, for [`outcomes`](crate::explore::outcomes()).
    pub fn outcome(mut self, outcome: impl FnOnce() -> String + Send + 'static) -> Self {
        self.outcome = Some(Box::new(outcome));
        self
    }

    /// The threads, of which there is at least one, and the final check.
    ///
    /// What the scenario states besides lives as long as that check: it may own the other ends of
    /// channels that the threads use.
    pub(crate) fn into_parts(self) -> (Vec<(String, Body)>, Option<Body>) {
        let Scenario {
            mut threads,
            finally,
            sometimes,
            outcome,
            ..
        } = self;
        if threads.is_empty() {
            threads.push(("final check".to_owned(), Box::new(|| ())));
        }
        if sometimes.is_empty() && outcome.is_none() {
            return (threads, finally);
        }
        let finally = move || {
            finally.into_iter().for_each(|check| check());
            drop((sometimes, outcome));
        };
        (threads, Some(Box::new(finally)))
    }
}
