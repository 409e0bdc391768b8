//! Other right solutions of `gather`: the contract asks for no style.

alternatives![polls_the_woken, flags, by_message];
