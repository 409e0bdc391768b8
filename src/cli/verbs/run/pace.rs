//! `--speed`, which all programs have that pause.

use kata::programs::kit::speed::Speed;

/// How fast a program is.
#[derive(clap::Args)]
pub struct Pace {
    /// Divides every pause by this number
    #[arg(
        long,
        value_name = "F",
        default_value = "1",
        allow_negative_numbers = true
    )]
    pub speed: Speed,
}
