//! Values of any type, for the record of an execution.

use crate::explore::model::seen::Value;
use castaway::cast;
use std::fmt::Debug;
use std::mem::needs_drop;

/// The value if it is a plain one, or an option of a plain one.
///
/// Katas share values of any type, and need not say how to show them. Borrowed ones, `&str` among
/// them, cannot be told apart at this place and are not shown.
pub(crate) fn show<T: ?Sized>(value: &T) -> Option<Value> {
    macro_rules! find {
        ($plain:ty, $make:expr) => {
            if const { may_be::<T, $plain>() }
                && size_of_val(value) == size_of::<$plain>()
                && let Ok(value) = cast!(value, &$plain) {
                return Some($make(value));
            }
        };
        ($($plain:ty)*, $make:expr) => {$(
            find!($plain, $make);
            find!(Option<$plain>, written);
        )*};
    }
    find!((), |_| Value::Unit);
    find!(Option<()>, written);
    find!(bool u8 u16 u32 u64 usize i8 i16 i32 i64 i128 isize, copied);
    find!(u128, |value: &u128| {
        i128::try_from(*value).map_or_else(|_| written(value), Value::Number)
    });
    find!(Option<u128>, written);
    find!(char f32 f64 String, written);
    None
}

fn copied<T: Copy + Into<Value>>(value: &T) -> Value {
    (*value).into()
}

fn written(value: &dyn Debug) -> Value {
    Value::Other(format!("{value:?}").into())
}

/// False if no `T` can be `Plain`: so that few casts are compiled for each of many types `T`.
const fn may_be<T: ?Sized, Plain>() -> bool {
    size_of::<&T>() == size_of::<&Plain>() && needs_drop::<T>() == needs_drop::<Plain>()
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
        assert_eq!(texts.map(|value| value.unwrap().to_string()), expected);
    }

    #[test]
    fn other_values_are_not_shown_whatever_they_borrow() {
        let local = 1;
        assert_eq!(show(&&local), None);
        assert_eq!(show(&vec![local]), None);
    }
}
