//! Values of atomics as the engine keeps them, whatever their types.

use crate::explore::model::seen::Value;

/// A value as the engine keeps it.
pub(super) trait Bits: Copy + PartialEq + Into<Value> {
    fn bits(self) -> u64;
    fn from_bits(bits: u64) -> Self;
}

macro_rules! bits {
    ($($value:ty),*) => {$(
        impl Bits for $value {
            fn bits(self) -> u64 {
                self as u64
            }

            fn from_bits(bits: u64) -> Self {
                bits as $value
            }
        }
    )*};
}

bits!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

impl Bits for bool {
    fn bits(self) -> u64 {
        self.into()
    }

    fn from_bits(bits: u64) -> Self {
        bits != 0
    }
}
