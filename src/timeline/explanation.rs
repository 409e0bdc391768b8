//! One failing execution, explained: made once, and then told in each form that is asked for.

use super::compress::Length;
use super::names::Names;
use super::options::Options;
use super::passing::{self, Passing};
use super::rows::{self, Row};
use super::source::{self, Sources};
use super::steps::{self, Steps};
use super::text::{self, Look, Page, Tone};
use super::{columns, explain, list};
use crate::diagnosis::{Diagnosis, Label, diagnose};
use crate::explore::interactive::Next;
use crate::explore::verdict::Failure;
use crate::results;
use std::cell::OnceCell;
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
    pub(crate) fn with(failure: &'a Failure, sources: Rc<Sources<'a>>, length: Length) -> Self {
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

    /// The execution as a drawing; ends with a line break.
    pub fn draw(&self, options: &Options) -> String {
        let mut page = Page::new(Look {
            width: options.width.max(text::MIN_WIDTH),
            colour: options.colour,
            ascii: options.ascii,
        });
        explain::heading(&mut page, self.failure, options);
        if !columns::draw(&mut page, &self.rows, &self.names) {
            list::draw(&mut page, &self.rows, &self.names);
        }
        explain::what_went_wrong(&mut page, self.failure, &self.what(), &self.names);
        if let Some(passing) = self.passing() {
            page.paragraph("It passes:", &passing.words, Tone::Plain);
        }
        explain::what_next(&mut page, options);
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
