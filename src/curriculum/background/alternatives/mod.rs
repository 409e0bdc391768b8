//! Other right solutions of `background`: the contract asks for no style.

alternatives![hung_up, parked, says_that_it_has_ended,];
