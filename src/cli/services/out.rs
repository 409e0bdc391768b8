//! Standard output that may be closed: `cargo kata list | head -1` is no error. And that may not be
//! able to show all signs.

use kata::text;
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

    /// The same output for a program that has no other purpose: that it is closed is an error, of
    /// the kind [`ErrorKind::BrokenPipe`].
    pub fn until_closed(&mut self) -> UntilClosed<'_, W> {
        UntilClosed(self)
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
            let kind = error.kind();
            self.is_closed = kind == ErrorKind::BrokenPipe;
            if self.is_closed {
                return Ok(otherwise);
            }
            let what = text!("cannot write to the standard output: {error}", error);
            Err(io::Error::new(kind, what))
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

/// What a program has come to that writes until its output is closed: that nobody wants to read more is
/// no error.
pub fn unless_closed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Output that fails once it is closed.
pub struct UntilClosed<'a, W>(&'a mut Out<W>);

impl<W> UntilClosed<'_, W> {
    fn unless_closed<T>(&self, done: T) -> io::Result<T> {
        if self.0.is_closed {
            Err(ErrorKind::BrokenPipe.into())
        } else {
            Ok(done)
        }
    }
}

impl<W: Write> Write for UntilClosed<'_, W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let written = self.0.write(text)?;
        self.unless_closed(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()?;
        self.unless_closed(())
    }
}
