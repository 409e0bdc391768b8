//! Other right solutions of `latch`: the contract asks for no style.

alternatives![hung_up, once, handed_on, parked, spin_and_yield,];
