//! One failing execution, explained: made once, and then told in each form that is asked for.

use super::compress::Length;
use super::names::Names;
use super::options::Options;
use super::passing::{self, Passing};
use super::row::Row;
use super::source::{self, Sources};
use super::steps::{self, Steps};
use super::text::{self, Look, Page, Tone};
use super::{callbacks, columns, explain, folded, list, rows};
use crate::diagnosis::{Diagnosis, Label, diagnose};
use crate::explore::interactive::Next;
use crate::explore::operation::{ObjectId, Operation};
use crate::explore::record::{Event, EventKind, Site};
use crate::explore::verdict::Failure;
use crate::results::{self, Place};
use crate::text;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::rc::Rc;

/// A failing execution with all that is found out about it: what the code calls its objects, the
/// rows of its timeline, and the pattern behind it.
pub struct Explanation<'a> {
    failure: &'a Failure,
    sources: Rc<Sources<'a>>,
    names: Names,
    rows: Vec<Row>,
    /// Found when it is first asked for: of most states of a game nobody asks.
    diagnosis: OnceCell<Diagnosis>,
}

impl<'a> Explanation<'a> {
    /// Explains a failing execution; of a long one not all is told.
    pub fn of(failure: &'a Failure) -> Self {
        let sources = Rc::new(Sources::new(&source::read));
        Explanation::with(failure, sources, Length::Short)
    }

    /// The same with these source files, and told at this length.
    pub fn with(failure: &'a Failure, sources: Rc<Sources<'a>>, length: Length) -> Self {
        let names = Names::new(&failure.record, &sources);
        let rows = rows::tell(failure, &names, &sources, length);
        Explanation {
            failure,
            sources,
            names,
            rows,
            diagnosis: OnceCell::new(),
        }
    }

    /// The failure itself.
    pub fn failure(&self) -> &'a Failure {
        self.failure
    }

    fn diagnosis(&self) -> &Diagnosis {
        self.diagnosis.get_or_init(|| diagnose(self.failure))
    }

    /// What the failure is called, if the pattern is known.
    pub fn label(&self) -> Option<Label> {
        self.diagnosis().label()
    }

    /// What went wrong, in words: the pattern if it is known, and what the check said.
    pub fn what(&self) -> String {
        explain::what(self.failure, self.diagnosis(), &self.names)
    }

    /// Where the nearest execution that passes leaves this one, if one is known.
    pub fn passing(&self) -> Option<Passing> {
        passing::passing(self.failure, &self.names, &self.rows)
    }

    /// The places that the words name, in order.
    fn places(&self) -> Vec<Site> {
        match self.diagnosis() {
            Diagnosis::Known(_, sentences) => sentences.places().collect(),
            Diagnosis::Unknown => Vec::new(),
        }
    }

    /// The objects that a drawing with these rows, or the words, name: those that only calls have used of
    /// which a row tells no more than the name are not among them.
    fn objects_of(&self, rows: &[Row]) -> Vec<ObjectId> {
        let record = &self.failure.record;
        let told: HashSet<usize> = rows.iter().filter_map(|row| row.event).collect();
        let steps = self.rows.iter().filter(|row| row.call.is_some());
        let steps: HashSet<usize> = steps.filter_map(|row| row.event).collect();
        let is_told = |at| told.contains(&at) || !steps.contains(&at);
        let mut objects = explain::objects(record, is_told);
        if let Diagnosis::Known(_, sentences) = self.diagnosis() {
            objects.extend(sentences.objects());
        }
        let waiting = self.failure.kind.waiting().0.iter();
        let apart = waiting.filter(|entry| {
            let called = record.called_back(entry.task, record.events.len());
            called.is_none()
        });
        // An executor's thread has no name in the code.
        let named = apart.filter(|entry| !matches!(entry.operation, Operation::BeginPoll(_)));
        objects.extend(named.filter_map(|entry| entry.operation.object()));
        objects
    }

    /// What is to be known of names that the code does not explain.
    pub fn legend(&self) -> Vec<String> {
        self.names.legend(&self.objects_of(&self.rows))
    }

    /// The lines of code that the words name, in their order, each once.
    pub fn named(&self) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for site in self.places() {
            let (path, line) = (site.file().to_owned(), site.line());
            let place = Place { path, line };
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// The line of the file at which the fault is, as far as that is known: the last that the pattern's
    /// words name, or else the last that has taken part before the final check.
    pub fn fault(&self, file: &str) -> Option<u32> {
        let mut named = self.places().into_iter().rev();
        let named = named.find(|site| site.file() == file);
        let is_final = |event: &Event| event.what == EventKind::FinalCheck;
        let events = &self.failure.record.events;
        let end = events.iter().position(is_final).unwrap_or(events.len());
        let line = |row: &Row| {
            let (path, line) = row.source.as_ref()?;
            (path == file).then_some(*line)
        };
        let is_before = |row: &&Row| row.event.is_none_or(|event| event < end);
        let before = || self.rows.iter().filter(is_before).rev().find_map(line);
        let last = || self.rows.iter().rev().find_map(line);
        named.map(|site| site.line()).or_else(before).or_else(last)
    }

    /// The execution as a drawing; ends with a line break. What is read first comes last: the drawing,
    /// and what went wrong.
    pub fn draw(&self, options: &Options) -> String {
        let mut page = Page::new(Look {
            width: options.width.max(text::MIN_WIDTH),
            colour: options.colour,
            ascii: options.ascii,
        });
        let places = self.places();
        let rows = folded::folded(self.failure, &self.rows, &places);
        let rows = callbacks::folded(self.failure, &rows, &places);
        let legend = self.names.legend(&self.objects_of(&rows));
        explain::heading(&mut page, self.failure, options);
        explain::particulars(&mut page, self.failure, &legend, options);
        if !columns::draw(&mut page, &rows, &self.names) {
            list::draw(&mut page, &rows, &self.names);
        }
        page.paragraph(text!("What went wrong:"), &self.what(), Tone::Plain);
        if let Some(passing) = self.passing() {
            page.paragraph(text!("It passes:"), &passing.words, Tone::Plain);
        }
        if let Some(hint) = &options.hint {
            page.paragraph(text!("Hint:"), hint, Tone::Plain);
        }
        page.into_text()
    }

    /// The execution step by step, for those who lay it out themselves.
    pub fn steps(&self) -> Steps {
        steps::lay_out(&self.rows, &self.names, &self.sources)
    }

    /// What a task is about to do.
    pub fn next(&self, next: &Next) -> results::Next {
        steps::next(next, &self.names, &self.sources)
    }
}
