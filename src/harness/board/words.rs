//! The states of a game in words, with what comes up often written once.

use super::super::played::asked;
use crate::curriculum::Kata;
use crate::diagnosis::diagnose;
use crate::explore::manual::Standing;
use crate::explore::verdict::Failure;
use crate::timeline::{self, Narrator, Step, Steps};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// A record of more events is told in short.
pub(super) const MOST_TOLD: usize = 200;

/// Values, each once, which are then named by their places.
#[derive(Default)]
pub(super) struct List {
    all: Vec<Value>,
    places: HashMap<String, usize>,
}

impl List {
    fn place(&mut self, value: Value) -> usize {
        let all = &mut self.all;
        *self.places.entry(value.to_string()).or_insert_with(|| {
            all.push(value);
            all.len() - 1
        })
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
    narrator: Narrator,
    tasks: Vec<String>,
    files: Map<String, Value>,
    rows: List,
    asks: List,
    objects: List,
    ends: List,
}

impl<'a> Words<'a> {
    pub(super) fn new(kata: &'a Kata) -> Self {
        Words {
            kata,
            narrator: Narrator::default(),
            tasks: Vec::new(),
            files: Map::new(),
            rows: List::default(),
            asks: List::default(),
            objects: List::default(),
            ends: List::default(),
        }
    }

    /// Tells where an execution stands.
    pub(super) fn tell(&mut self, standing: &Standing) -> Told {
        let so_far = &standing.so_far;
        let told = match so_far.record.events.len() <= MOST_TOLD {
            true => self.narrator.every_step(so_far),
            false => self.narrator.steps(so_far),
        };
        let question = standing.question.as_ref();
        let ask = question.map(|question| self.ask(asked(question, so_far, &self.narrator)));
        let objects = told.steps.last().map(|step| &step.objects);
        let objects = self
            .objects
            .place(json!(objects.cloned().unwrap_or_default()));
        let rows = told.steps.iter().filter(|step| !is_switch(step));
        let rows = rows.map(|step| self.row(&told, step)).collect();
        for (path, text) in told.files {
            self.files.entry(path).or_insert(Value::from(text));
        }
        let end = match standing.question {
            Some(_) => None,
            None => Some(self.end(standing.has_failed.then_some(so_far))),
        };
        Told {
            rows,
            ask,
            objects,
            end,
        }
    }

    fn ask(&mut self, asked: Value) -> usize {
        self.asks.place(asked)
    }

    fn row(&mut self, told: &Steps, step: &Step) -> usize {
        let task = step.task.map(|column| self.task(&told.tasks[column]));
        let kind = match (step.is_failure, step.number) {
            (true, _) => 2,
            (false, Some(_)) => 1,
            (false, None) => 0,
        };
        let (path, line) = step.source.clone().unzip();
        self.rows.place(json!([task, step.words, path, line, kind]))
    }

    fn task(&mut self, name: &str) -> usize {
        let known = self.tasks.iter().position(|task| task == name);
        known.unwrap_or_else(|| {
            self.tasks.push(name.to_owned());
            self.tasks.len() - 1
        })
    }

    fn end(&mut self, failure: Option<&Failure>) -> usize {
        self.ends.place(match failure {
            None => Value::Null,
            Some(failure) => {
                let label = diagnose(failure).label();
                json!({
                    "what": timeline::what_went_wrong(failure),
                    "hint": self.kata.hint(label).map(|tier| tier + 1),
                })
            }
        })
    }

    /// The words, by their places.
    pub(super) fn into_value(self) -> Value {
        json!({
            "tasks": self.tasks,
            "rows": self.rows.all,
            "asks": self.asks.all,
            "objects": self.objects.all,
            "ends": self.ends.all,
            "files": self.files,
        })
    }
}

/// True for the row that says why the turn went to another: who plays knows why.
fn is_switch(step: &Step) -> bool {
    step.to.is_some() && step.words != "finished"
}
