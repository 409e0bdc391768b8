//! Other right solutions of `workers`: the contract asks for no style.

alternatives![asks_its_thread, hung_up, counted_down, parked,];
