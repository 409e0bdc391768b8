//! Other right solutions of `async_lock`: the contract asks for no style.

alternatives![handed_over, tickets, swapped];
