//! The server that tokio's users write: two tasks for each client, and one channel to all of them.

use super::server::welcome;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::runtime::Runtime;
use tokio::sync::broadcast::{self, Receiver, Sender};

/// How many messages wait for the slowest client: as many as the other server's outboxes hold.
const CAPACITY: usize = 1024;

type Message = (u64, Arc<str>);

/// Serves for ever.
///
/// # Errors
/// Those of the system, when a client is let in.
pub(super) fn serve(listener: TcpListener) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    Runtime::new()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let all = Sender::new(CAPACITY);
        for name in 1.. {
            let (client, _) = listener.accept().await?;
            client.set_nodelay(true)?;
            tokio::spawn(listen(name, client, all.clone()));
        }
        Ok(())
    })
}

async fn listen(name: u64, client: TcpStream, all: Sender<Message>) {
    let (reader, writer) = client.into_split();
    let writer = tokio::spawn(deliver(name, all.subscribe(), writer));
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
) -> io::Result<()> {
    writer.write_all(welcome().as_bytes()).await?;
    loop {
        match inbox.recv().await {
            Ok((speaker, message)) if speaker != name => {
                writer.write_all(message.as_bytes()).await?;
            }
            // What is lost to somebody slow is counted on the other side.
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return Ok(()),
        }
    }
}
