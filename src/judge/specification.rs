//! What an object promises: a sequential model of it.

use std::fmt::{self, Debug};
use std::hash::Hash;

/// What a call may come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome<A, S> {
    /// What it answers.
    pub answer: A,
    /// How the object is afterwards.
    pub state: S,
}

/// What an object does if one call comes after the other.
///
/// Where a call has one answer at most, a [`Model`] is shorter. Here is a bag, which gives back any
/// of what was put into it, and lets who takes wait if there is nothing:
///
/// ```
/// # extern crate engine as kata;
/// use kata::judge::{Outcome, Specification};
///
/// #[derive(Clone, Debug)]
/// enum Call {
///     Put(u8),
///     Take,
/// }
///
/// struct Bag;
///
/// impl Specification for Bag {
///     type State = Vec<u8>;
///     type Call = Call;
///     type Answer = Option<u8>;
///
///     fn initial(&self) -> Vec<u8> {
///         Vec::new()
///     }
///
///     fn outcomes(&self, items: &Vec<u8>, call: &Call) -> Vec<Outcome<Option<u8>, Vec<u8>>> {
///         let mut state = items.clone();
///         match call {
///             Call::Put(item) => {
///                 state.push(*item);
///                 // In a bag there is no order.
///                 state.sort();
///                 vec![Outcome { answer: None, state }]
///             }
///             Call::Take => {
///                 let take = |place| {
///                     let mut state = state.clone();
///                     let answer = Some(state.remove(place));
///                     Outcome { answer, state }
///                 };
///                 (0..items.len()).map(take).collect()
///             }
///         }
///     }
/// }
/// assert_eq!(Bag.outcomes(&vec![], &Call::Take), []);
/// assert_eq!(Bag.outcomes(&vec![1, 2], &Call::Take).len(), 2);
/// ```
pub trait Specification: Send + Sync + 'static {
    /// How the object is between two calls: as little as tells its answers.
    type State: Clone + Eq + Hash + Debug;
    /// A call, with its arguments. People read its `Debug` form.
    type Call: Clone + Debug + Send + Sync + 'static;
    /// What a call returns. People read its `Debug` form.
    type Answer: Clone + Eq + Hash + Debug + Send + 'static;

    /// How the object is at first.
    fn initial(&self) -> Self::State;

    /// All that the call may come to in this state, the likeliest first. Nothing if it has to wait.
    fn outcomes(
        &self,
        state: &Self::State,
        call: &Self::Call,
    ) -> Vec<Outcome<Self::Answer, Self::State>>;

    /// Whether the call may wait for ever if the object stays in this state. As a rule, where there
    /// is nothing that it may come to.
    fn may_wait(&self, state: &Self::State, call: &Self::Call) -> bool {
        self.outcomes(state, call).is_empty()
    }
}

type Step<S, C, A> = dyn Fn(&mut S, &C) -> Option<A> + Send + Sync;

/// A specification in which a call has one answer, or has to wait.
///
/// ```
/// # extern crate engine as kata;
/// use kata::judge::{Model, Specification};
///
/// // A cell for one number: to take it is to wait until there is one.
/// let cell = Model::new(None, |cell: &mut Option<u8>, put: &Option<u8>| match put {
///     Some(_) => Some(std::mem::replace(cell, *put)),
///     None => cell.take().map(Some),
/// });
/// assert!(cell.may_wait(&None, &None));
/// assert_eq!(cell.outcomes(&Some(7), &None)[0].answer, Some(7));
/// ```
pub struct Model<S, C, A> {
    initial: S,
    step: Box<Step<S, C, A>>,
}

impl<S, C, A> Model<S, C, A> {
    /// An object that is like this at first. `step` makes a call of it: it changes the state and
    /// answers, or has to wait, `None`, and then what it has changed is forgotten.
    pub fn new(initial: S, step: impl Fn(&mut S, &C) -> Option<A> + Send + Sync + 'static) -> Self {
        let step = Box::new(step);
        Model { initial, step }
    }
}

impl<S: Debug, C, A> Debug for Model<S, C, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model({:?})", self.initial)
    }
}

impl<S, C, A> Specification for Model<S, C, A>
where
    S: Clone + Eq + Hash + Debug + Send + Sync + 'static,
    C: Clone + Debug + Send + Sync + 'static,
    A: Clone + Eq + Hash + Debug + Send + 'static,
{
    type State = S;
    type Call = C;
    type Answer = A;

    fn initial(&self) -> S {
        self.initial.clone()
    }

    fn outcomes(&self, state: &S, call: &C) -> Vec<Outcome<A, S>> {
        let mut state = state.clone();
        let answer = (self.step)(&mut state, call);
        let outcome = answer.map(|answer| Outcome { answer, state });
        outcome.into_iter().collect()
    }
}
