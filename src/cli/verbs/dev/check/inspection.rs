//! The items of an inspection, a line each, and what is missing of them.

use std::io::{self, Write};

/// Something that is not as it should be.
pub(super) struct Missing {
    pub(super) what: String,
    /// A command, or what to write where.
    pub(super) mend: String,
}

/// What an item is like: what there is to say of it, or what is missing.
pub(super) type Item = Result<String, Missing>;

pub(super) fn missing(what: impl Into<String>, mend: impl Into<String>) -> Item {
    let (what, mend) = (what.into(), mend.into());
    Err(Missing { what, mend })
}

pub(super) struct Inspection<W> {
    pub(super) out: W,
    pub(super) items: u64,
    pub(super) findings: u64,
}

impl<W: Write> Inspection<W> {
    pub(super) fn note(&mut self, name: &str, item: Item) -> io::Result<()> {
        self.items += 1;
        match item {
            Ok(text) => writeln!(self.out, "  ok    {name}: {text}"),
            Err(Missing { what, mend }) => {
                self.findings += 1;
                writeln!(self.out, "  FAIL  {name}: {what}\n        {mend}")
            }
        }
    }

    /// Notes all that is missing of an item; if nothing is, what there is to say of it.
    pub(super) fn note_all(
        &mut self,
        name: &str,
        text: String,
        missing: Vec<Missing>,
    ) -> io::Result<()> {
        if missing.is_empty() {
            return self.note(name, Ok(text));
        }
        let mut missing = missing.into_iter();
        missing.try_for_each(|missing| self.note(name, Err(missing)))
    }
}
