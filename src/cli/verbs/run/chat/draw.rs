//! How a conversation looks: a line about the connection, the messages, the keys, and the entry.

use super::conversation::{ConnectionState, Conversation};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;

const KEYS: &str = "Entrée envoie, flèches et pages défilent, Échap quitte";

/// What stands before the entry.
const PROMPT: &str = "> ";

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
    conversation.resize(places.messages.width, places.messages.height);
    bar(frame, places.title, &title(conversation));
    for (row, area) in conversation.rows().zip(places.messages.rows()) {
        frame.render_widget(Line::raw(row), area);
    }
    let keys = match conversation.below() {
        0 => KEYS.to_owned(),
        1 => "1 ligne plus bas".to_owned(),
        below => format!("{below} lignes plus bas"),
    };
    bar(frame, places.keys, &keys);
    entry(frame, places.entry, conversation);
}

fn title(conversation: &Conversation) -> String {
    let state = match conversation.state {
        ConnectionState::Connected => "connecté",
        ConnectionState::Busy => "le serveur est occupé, réessayez",
        ConnectionState::Leaving => "déconnexion",
    };
    let messages = match conversation.count() {
        0 => "aucun message".to_owned(),
        1 => "1 message".to_owned(),
        count => format!("{count} messages"),
    };
    format!("{} | {state} | {messages}", conversation.address)
}

fn bar(frame: &mut Frame, area: Rect, text: &str) {
    frame.render_widget(Line::raw(format!(" {text}")), area);
    frame.buffer_mut().set_style(area, Style::new().reversed());
}

fn entry(frame: &mut Frame, area: Rect, conversation: &Conversation) {
    if area.is_empty() {
        return;
    }
    let before = u16::try_from(PROMPT.len()).unwrap_or(0);
    let (text, column) = conversation
        .entry
        .visible(area.width.saturating_sub(before));
    frame.render_widget(Line::raw(format!("{PROMPT}{text}")), area);
    let x = (area.x + before + column).min(area.right() - 1);
    frame.set_cursor_position(Position { x, y: area.y });
}
