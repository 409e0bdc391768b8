//! Sentences that name threads, objects and places, whatever these are called.

use crate::explore::model::seen::Value;
use crate::explore::operation::{ObjectId, TaskId};
use crate::explore::record::Site;
use crate::text;
use crate::texts::{self, Piece, Template};
use std::borrow::Cow;

/// Where the code asks for something.
pub(super) type Place = Option<Site>;

/// A part of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fragment {
    /// As it stands.
    Text(Cow<'static, str>),
    /// A thread's name.
    Task(TaskId),
    /// An object's name.
    Object(ObjectId),
    /// A value.
    Value(Value),
    /// A place in the code, in brackets; nothing where it is not known.
    At(Option<Site>),
    /// A call by which the check is called back, in brackets.
    In(String),
}

impl From<&'static str> for Fragment {
    fn from(text: &'static str) -> Self {
        Fragment::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Fragment {
    fn from(text: String) -> Self {
        Fragment::Text(Cow::Owned(text))
    }
}

impl From<Option<&Value>> for Fragment {
    fn from(value: Option<&Value>) -> Self {
        value.map_or(text!("a value").into(), |value| {
            Fragment::Value(value.clone())
        })
    }
}

impl From<Value> for Fragment {
    fn from(value: Value) -> Self {
        Fragment::Value(value)
    }
}

impl From<TaskId> for Fragment {
    fn from(task: TaskId) -> Self {
        Fragment::Task(task)
    }
}

impl From<ObjectId> for Fragment {
    fn from(object: ObjectId) -> Self {
        Fragment::Object(object)
    }
}

impl From<Place> for Fragment {
    fn from(place: Place) -> Self {
        Fragment::At(place)
    }
}

/// What things are called.
pub trait Names {
    /// The thread's name.
    fn task(&self, task: TaskId) -> String;
    /// The object's name.
    fn object(&self, object: ObjectId) -> String;
    /// The place as `file:line`.
    fn place(&self, location: Site) -> String;
}

/// A sentence or two.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sentences(Vec<Fragment>);

impl Sentences {
    /// The text, in the language that is spoken, with the words in the places of its `{}`. Where
    /// another language has them in another order, their places have numbers, from 0.
    pub(super) fn new<const N: usize>(english: &'static str, words: [Fragment; N]) -> Self {
        let mut in_order = 0..N;
        let template = Template::new(texts::of(english));
        let fragments = template.pieces().iter().filter_map(|piece| match *piece {
            Piece::Said(text) => Some(Fragment::from(text)),
            Piece::Word("") => words.get(in_order.next()?).cloned(),
            Piece::Word(number) => words.get(number.parse::<usize>().ok()?).cloned(),
        });
        Sentences(fragments.collect())
    }

    /// Adds to the end.
    pub(super) fn then(mut self, more: Sentences) -> Self {
        self.0.extend(more.0);
        self
    }

    /// What the sentences consist of, in order.
    pub fn fragments(&self) -> &[Fragment] {
        &self.0
    }

    /// True if the sentences name the thread.
    pub fn is_about(&self, task: TaskId) -> bool {
        self.0.contains(&Fragment::Task(task))
    }

    /// The places that they name, in order.
    pub fn places(&self) -> impl DoubleEndedIterator<Item = Site> {
        self.0.iter().filter_map(|fragment| match fragment {
            Fragment::At(place) => *place,
            _ => None,
        })
    }

    /// The objects that they name, in order.
    pub fn objects(&self) -> impl Iterator<Item = ObjectId> {
        self.0.iter().filter_map(|fragment| match fragment {
            Fragment::Object(object) => Some(*object),
            _ => None,
        })
    }

    /// The sentences with these names.
    pub fn tell(&self, names: &impl Names) -> String {
        let tell = |word: &Fragment| match word {
            Fragment::Text(text) => text.to_string(),
            Fragment::Task(task) => names.task(*task),
            Fragment::Object(object) => names.object(*object),
            Fragment::Value(value) => value.to_string(),
            Fragment::At(Some(location)) => format!(" ({})", names.place(location)),
            Fragment::At(None) => String::new(),
            Fragment::In(call) => format!(" ({call})"),
        };
        self.0.iter().map(tell).collect()
    }
}

/// `sentences!("{} waits for {}{}.", task, lock, place)`
macro_rules! sentences {
    ($template:literal $(, $word:expr)* $(,)?) => {
        $crate::diagnosis::sentences::Sentences::new($template, [
            $($crate::diagnosis::sentences::Fragment::from($word)),*
        ])
    };
}
pub(super) use sentences;
