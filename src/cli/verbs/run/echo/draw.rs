//! How the echo client's screen looks.

use super::form::Form;
use super::places::{Needs, Part, Places};
use crate::cli::services::widgets::bar::{bar, mark};
use crate::cli::services::widgets::button::Button;
use crate::cli::services::widgets::field::Field;
use kata::timeline::wrapped;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

const KEYS: &str = "Tab change, Entrée agit, flèches et pages défilent, Échap quitte";

const CONNECT: Button = Button("Connexion");
const SEND: Button = Button("Envoyer");

/// Columns for the port with its label, and the cursor behind it.
const PORT: u16 = 11;

/// The most rows in which the state is told.
const MOST_ROWS: usize = 3;

/// Fits the form into the frame, and draws it.
pub fn draw(frame: &mut Frame, form: &mut Form) {
    let area = frame.area();
    let state = wrapped(&form.state(), area.width.into());
    let state: Vec<&str> = state.lines().take(MOST_ROWS).collect();
    let needs = Needs {
        state: u16::try_from(state.len()).unwrap_or(1),
        connect: CONNECT.width(),
        send: SEND.width(),
        port: PORT,
    };
    form.places = Places::new(area, form.focus, &needs);
    for (row, area) in state.iter().zip(form.places.state.rows()) {
        frame.render_widget(Line::raw(*row), area);
    }
    mark(frame, form.places.state);
    form.texts.draw(frame, form.places.texts);
    let out_of_sight = form.texts.out_of_sight();
    bar(
        frame,
        form.places.keys,
        out_of_sight.as_deref().unwrap_or(KEYS),
    );
    for (part, area) in form.places.parts() {
        let is_focused = part == form.focus;
        match part {
            Part::Address => field(frame, area, &form.address, is_focused),
            Part::Port => field(frame, area, &form.port, is_focused),
            Part::Message => field(frame, area, &form.message, is_focused),
            Part::Connect => button(frame, area, CONNECT, is_focused),
            Part::Send => button(frame, area, SEND, is_focused),
        }
    }
}

fn field(frame: &mut Frame, area: Rect, field: &Field, is_focused: bool) {
    if is_focused {
        field.draw_with_cursor(frame, area);
        mark(frame, field.label_area(area));
    } else {
        field.draw_at_rest(frame, area);
    }
}

fn button(frame: &mut Frame, area: Rect, button: Button, is_focused: bool) {
    if is_focused {
        button.draw_with_cursor(frame, area);
        mark(frame, area);
    } else {
        button.draw(frame, area);
    }
}
