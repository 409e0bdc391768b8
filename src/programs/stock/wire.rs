//! What goes over the wire: two bytes each way, a number right-aligned in them.

use crate::curriculum::stock::GOOD_ORDERS;

/// A number as it is sent: `" 7"`, `"45"`. `None` if it is not a good one.
pub(super) fn encode(bottles: u32) -> Option<[u8; 2]> {
    if !GOOD_ORDERS.contains(&bottles) {
        return None;
    }
    format!("{bottles:2}").into_bytes().try_into().ok()
}

/// The number that was sent, if it is a good one.
pub(super) fn decode(bytes: [u8; 2]) -> Option<u32> {
    let text = std::str::from_utf8(&bytes).ok()?.trim_start_matches(' ');
    // A sign is no part of it, though `parse` knows signs.
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|n| GOOD_ORDERS.contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_orders_survive_the_wire() {
        assert_eq!(encode(7), Some(*b" 7"));
        assert_eq!(encode(45), Some(*b"45"));
        for bottles in GOOD_ORDERS {
            assert_eq!(encode(bottles).and_then(decode), Some(bottles));
        }
        assert_eq!([0, 100, 1007].map(encode), [None; 3]);
    }

    #[test]
    fn what_is_no_good_order_is_refused() {
        for bytes in [
            b"  ", b" 0", b"00", b"+7", b"-7", b"7 ", b"7\n", b"x7", b"\xff7", b"\0\0",
        ] {
            assert_eq!(decode(*bytes), None, "{bytes:?}");
        }
        assert_eq!(decode(*b"07"), Some(7));
    }
}
