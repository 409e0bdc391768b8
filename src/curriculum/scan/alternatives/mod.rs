//! Other right solutions of `scan`: the contract asks for no style.

alternatives![numbered_messages, a_place_for_each, counted_down,];
