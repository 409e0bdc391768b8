//! Values as text, for the record of an execution.

use castaway::cast;

/// The value as text if it is a plain one, or an option of a plain one.
///
/// Katas share values of any type, and need not say how to show them. Borrowed ones, `&str` among
/// them, cannot be told apart at this place and are not shown.
pub(crate) fn show<T>(value: &T) -> Option<String> {
    macro_rules! show_if {
        ($($plain:ty)*) => {$(
            if let Ok(value) = cast!(value, &$plain) {
                return Some(format!("{value:?}"));
            }
            if let Ok(value) = cast!(value, &Option<$plain>) {
                return Some(format!("{value:?}"));
            }
        )*};
    }
    show_if!(() bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 String);
    None
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
