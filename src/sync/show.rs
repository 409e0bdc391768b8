//! Values as text, for the record of an execution.

use castaway::cast;
use std::fmt::Debug;
use std::mem::needs_drop;

/// The value as text if it is a plain one, or an option of a plain one.
///
/// Katas share values of any type, and need not say how to show them. Borrowed ones, `&str` among
/// them, cannot be told apart at this place and are not shown.
pub(crate) fn show<T>(value: &T) -> Option<String> {
    plain(value).map(text)
}

fn text(value: &dyn Debug) -> String {
    format!("{value:?}")
}

fn plain<T>(value: &T) -> Option<&dyn Debug> {
    macro_rules! find {
        (as $plain:ty) => {
            if const { may_be::<T, $plain>() } && let Ok(value) = cast!(value, &$plain) {
                return Some(value);
            }
        };
        ($($plain:ty)*) => {$(
            find!(as $plain);
            find!(as Option<$plain>);
        )*};
    }
    find!(() bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 String);
    None
}

/// False if no `T` can be `Plain`: so that few casts are compiled for each of many types `T`.
const fn may_be<T, Plain>() -> bool {
    size_of::<T>() == size_of::<Plain>()
        && align_of::<T>() == align_of::<Plain>()
        && needs_drop::<T>() == needs_drop::<Plain>()
}

#[cfg(test)]
mod tests {
    use super::show;

    #[test]
    fn plain_values_and_options_of_them_are_shown() {
        let texts = [
            show(&-7_i64),
            show(&true),
            show(&'x'),
            show(&0.5),
            show(&()),
            show(&"Fin".to_owned()),
            show(&Some(3_usize)),
            show(&None::<String>),
        ];
        let expected = [
            "-7", "true", "'x'", "0.5", "()", "\"Fin\"", "Some(3)", "None",
        ];
        assert_eq!(texts.map(Option::unwrap), expected);
    }

    #[test]
    fn other_values_are_not_shown_whatever_they_borrow() {
        let local = 1;
        assert_eq!(show(&&local), None);
        assert_eq!(show(&vec![local]), None);
    }
}
