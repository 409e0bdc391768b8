//! What the learners' files see: for each kata its contract, and the check that is their `main`.

use crate::curriculum::katas;

macro_rules! stubs {
    ($($name:ident: $contract:path),+ $(,)?) => {
        $(
            #[doc = concat!("The kata `", stringify!($name), "`.")]
            pub mod $name {
                pub use crate::curriculum::$name::contract::*;

                /// Checks a learner's solution: all that the `main` of the stub does.
                #[track_caller]
                pub fn check<S: $contract>() -> std::process::ExitCode {
                    let name = stringify!($name);
                    let kata = crate::curriculum::find(name).expect("it is in the list");
                    crate::harness::run_kata(kata, crate::curriculum::$name::checks::<S>)
                }
            }
        )+
    };
}
katas!(stubs);
