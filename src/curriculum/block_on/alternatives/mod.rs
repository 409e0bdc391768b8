//! Other right solutions of `block_on`: the contract asks for no style.

alternatives![parked, by_message, gives_way, three_states,];
