//! Prints the tables, or, when it is built with `--cfg loom`, loom's part of one.

fn main() {
    #[cfg(not(loom))]
    benches::tables::print();
    #[cfg(loom)]
    benches::loomed::print_lines();
}
