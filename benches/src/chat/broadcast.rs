//! A server of tokio's kind: two tasks for each client, and one broadcast channel to all of them.

use super::server::welcome;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::runtime::Runtime;
use tokio::sync::broadcast::{Receiver, Sender};

/// How many messages wait for the slowest client: as many as the other server's outboxes hold.
const CAPACITY: usize = 1024;

type Message = (u64, Arc<str>);

/// What is written at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Write {
    /// Each message, as all introductions to tokio have it.
    Each,
    /// All that wait.
    Batch,
}

/// Serves for ever.
///
/// # Errors
/// Those of the system, when a client is let in.
pub(super) fn serve(listener: TcpListener, write: Write) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    Runtime::new()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let all = Sender::new(CAPACITY);
        for name in 1.. {
            let (client, _) = listener.accept().await?;
            client.set_nodelay(true)?;
            tokio::spawn(listen(name, client, all.clone(), write));
        }
        Ok(())
    })
}

async fn listen(name: u64, client: TcpStream, all: Sender<Message>, write: Write) {
    let (reader, writer) = client.into_split();
    let writer = tokio::spawn(deliver(name, all.subscribe(), writer, write));
    let mut lines = BufReader::new(reader).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        // Somebody listens: this client's own task.
        let _ = all.send((name, format!("Thread-{name}> {line}\n").into()));
    }
    writer.abort();
}

async fn deliver(
    name: u64,
    mut inbox: Receiver<Message>,
    mut writer: OwnedWriteHalf,
    write: Write,
) -> io::Result<()> {
    let mut bytes = welcome().into_bytes();
    loop {
        writer.write_all(&bytes).await?;
        bytes.clear();
        // What somebody slow has lost is counted on the other side.
        let mut received = inbox.recv().await.ok();
        while let Some((speaker, message)) = received {
            if speaker != name {
                bytes.extend_from_slice(message.as_bytes());
            }
            received = match write {
                Write::Each => None,
                Write::Batch => inbox.try_recv().ok(),
            };
        }
    }
}
