//! How a conversation looks: a line about the connection, the messages, the keys, and the entry.

use super::conversation::{ConnectionState, Conversation};
use crate::cli::services::widgets::bar::bar;
use ratatui::Frame;
use ratatui::layout::Rect;

const KEYS: &str = "Entrée envoie, flèches et pages défilent, Échap quitte";

/// Where things are. In a small terminal the entry comes first, and the messages last.
struct Places {
    title: Rect,
    messages: Rect,
    keys: Rect,
    entry: Rect,
}

impl Places {
    fn of(area: Rect) -> Self {
        let row = |y, height| Rect {
            y: area.y + y,
            height,
            ..area
        };
        let height = area.height;
        let title = u16::from(height >= 2);
        let keys = u16::from(height >= 4);
        Places {
            title: row(0, title),
            messages: row(title, height.saturating_sub(title + keys + 1)),
            keys: row(height.saturating_sub(keys + 1), keys),
            entry: row(height.saturating_sub(1), height.min(1)),
        }
    }
}

/// Fits the conversation into the frame, and draws it.
pub fn draw(frame: &mut Frame, conversation: &mut Conversation) {
    let places = Places::of(frame.area());
    conversation.messages.draw(frame, places.messages);
    bar(frame, places.title, &title(conversation));
    let out_of_sight = conversation.messages.out_of_sight();
    bar(frame, places.keys, out_of_sight.as_deref().unwrap_or(KEYS));
    conversation.line.draw_with_cursor(frame, places.entry);
}

fn title(conversation: &Conversation) -> String {
    let state = match conversation.state {
        ConnectionState::Connected => "connecté",
        ConnectionState::Busy => "le serveur est occupé, réessayez",
        ConnectionState::Leaving => "déconnexion",
    };
    let messages = match conversation.messages.count() {
        0 => "aucun message".to_owned(),
        1 => "1 message".to_owned(),
        count => format!("{count} messages"),
    };
    format!("{} | {state} | {messages}", conversation.address)
}
