//! Numbers and nouns as people write them, for workloads in words.

use crate::texts::{self, Language, noun};
use crate::timeline::in_digits;

const WORDS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// The number: up to twelve as a word, if it is one in the language that is spoken.
///
/// # Panics
/// Panics if it is more than 64 bits hold.
pub fn number(number: impl TryInto<u64>) -> String {
    let number = whole(number);
    let word = || WORDS.get(usize::try_from(number).ok()?);
    match texts::language() {
        Language::English => word().map_or_else(|| in_digits(number), |word| (*word).to_owned()),
        // A word has a gender there, which is that of what is counted.
        Language::French => in_digits(number),
    }
}

/// So many of a thing: "no adders", "one adder", "two adders".
///
/// # Panics
/// Panics if they are more than 64 bits hold.
pub fn counted(count: impl TryInto<u64>, thing: &str) -> String {
    let count = whole(count);
    let things = noun(thing, count);
    match (texts::language(), count) {
        (Language::English, 0) => format!("no {things}"),
        _ => format!("{} {things}", number(count)),
    }
}

fn whole(number: impl TryInto<u64>) -> u64 {
    let number = number.try_into().ok();
    number.expect("a number of 64 bits that is not negative")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_words_up_to_twelve_and_nouns_follow_them() {
        for (count, alone, of_a_thing) in [
            (0, "zero", "no items"),
            (1, "one", "one item"),
            (2, "two", "two items"),
            (12, "twelve", "twelve items"),
            (13, "13", "13 items"),
            (65_537, "65,537", "65,537 items"),
        ] {
            assert_eq!(number(count), alone);
            assert_eq!(counted(count, "item"), of_a_thing);
        }
        assert_eq!(counted(2, "try"), "two tries");
    }

    #[test]
    fn in_french_numbers_are_digits_which_have_no_gender() {
        let counted = |count: u64| counted(count, "bottle");
        let told = |count| texts::speaking(Language::French, || counted(count));
        let all = [0, 1, 2].map(told);
        assert_eq!(all, ["0 bouteille", "1 bouteille", "2 bouteilles"]);
    }
}
