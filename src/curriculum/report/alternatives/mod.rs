//! Other right solutions of `report`: the contract asks for no style.

alternatives![
    printing_thread,
    token_in_a_channel,
    spin_and_yield,
    prints_for_others,
];
