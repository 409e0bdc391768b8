//! Sessions by size: all that can be made of some calls, from small to large.
//!
//! Sessions that differ only in which thread is which are one: of those the one is made whose threads
//! come from long to short, and those of one length in the order of their calls in the grammar. So
//! are sessions that differ only in how arguments are [numbered](Grammar::numbered): a session's first
//! call has the number 1, its second one 2, and so on.

use super::session::Session;
use super::specification::Specification;
use super::words::Words;
use crate::explore::Check;
use std::fmt::{self, Debug};
use std::sync::Arc;

/// The calls of which sessions are made.
///
/// All sessions with up to two calls of a stack whose items can be told apart:
///
/// ```
/// # extern crate engine as kata;
/// use kata::judge::Grammar;
///
/// #[derive(Clone, Debug)]
/// enum Call {
///     Push(usize),
///     Pop,
/// }
///
/// let grammar = Grammar::new().numbered(Call::Push).call(Call::Pop);
/// let sessions = grammar.up_to(2);
/// let in_words: Vec<String> = sessions.iter().map(ToString::to_string).collect();
/// assert_eq!(in_words, [
///     "thread-1: Push(1)",
///     "thread-1: Pop",
///     "thread-1: Push(1), Push(2)",
///     "thread-1: Push(1), Pop",
///     "thread-1: Pop, Push(2)",
///     "thread-1: Pop, Pop",
///     "thread-1: Push(1); thread-2: Push(2)",
///     "thread-1: Push(1); thread-2: Pop",
///     "thread-1: Pop; thread-2: Pop",
/// ]);
/// ```
pub struct Grammar<C> {
    calls: Vec<Arc<dyn Fn(usize) -> C + Send + Sync>>,
}

impl<C> Clone for Grammar<C> {
    fn clone(&self) -> Self {
        Grammar {
            calls: self.calls.clone(),
        }
    }
}

/// The calls of one thread, by their places in the grammar.
type Word = Vec<usize>;

impl<C> Grammar<C> {
    /// No calls yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a call.
    pub fn call(self, call: C) -> Self
    where
        C: Clone + Send + Sync + 'static,
    {
        self.numbered(move |_| call.clone())
    }

    /// Adds a call with an argument that tells it from all the others of its session: its number
    /// there, from 1.
    pub fn numbered(mut self, make: impl Fn(usize) -> C + Send + Sync + 'static) -> Self {
        self.calls.push(Arc::new(make));
        self
    }
}

impl<C: Debug + Clone + Send + Sync + 'static> Grammar<C> {
    /// A check that objects keep a specification in the sessions of these calls: smallest first, as far
    /// as the [budget](crate::explore::Options::budget) of an exploration lasts, and beyond that some at
    /// random.
    ///
    /// For each execution `new` makes an object, within that execution, and `perform` makes a call of
    /// it. Under loom none is explored; [`check`](super::check()) says why.
    ///
    /// ```
    /// # extern crate engine as kata;
    /// # if kata::sync::BACK_ENDS.contains(&kata::explore::BackEnd::Loom) { return }
    /// use kata::explore::{BackEnd, Options};
    /// use kata::judge::{Grammar, Model};
    /// use kata::sync::{Mutex, explore};
    ///
    /// // The largest of the numbers so far, which each call is told.
    /// let model = Model::new(0, |most: &mut usize, number: &usize| {
    ///     *most = (*most).max(*number);
    ///     Some(*most)
    /// });
    /// let in_two_steps = |most: &Mutex<usize>, number: usize| {
    ///     let before = *most.lock();
    ///     *most.lock() = before.max(number);
    ///     before.max(number)
    /// };
    /// let check = Grammar::new().numbered(|number| number).check(
    ///     "the_largest", "Each is told the largest so far.", model, Mutex::default, in_two_steps,
    /// );
    /// let verdict = explore(&check, BackEnd::Exhaustive, &Options::default());
    /// let smallest = &verdict.failure().expect("the smaller number comes last").in_words;
    /// assert_eq!(smallest, "thread-1: 1, 2; thread-2: 3");
    /// ```
    pub fn check<S: Specification<Call = C>, O: Send + Sync + 'static>(
        self,
        name: &'static str,
        promise: &'static str,
        specification: S,
        new: impl Fn() -> O + Send + Sync + 'static,
        perform: impl Fn(&O, C) -> S::Answer + Send + Sync + 'static,
    ) -> Check {
        let (specification, perform) = (Arc::new(specification), Arc::new(perform));
        let calls = self.calls();
        let (told, grammar) = (self.clone(), self);
        Check::told(
            name,
            promise,
            move |words: &Words| told.session(words).to_string(),
            Words::any(3, 3, calls),
            (0..calls).map(Words::one),
            [],
            move |words| {
                let object = Arc::new(new());
                let session = grammar.session(words);
                session.scenario(&Arc::clone(&specification), object, &perform)
            },
        )
        .growing(move |words: &Words| words.larger(calls))
    }

    /// How many calls there are to choose from.
    pub fn calls(&self) -> usize {
        self.calls.len()
    }

    /// The session with these calls.
    ///
    /// # Panics
    /// Panics if there are fewer calls in the grammar.
    pub fn session(&self, words: &Words) -> Session<C> {
        let mut numbers = 1..;
        let mut call = |&call: &usize| self.calls[call](numbers.next().expect("no end"));
        let threads = words.0.iter();
        Session::of(threads.map(|word| word.iter().map(&mut call).collect()))
    }

    /// All sessions with up to so many calls: those with few calls first, and of these those with
    /// few threads. There are about as many as there are calls in the grammar to that power, times
    /// the ways to share them out.
    pub fn up_to(&self, calls: usize) -> Vec<Session<C>> {
        let mut sessions = Vec::new();
        if self.calls.is_empty() {
            return sessions;
        }
        for size in 1..=calls {
            for threads in 1..=size {
                self.add(&mut Vec::new(), size, threads, &mut |words| {
                    sessions.push(self.session(&Words(words.to_vec())));
                });
            }
        }
        sessions
    }

    /// Goes through all ways to go on with so many calls in so many threads, each of which comes
    /// after the one before or is like it.
    fn add(
        &self,
        words: &mut Vec<Word>,
        calls: usize,
        threads: usize,
        f: &mut impl FnMut(&[Word]),
    ) {
        if threads == 0 {
            return f(words);
        }
        let longest = words.last().map_or(calls, Vec::len);
        for length in (1..=longest.min(calls)).rev() {
            // The others have one call at least, and are no longer.
            let left = calls - length;
            if left < threads - 1 || left > length * (threads - 1) {
                continue;
            }
            let first = words.last().filter(|last| last.len() == length).cloned();
            let mut next = Some(first.unwrap_or_else(|| vec![0; length]));
            while let Some(word) = next {
                next = self.after(&word);
                words.push(word);
                self.add(words, left, threads - 1, f);
                words.pop();
            }
        }
    }

    /// The next word of the same length, in the order of the grammar.
    fn after(&self, word: &Word) -> Option<Word> {
        let place = word.iter().rposition(|&call| call + 1 < self.calls.len())?;
        let mut next = word[..=place].to_vec();
        next[place] += 1;
        next.resize(word.len(), 0);
        Some(next)
    }
}

impl<C> Default for Grammar<C> {
    fn default() -> Self {
        Grammar { calls: Vec::new() }
    }
}

impl<C> Debug for Grammar<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Grammar({} calls)", self.calls.len())
    }
}
