//! What programs that take the whole terminal are made of.
//!
//! | to read in this order | |
//! |---|---|
//! | `wrapped` | a text in rows of some width |
//! | `messages` | a list of them, which scrolls and forgets the oldest |
//! | `field`, `button`, `bar` | a line to type in, with its label; something to press; a line that divides |
//! | `keys` | what a key means wherever it is pressed |
//! | `turns` | the loop: a program is drawn, takes inputs, and takes what arrives |

pub mod bar;
pub mod button;
pub mod field;
pub mod keys;
pub mod messages;
pub mod turns;
pub mod wrapped;
