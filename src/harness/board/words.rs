//! The states of a game in words, with what comes up often written once.

use super::super::describe::hint;
use super::super::places::read_source;
use super::super::played::asked;
use crate::curriculum::Kata;
use crate::explore::interactive::Position;
use crate::results::{Asked, End, Row, Step};
use crate::timeline::source::Sources;
use crate::timeline::{Explanation, Length, Steps};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::rc::Rc;

/// A record of more events is told in short.
pub(super) const MOST_TOLD: usize = 200;

/// Values, each once, which are then named by their places.
pub(super) struct List<T>(HashMap<T, usize>);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(HashMap::new())
    }
}

impl<T: Eq + Hash> List<T> {
    fn place(&mut self, value: T) -> usize {
        let new = self.0.len();
        *self.0.entry(value).or_insert(new)
    }

    /// The values, by their places.
    pub(super) fn into_values(self) -> Vec<T> {
        let mut all: Vec<(usize, T)> = self.0.into_iter().map(|(value, at)| (at, value)).collect();
        all.sort_unstable_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, value)| value).collect()
    }
}

/// Where an execution stands, by the places of the words for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Told {
    pub(super) rows: Vec<usize>,
    pub(super) ask: Option<usize>,
    pub(super) objects: usize,
    pub(super) end: Option<usize>,
}

/// All the words of a board.
pub(super) struct Words<'a> {
    kata: &'a Kata,
    sources: Rc<Sources<'static>>,
    pub(super) tasks: Vec<String>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) rows: List<Row>,
    pub(super) asks: List<Asked>,
    pub(super) objects: List<Vec<(String, String)>>,
    pub(super) ends: List<Option<End>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(kata: &'a Kata) -> Self {
        Words {
            kata,
            sources: Rc::new(Sources::new(&read_source)),
            tasks: Vec::new(),
            files: BTreeMap::new(),
            rows: List::default(),
            asks: List::default(),
            objects: List::default(),
            ends: List::default(),
        }
    }

    /// Tells where an execution stands.
    pub(super) fn tell(&mut self, position: &Position) -> Told {
        let length = match position.so_far.record.events.len() {
            0..=MOST_TOLD => Length::Whole,
            _ => Length::Short,
        };
        let told = Explanation::with(&position.so_far, Rc::clone(&self.sources), length);
        let question = position.question.as_ref();
        let ask = question.map(|question| self.asks.place(asked(question, &told)));
        let end = match position.question {
            Some(_) => None,
            None => Some(self.end(position.has_failed.then_some(&told))),
        };
        let Steps {
            tasks,
            steps,
            files,
        } = told.steps();
        let latest = steps.last().map(|step| step.objects.clone());
        let objects = self.objects.place(latest.unwrap_or_default());
        self.files.extend(files);
        let rows = steps
            .into_iter()
            .filter(|step| !is_switch(step))
            .map(|step| self.row(&tasks, step))
            .collect();
        Told {
            rows,
            ask,
            objects,
            end,
        }
    }

    fn row(&mut self, tasks: &[String], step: Step) -> usize {
        let task = step.task.map(|column| self.task(&tasks[column]));
        let kind = match (step.fails, step.number) {
            (true, _) => 2,
            (false, Some(_)) => 1,
            (false, None) => 0,
        };
        self.rows
            .place(Row(task, step.words, step.path, step.line, kind))
    }

    fn task(&mut self, name: &str) -> usize {
        let known = self.tasks.iter().position(|task| task == name);
        known.unwrap_or_else(|| {
            self.tasks.push(name.to_owned());
            self.tasks.len() - 1
        })
    }

    fn end(&mut self, failure: Option<&Explanation>) -> usize {
        self.ends.place(failure.map(|told| End {
            what: told.what(),
            pattern: told.label().map(|label| label.in_english().to_owned()),
            hint: hint(self.kata, told),
        }))
    }
}

/// True for the row that says why the turn went to another: who plays knows why.
fn is_switch(step: &Step) -> bool {
    step.to.is_some() && step.words != "finished"
}
