//! The macro for selections, over every back end's `Select`.

/// Waits until one of several operations on channels can go on, and performs it, like
/// `crossbeam::channel::select!`.
///
/// ```
/// # extern crate engine as kata;
/// # use kata::{explore::BackEnd, sync::BACK_ENDS};
/// # if BACK_ENDS.contains(&BackEnd::Loom) { return }
/// use kata::sync::channel::{bounded, select};
/// use kata::sync::time::Duration;
///
/// let (sender, receiver) = bounded(1);
/// let (_keeps_open, quits) = bounded::<()>(0);
/// select! {
///     send(sender, 1) -> sent => assert!(sent.is_ok()),
///     recv(quits) -> _ => unreachable!(),
/// }
/// select! {
///     recv(receiver) -> number => assert_eq!(number, Ok(1)),
///     recv(quits) -> _ => unreachable!(),
///     default(Duration::from_secs(1)) => unreachable!(),
/// }
/// ```
///
/// With `default => …` it does not wait, with `default(timeout) => …` not for longer. An arm's channel
/// is evaluated once, its message when the arm has been chosen.
#[macro_export]
#[doc(hidden)]
macro_rules! select {
    // All arms are known: `$select` has them, in order.
    (@choose $select:ident [$($arms:tt)*] []) => {
        $crate::select!(@complete ($select.select()) [$($arms)*])
    };
    (@choose $select:ident [$($arms:tt)*] [() => $default:expr]) => {
        match $select.try_select() {
            Ok(chosen) => $crate::select!(@complete chosen [$($arms)*]),
            Err(_) => $default,
        }
    };
    (@choose $select:ident [$($arms:tt)*] [($timeout:expr) => $default:expr]) => {
        match $select.select_timeout($timeout) {
            Ok(chosen) => $crate::select!(@complete chosen [$($arms)*]),
            Err(_) => $default,
        }
    };
    (@complete $chosen:tt [$($arms:tt)*]) => {{
        let chosen = $chosen;
        let index = chosen.index();
        $crate::select!(@arm chosen index $($arms)*)
    }};
    (@arm $chosen:ident $index:ident) => {
        unreachable!("a selection chooses one of its operations")
    };
    (@arm $chosen:ident $index:ident
        ($at:ident recv $end:ident $result:pat => $body:expr) $($rest:tt)*) => {
        if $index == $at {
            let $result = $chosen.recv($end);
            $body
        } else {
            $crate::select!(@arm $chosen $index $($rest)*)
        }
    };
    (@arm $chosen:ident $index:ident
        ($at:ident send $end:ident, $message:expr; $result:pat => $body:expr) $($rest:tt)*) => {
        if $index == $at {
            let $result = $chosen.send($end, $message);
            $body
        } else {
            $crate::select!(@arm $chosen $index $($rest)*)
        }
    };

    // The end of the list.
    (@list $select:ident [$($arms:tt)*] [$($default:tt)*]) => {
        $crate::select!(@choose $select [$($arms)*] [$($default)*])
    };
    // An arm, its body a block that need not be followed by a comma.
    (@list $select:ident $arms:tt $default:tt
        recv($end:expr $(,)?) -> $result:pat => $body:block $($rest:tt)*) => {
        $crate::select!(@add $select $arms $default [recv ($end) ($result) $body] $($rest)*)
    };
    (@list $select:ident $arms:tt $default:tt
        send($end:expr, $message:expr $(,)?) -> $result:pat => $body:block $($rest:tt)*) => {
        $crate::select!(@add $select $arms $default
            [send ($end, $message) ($result) $body] $($rest)*)
    };
    (@list $select:ident $arms:tt [] default => $body:block $($rest:tt)*) => {
        $crate::select!(@after $select $arms [() => $body] $($rest)*)
    };
    (@list $select:ident $arms:tt [] default() => $body:block $($rest:tt)*) => {
        $crate::select!(@after $select $arms [() => $body] $($rest)*)
    };
    (@list $select:ident $arms:tt [] default($timeout:expr $(,)?) => $body:block $($rest:tt)*) => {
        $crate::select!(@after $select $arms [($timeout) => $body] $($rest)*)
    };
    // An arm, its body any other expression.
    (@list $select:ident $arms:tt $default:tt
        recv($end:expr $(,)?) -> $result:pat => $body:expr $(, $($rest:tt)*)?) => {
        $crate::select!(@add $select $arms $default
            [recv ($end) ($result) $body] $(, $($rest)*)?)
    };
    (@list $select:ident $arms:tt $default:tt
        send($end:expr, $message:expr $(,)?) -> $result:pat => $body:expr $(, $($rest:tt)*)?) => {
        $crate::select!(@add $select $arms $default
            [send ($end, $message) ($result) $body] $(, $($rest)*)?)
    };
    (@list $select:ident $arms:tt [] default => $body:expr $(, $($rest:tt)*)?) => {
        $crate::select!(@after $select $arms [() => $body] $(, $($rest)*)?)
    };
    (@list $select:ident $arms:tt [] default() => $body:expr $(, $($rest:tt)*)?) => {
        $crate::select!(@after $select $arms [() => $body] $(, $($rest)*)?)
    };
    (@list $select:ident $arms:tt [] default($timeout:expr $(,)?) => $body:expr $(, $($rest:tt)*)?) => {
        $crate::select!(@after $select $arms [($timeout) => $body] $(, $($rest)*)?)
    };
    (@list $select:ident $arms:tt $default:tt $($rest:tt)+) => {
        compile_error!(concat!(
            "expected `recv(receiver) -> result => …`, `send(sender, message) -> result => …`, or one \
             `default => …` or `default(timeout) => …`, found: ",
            stringify!($($rest)+)
        ))
    };
    // A comma may stand between arms.
    (@after $select:ident $arms:tt $default:tt , $($rest:tt)*) => {
        $crate::select!(@list $select $arms $default $($rest)*)
    };
    (@after $select:ident $arms:tt $default:tt $($rest:tt)*) => {
        $crate::select!(@list $select $arms $default $($rest)*)
    };
    // Each `at` and `end` is a variable of its own: macros are hygienic.
    (@add $select:ident [$($arms:tt)*] $default:tt
        [recv ($end:expr) ($result:pat) $body:expr] $($rest:tt)*) => {{
        // As long as this goes on, what the expression has made stays.
        match &$end {
            end => {
                let at = $select.recv(end);
                $crate::select!(@after $select
                    [$($arms)* (at recv end $result => $body)] $default $($rest)*)
            }
        }
    }};
    (@add $select:ident [$($arms:tt)*] $default:tt
        [send ($end:expr, $message:expr) ($result:pat) $body:expr] $($rest:tt)*) => {{
        // As long as this goes on, what the expression has made stays.
        match &$end {
            end => {
                let at = $select.send(end);
                $crate::select!(@after $select
                    [$($arms)* (at send end, $message; $result => $body)] $default $($rest)*)
            }
        }
    }};

    (@biased $($list:tt)*) => {{
        #[allow(unused_mut)]
        let mut select = $crate::sync::channel::Select::new_biased();
        $crate::select!(@list select [] [] $($list)*)
    }};
    // The list as it is written.
    (@$($other:tt)*) => {
        compile_error!("no such list of operations")
    };
    ($($list:tt)*) => {{
        #[allow(unused_mut)]
        let mut select = $crate::sync::channel::Select::new();
        $crate::select!(@list select [] [] $($list)*)
    }};
}

/// Like [`select!`](crate::sync::channel::select), but of several operations that can go on the first
/// of the list is performed.
#[macro_export]
#[doc(hidden)]
macro_rules! select_biased {
    ($($list:tt)*) => {
        $crate::select!(@biased $($list)*)
    };
}
