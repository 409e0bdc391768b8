//! Other right solutions of `skeleton`: the contract asks for no style.

alternatives![one_step];
