//! Other right solutions of `timeout`: the contract asks for no style.

alternatives![by_hand, timer_is_asked_first, polls_who_was_woken];
