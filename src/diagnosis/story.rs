//! Sentences that name threads, objects and places, whatever these are called.

use super::trace::Place;
use crate::explore::model::seen::Value;
use crate::explore::operation::{ObjectId, TaskId};
use crate::explore::record::Site;
use std::borrow::Cow;

/// A part of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Word {
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
}

impl From<&'static str> for Word {
    fn from(text: &'static str) -> Self {
        Word::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Word::Text(Cow::Owned(text))
    }
}

impl From<Option<&Value>> for Word {
    fn from(value: Option<&Value>) -> Self {
        value.map_or("a value".into(), |value| Word::Value(value.clone()))
    }
}

impl From<TaskId> for Word {
    fn from(task: TaskId) -> Self {
        Word::Task(task)
    }
}

impl From<ObjectId> for Word {
    fn from(object: ObjectId) -> Self {
        Word::Object(object)
    }
}

impl From<Place> for Word {
    fn from(place: Place) -> Self {
        Word::At(place)
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
pub struct Story(Vec<Word>);

impl Story {
    /// The text, with the words in the places of its `{}`.
    pub(super) fn new<const N: usize>(template: &'static str, words: [Word; N]) -> Self {
        let mut words = words.into_iter();
        let parts = template.split("{}").map(Word::from);
        Story(
            parts
                .flat_map(|text| [Some(text), words.next()])
                .flatten()
                .collect(),
        )
    }

    /// Adds to the end.
    pub(super) fn then(mut self, more: Story) -> Self {
        self.0.extend(more.0);
        self
    }

    /// True if the story names the thread.
    pub fn is_about(&self, task: TaskId) -> bool {
        self.0.contains(&Word::Task(task))
    }

    /// The story with these names.
    pub fn tell(&self, names: &impl Names) -> String {
        let tell = |word: &Word| match word {
            Word::Text(text) => text.to_string(),
            Word::Task(task) => names.task(*task),
            Word::Object(object) => names.object(*object),
            Word::Value(value) => value.to_string(),
            Word::At(Some(location)) => format!(" ({})", names.place(location)),
            Word::At(None) => String::new(),
        };
        self.0.iter().map(tell).collect()
    }
}

/// `story!("{} waits for {}{}.", task, lock, place)`
macro_rules! story {
    ($template:literal $(, $word:expr)* $(,)?) => {
        $crate::diagnosis::story::Story::new($template, [
            $($crate::diagnosis::story::Word::from($word)),*
        ])
    };
}
pub(super) use story;
