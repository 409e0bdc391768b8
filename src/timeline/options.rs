//! How to draw, and what is known beside the failure itself.

/// How to draw, and what is known beside the failure itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// How many columns of characters there are.
    pub width: usize,
    /// Whether to use colour; it never carries meaning of its own.
    pub colour: bool,
    /// Whether to draw with ASCII characters only.
    pub ascii: bool,
    /// The name of the check that failed.
    pub heading: Option<String>,
    /// The property that the check stands for, as a sentence.
    pub promise: Option<String>,
    /// Places of the learner's file that the rows name, as terminals can open them.
    pub places: Vec<String>,
    /// The token that names the execution.
    pub token: Option<String>,
    /// What to think about next.
    pub hint: Option<String>,
}

impl Options {
    /// Without colour, and without anything beside the failure itself.
    pub fn plain(width: usize) -> Self {
        Options {
            width,
            colour: false,
            ascii: false,
            heading: None,
            promise: None,
            places: Vec::new(),
            token: None,
            hint: None,
        }
    }
}
