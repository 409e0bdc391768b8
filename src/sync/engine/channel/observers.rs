//! What both ends of a channel tell of it.

use super::{Receiver, Sender};
use std::fmt;
use std::panic::{Location, RefUnwindSafe, UnwindSafe};

macro_rules! observers {
    ($($end:ident),*) => {$(
        impl<T> $end<T> {
            /// How many messages the channel holds.
            #[track_caller]
            pub fn len(&self) -> usize {
                self.channel.observe(|| self.inner.len(), Location::caller())
            }

            /// True if the channel holds no message.
            #[track_caller]
            pub fn is_empty(&self) -> bool {
                self.channel.observe(|| self.inner.len(), Location::caller()) == 0
            }

            /// True if the channel holds as many messages as it can.
            #[track_caller]
            pub fn is_full(&self) -> bool {
                let length = self.channel.observe(|| self.inner.len(), Location::caller());
                self.capacity().is_some_and(|capacity| length >= capacity)
            }

            /// How many messages the channel can hold; `None` if any number.
            pub fn capacity(&self) -> Option<usize> {
                self.inner.capacity()
            }

            /// True if both belong to one channel.
            pub fn same_channel(&self, other: &$end<T>) -> bool {
                self.inner.same_channel(&other.inner)
            }
        }

        impl<T> UnwindSafe for $end<T> {}
        impl<T> RefUnwindSafe for $end<T> {}

        impl<T> fmt::Debug for $end<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($end), " { .. }"))
            }
        }
    )*};
}

observers!(Sender, Receiver);
