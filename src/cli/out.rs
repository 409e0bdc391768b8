//! Standard output that may be closed: `cargo kata list | head -1` is no error.

use std::io::{self, ErrorKind, Write};

/// Writes until the pipe is closed, and nothing from then on.
pub struct Out<W> {
    inner: W,
    is_closed: bool,
}

impl<W> Out<W> {
    pub fn new(inner: W) -> Self {
        Out {
            inner,
            is_closed: false,
        }
    }

    fn unless_closed<T>(
        &mut self,
        otherwise: T,
        write: impl FnOnce(&mut W) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.is_closed {
            return Ok(otherwise);
        }
        write(&mut self.inner).or_else(|error| {
            self.is_closed = error.kind() == ErrorKind::BrokenPipe;
            if self.is_closed {
                Ok(otherwise)
            } else {
                Err(error)
            }
        })
    }
}

impl<W: Write> Write for Out<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.unless_closed(text.len(), |inner| inner.write(text))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), W::flush)
    }
}
