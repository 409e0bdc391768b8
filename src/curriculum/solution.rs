//! Right solutions. Each is a file of its own, whose first lines say how it works.

use crate::explore::BackEnd;
use crate::explore::check::Check;

/// A right solution in a style of its own.
#[derive(Debug)]
pub struct Solution {
    /// The style as a name, which is that of its file: `atomic_add`.
    pub name: &'static str,
    /// The text of its file.
    pub source: &'static str,
    /// The kata's checks, of this solution.
    pub checks: fn() -> Vec<Check>,
    /// The back ends under which it passes every check.
    pub back_ends: &'static [BackEnd],
}

impl Solution {
    /// How it works, in one sentence.
    pub fn how(&self) -> String {
        super::head::of(self.source)
    }
}

/// The right solutions of a kata in other styles: a file each, beside the list.
///
/// Unit tests have none, as with the [slips](super::slip).
///
/// If not every back end can try all of its executions, a solution names one that does:
/// `owning_thread(engine)`, or `(generated)`.
macro_rules! alternatives {
    (@under) => { $crate::curriculum::back_ends::EVERY_BACK_END };
    (@under engine) => { $crate::curriculum::back_ends::ENGINE_ONLY };
    (@under generated) => { &[$crate::explore::BackEnd::Generated] };
    ($($name:ident $(($under:ident))?),* $(,)?) => {
        $(#[cfg(not(test))]
        mod $name;)*

        /// None, for unit tests.
        #[cfg(test)]
        pub const ALL: &[$crate::curriculum::solution::Solution] = &[];

        /// All of them.
        #[cfg(not(test))]
        pub const ALL: &[$crate::curriculum::solution::Solution] = &[
            $($crate::curriculum::solution::Solution {
                name: stringify!($name),
                source: include_str!(concat!(stringify!($name), ".rs")),
                checks: super::checks::<$name::Solution>,
                back_ends: alternatives!(@under $($under)?),
            }),*
        ];
    };
}
