//! Standard output that may be closed: `cargo kata list | head -1` is no error. And that may not be
//! able to show all signs.

use kata::timeline::to_ascii;
use std::io::{self, ErrorKind, Write};

/// Writes until the pipe is closed, and nothing from then on.
pub struct Out<W> {
    inner: W,
    is_closed: bool,
    ascii: bool,
}

impl<W> Out<W> {
    /// With ASCII in the place of our own signs, if that is asked for.
    pub fn new(inner: W, ascii: bool) -> Self {
        Out {
            inner,
            is_closed: false,
            ascii,
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
        let plain = str::from_utf8(text).ok().filter(|_| self.ascii);
        self.unless_closed(text.len(), |inner| match plain {
            Some(plain) => {
                inner.write_all(to_ascii(plain).as_bytes())?;
                Ok(text.len())
            }
            None => inner.write(text),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_closed((), W::flush)
    }
}
