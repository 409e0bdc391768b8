//! What the server prints: in the order of the stock, by a thread that nobody waits for.

use crate::curriculum::stock::Delivery;
use crate::programs::kit::printer::Printer;
use crate::programs::kit::visible::Address;
use crate::sync::Mutex;
use std::collections::BTreeMap;

/// What waits to be printed.
pub(super) struct Log {
    printer: Printer,
    deliveries: Mutex<Deliveries>,
}

struct Deliveries {
    /// The stock after the last delivery that was noted down.
    stock: u32,
    /// Deliveries that were noted down before one that was taken earlier: under the stock that
    /// they found, the one that they left, and their lines.
    early: BTreeMap<u32, (u32, String)>,
}

impl Log {
    /// For the sale of so many bottles.
    pub(super) fn new(stock: u32) -> Self {
        Log {
            printer: Printer::new(),
            deliveries: Mutex::new(Deliveries {
                stock,
                early: BTreeMap::new(),
            }),
        }
    }

    /// What prints it.
    pub(super) fn printer(&self) -> &Printer {
        &self.printer
    }

    /// Notes lines down, to be printed soon.
    pub(super) fn note(&self, lines: &str) {
        self.printer.line(lines);
    }

    /// Notes a delivery down. Deliveries are printed in the order in which they were taken from
    /// the stock, which is where the one before left it, whichever thread comes here first.
    pub(super) fn note_delivery(&self, delivery: Delivery, peer: Address) {
        let Delivery { bottles, left } = delivery;
        let text = format!(
            "Livraison de {bottles} bouteille(s) -> {peer}\n\
             Reste en stock : {left} bouteille(s)"
        );
        let mut deliveries = self.deliveries.lock();
        deliveries.early.insert(left + bottles, (left, text));
        let mut found = deliveries.stock;
        while let Some((left, text)) = deliveries.early.remove(&found) {
            self.note(&text);
            found = left;
        }
        deliveries.stock = found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::BackEnd;
    use crate::sync::BACK_ENDS;

    const PEER: std::net::SocketAddr =
        std::net::SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 7);

    fn printed(log: &Log) -> String {
        let mut out = Vec::new();
        log.printer.end();
        log.printer.print(&mut out, |_| ());
        String::from_utf8(out).unwrap()
    }

    /// True where `kata::sync` works outside a check.
    fn works() -> bool {
        !BACK_ENDS.contains(&BackEnd::Loom)
    }

    #[test]
    fn deliveries_are_printed_in_the_order_of_the_stock_whoever_notes_them_down_first() {
        if !works() {
            return;
        }
        // What is taken first finds 10 bottles, then 7, then 6.
        let deliveries = [(3, 7), (1, 6), (6, 0)].map(|(bottles, left)| Delivery { bottles, left });
        for order in [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ] {
            let log = Log::new(10);
            for index in order {
                log.note_delivery(deliveries[index], Address(PEER));
            }
            let text = printed(&log);
            let stock: Vec<&str> = text
                .lines()
                .filter_map(|line| line.strip_prefix("Reste en stock : "))
                .collect();
            let expected = [7, 6, 0].map(|left| format!("{left} bouteille(s)"));
            assert_eq!(stock, expected, "{order:?}");
        }
    }
}
