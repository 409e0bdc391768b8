//! The textbook's server: a thread for each client, which itself sends to all the others.

use super::server::welcome;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
// What is measured is what the book has, and not what can be explored.
#[allow(clippy::disallowed_types)]
use std::sync::Mutex;
use std::thread;

#[allow(clippy::disallowed_types)]
type Table = Mutex<BTreeMap<u64, TcpStream>>;

/// Serves for ever.
///
/// # Errors
/// Those of the system, when a client is let in.
#[allow(clippy::disallowed_methods)]
pub(super) fn serve(listener: TcpListener) -> io::Result<()> {
    let table = Arc::<Table>::default();
    for name in 1.. {
        let (client, _) = listener.accept()?;
        client.set_nodelay(true)?;
        let reader = client.try_clone()?;
        let mut clients = table.lock().expect("no other thread panics");
        (&client).write_all(welcome().as_bytes())?;
        clients.insert(name, client);
        drop(clients);
        let table = Arc::clone(&table);
        thread::Builder::new().spawn(move || listen(name, reader, &table))?;
    }
    Ok(())
}

fn listen(name: u64, reader: TcpStream, table: &Table) {
    for line in BufReader::new(reader).lines().map_while(Result::ok) {
        let message = format!("Thread-{name}> {line}\n");
        let mut clients = table.lock().expect("no other thread panics");
        for (_, client) in clients.iter_mut().filter(|(other, _)| **other != name) {
            // Whoever does not get it has gone, and its own thread will see that.
            let _ = client.write_all(message.as_bytes());
        }
    }
    table.lock().expect("no other thread panics").remove(&name);
}
