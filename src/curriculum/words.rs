//! Numbers and nouns as people write them, for workloads in words.

use crate::timeline::in_digits;

const WORDS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
];

/// The number: up to twelve as a word.
///
/// # Panics
/// Panics if it is more than 64 bits hold.
pub fn number(number: impl TryInto<u64>) -> String {
    let number = whole(number);
    let word = usize::try_from(number).ok().and_then(|n| WORDS.get(n));
    word.map_or_else(|| in_digits(number), |word| (*word).to_owned())
}

/// So many of a thing: "no adders", "one adder", "two adders".
///
/// # Panics
/// Panics if they are more than 64 bits hold.
pub fn counted(count: impl TryInto<u64>, thing: &str) -> String {
    match whole(count) {
        0 => format!("no {thing}s"),
        1 => format!("one {thing}"),
        count => format!("{} {thing}s", number(count)),
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
    }
}
