//! Wrong solutions that learners really write. A slip is a file of its own, with its story in front.
//!
//! ```text
//! //! "The count is atomic, so adding to it is atomic." Each step is, but another thread can come
//! //! between the load and the store.
//!
//! slip! {
//!     NoLock,
//!     caught_by: no_update_is_lost,
//!     engine: LostUpdate,
//!     loom: LostUpdate,
//! }
//!
//! use kata::counter::Counter;
//! …
//! ```
//!
//! The rest of the file is what a learner would have written, from top to bottom: it shares nothing
//! with other slips, also where they differ in one line.

use crate::diagnosis::Label;
use crate::explore::BackEnd;
use crate::explore::check::Check;

/// A wrong solution that learners really write.
#[derive(Debug)]
pub struct Slip {
    /// The slip as a name, which is that of its file: `no_lock`.
    pub name: &'static str,
    /// The text of its file.
    pub source: &'static str,
    /// The kata's checks, of this slip.
    pub checks: fn() -> Vec<Check>,
    /// The first check, in the kata's order, that fails.
    pub caught_by: &'static str,
    /// Where that check fails; nowhere else.
    pub seen: &'static [Sighting],
}

/// Where a slip is caught, and what its failure is called there.
#[derive(Debug)]
pub struct Sighting {
    /// What the slip's file calls these back ends: `engine`.
    pub by: &'static str,
    /// The back ends under which the check fails.
    pub back_ends: &'static [BackEnd],
    /// The pattern that is to be recognised in the failure, if one is.
    pub pattern: Option<Label>,
}

impl Slip {
    /// What its author thought, and what is wrong with it.
    pub fn story(&self) -> String {
        super::head::of(self.source)
    }

    /// The back ends under which it is caught.
    pub fn back_ends(&self) -> Vec<BackEnd> {
        let back_ends = self.seen.iter().flat_map(|seen| seen.back_ends);
        back_ends.copied().collect()
    }

    /// True if it is caught under the back end.
    pub fn is_caught_under(&self, back_end: BackEnd) -> bool {
        self.back_ends().contains(&back_end)
    }

    /// The pattern that is to be recognised under the back end, if one is.
    pub fn pattern(&self, back_end: BackEnd) -> Option<Label> {
        let mut seen = self.seen.iter();
        let seen = seen.find(|seen| seen.back_ends.contains(&back_end));
        seen.and_then(|seen| seen.pattern)
    }
}

/// What is wrong with the solution in this file.
///
/// Its type; the first check that fails; and where it does, with the pattern that is recognised
/// there, or `no_pattern`, where what the check saw is the explanation: under the `engine` (in generated schedules and in the exhaustive search,
/// or in one of these only: `generated`, `exhaustive`) and under `loom`. Where a slip is not caught,
/// it has no line.
#[cfg(not(test))]
macro_rules! slip {
    (@seen engine) => { $crate::curriculum::back_ends::ENGINE_ONLY };
    (@seen generated) => { &[$crate::explore::BackEnd::Generated] };
    (@seen exhaustive) => { &[$crate::explore::BackEnd::Exhaustive] };
    (@seen loom) => { $crate::curriculum::back_ends::LOOM_ONLY };
    (@called no_pattern) => { None };
    (@called $pattern:ident) => { Some($crate::diagnosis::Label::$pattern) };
    ($solution:ty, caught_by: $check:ident, $($seen:ident: $pattern:ident),+ $(,)?) => {
        pub(super) const fn slip(
            name: &'static str,
            source: &'static str,
        ) -> $crate::curriculum::slip::Slip {
            $crate::curriculum::slip::Slip {
                name,
                source,
                checks: super::super::checks::<$solution>,
                caught_by: stringify!($check),
                seen: &[$($crate::curriculum::slip::Sighting {
                    by: stringify!($seen),
                    back_ends: slip!(@seen $seen),
                    pattern: slip!(@called $pattern),
                }),+],
            }
        }
    };
}

/// The slips of a kata: a file each, beside the list.
///
/// Unit tests have none: to build them takes longer than all the rest, and the tests in `tests/` have
/// them built already.
macro_rules! slips {
    ($($name:ident),+ $(,)?) => {
        // Some are wrong in a way that clippy knows.
        $(#[cfg(not(test))]
        #[allow(clippy::let_underscore_lock)]
        mod $name;)+

        /// None, for unit tests.
        #[cfg(test)]
        pub const ALL: &[$crate::curriculum::slip::Slip] = &[];

        /// All of them.
        #[cfg(not(test))]
        pub const ALL: &[$crate::curriculum::slip::Slip] = &[
            $($name::slip(stringify!($name), include_str!(concat!(stringify!($name), ".rs")))),+
        ];
    };
}
