//! Other right solutions of `executor`: the contract asks for no style.

alternatives![one_table, by_message(engine), of_this_course,];
