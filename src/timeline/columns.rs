//! One column per task.

use super::names::Names;
use super::row::{Row, RowKind, tasks};
use super::text::{Line, Page, Tone, clip, wrap};
use super::width::width;
use crate::explore::operation::TaskId;

/// Where the first column starts; before it stand the numbers of the operations.
const START: usize = 6;

/// Between two columns.
const GAP: usize = 3;

/// Columns narrower than this are no use.
const NARROWEST: usize = 20;

/// Columns wider than this pull apart what belongs together.
const WIDEST: usize = 60;

struct Columns<'a> {
    tasks: Vec<TaskId>,
    width: usize,
    names: &'a Names,
}

/// Draws the rows; false if there is no room for so many columns.
pub(super) fn draw(page: &mut Page, rows: &[Row], names: &Names) -> bool {
    let tasks = tasks(rows);
    if tasks.is_empty() {
        return true;
    }
    let gaps = GAP * (tasks.len() - 1);
    let room = page.width().saturating_sub(START + gaps) / tasks.len();
    if room < NARROWEST {
        return false;
    }
    let width = room.min(WIDEST);
    let columns = Columns {
        tasks,
        width,
        names,
    };
    columns.titles(page);
    for row in rows {
        match row.task {
            Some(task) => columns.row(page, row, task),
            None => {
                let mut line = Line::default();
                line.put(START, page.clean(&row.words), Tone::Dim);
                page.line(line);
            }
        }
    }
    page.gap();
    true
}

impl Columns<'_> {
    fn index(&self, task: TaskId) -> usize {
        self.tasks.iter().position(|&t| t == task).unwrap_or(0)
    }

    fn start(&self, index: usize) -> usize {
        START + index * (self.width + GAP)
    }

    fn titles(&self, page: &mut Page) {
        let mut names = Line::default();
        for (index, &task) in self.tasks.iter().enumerate() {
            let name = page.clean(self.names.task(task));
            let name = clip(&name, self.width, &page.clean("…"));
            names.put(self.start(index), name, Tone::Task(index));
        }
        page.line(names);
    }

    fn row(&self, page: &mut Page, row: &Row, task: TaskId) {
        let index = self.index(task);
        if let Some(to) = row.to {
            return self.switch(page, row, index, self.index(to));
        }
        let start = self.start(index);
        let tone = match row.kind {
            RowKind::Operation => Tone::Task(index),
            RowKind::Aside => Tone::Dim,
            RowKind::Failure => Tone::Failure,
        };
        let place = page.clean(row.place.as_deref().unwrap_or(""));
        let mut words = page.clean(&row.words);
        if width(&words) + 2 + width(&place) > self.width {
            words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        let words = wrap(&words, self.width);
        // The place stands at the end of the first line that has room for it.
        let mut place = Some(place).filter(|place| !place.is_empty());
        for (number, words) in words.iter().enumerate() {
            let mut line = Line::default();
            if let Some(number) = row.number.filter(|_| number == 0) {
                line.put(0, format!("{number:>3}"), Tone::Dim);
            }
            if let Some(at) = place.take_if(|at| width(words) + 2 + width(at) <= self.width) {
                line.put(start + self.width - width(&at), at, Tone::Dim);
            }
            line.put(start, words, tone);
            page.line(line);
        }
        let code = row.code.as_deref().map(|code| page.clean(code));
        for text in place.into_iter().chain(code) {
            let mut line = Line::default();
            line.put(start, clip(&text, self.width, &page.clean("…")), Tone::Dim);
            page.line(line);
        }
    }

    /// A row that ends with a line to the task that has the turn next.
    fn switch(&self, page: &mut Page, row: &Row, from: usize, to: usize) {
        let (start, target) = (self.start(from), self.start(to));
        let room = if to > from {
            target - start - 2
        } else {
            self.width
        };
        let words = wrap(&page.clean(&row.words), room);
        let bend = if to > from { words.len() - 1 } else { 0 };
        for (number, words) in words.into_iter().enumerate() {
            let mut line = Line::default();
            let end = start + width(&words) + 1;
            line.put(start, words, Tone::Dim);
            if number == bend && to > from {
                let path = self.path(page, target.saturating_sub(end));
                line.put(end, format!("{path}{}", page.sign('╮')), Tone::Dim);
            } else if number == bend && to < from {
                let path = self.path(page, start - target - 2);
                line.put(target, format!("{}{path}", page.sign('╭')), Tone::Dim);
            }
            page.line(line);
        }
    }

    fn path(&self, page: &Page, length: usize) -> String {
        page.sign('┄').to_string().repeat(length)
    }
}
