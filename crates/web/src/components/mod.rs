//! The parts that pages are made of, one file each, named like its style sheet. They are functions from plain values to markup.

mod art;
mod asked;
mod avatar;
mod column;
mod composer;
mod context;
mod editor;
mod empty;
mod field;
mod icon;
mod inbox;
mod kbd;
mod logo;
mod mark;
mod menu;
mod navigation;
mod notice;
mod palette;
mod presence;
mod rich;
mod shell;
mod timeline;

pub use art::{empty_art, hero_art};
pub use asked::{AskedField, AskedKind, asked_fields};
pub use avatar::{Face, avatar, avatar_of, face_beside, face_colour, initials, nobody, system_face};
pub use column::{Column, Layout, column_name};
pub use composer::{Composer, Consequence, Recipient, Writing, composer, consequence};
pub use context::{context_section, person, properties};
pub use editor::{Editor, EditorFile, Written, editor, editor_buttons};
pub use empty::{Step, empty};
pub use field::{Choice, Field, field, select, text_area};
pub use icon::{icon, named_icon};
pub use inbox::{Head, Row, bulk_bar, choose_fields, choose_form, inbox_head, inbox_row, list_foot, query_line, row_heads, rows_group};
pub use kbd::kbd;
pub use logo::{logo, logo_link, logo_named, logo_words};
pub use mark::{
    Priority, Turn, chip, count, kind_name, priority_mark, priority_name, status_chip, status_name, tag, turn, turn_mark, turn_name,
    usual_status_name,
};
pub use menu::{MenuItem, menu};
pub use navigation::{
    Here, Nav, NavDesk, NavSaved, PhoneTab, ViewOwner, Working, desk_mark, here_mark, navigation, navigation_lists, phone_bar,
    reader_choices, saved_mark, view_mark, view_name,
};
pub use notice::{notice, notices, undo_notice};
pub use palette::{PaletteEntry, PaletteGroup, palette, palette_button, palette_groups, palette_links};
pub use presence::{Attendant, Doing, attendance, presence, presence_mark, presence_place};
pub use rich::{linked, rich, strong};
pub use shell::{Folded, Frame, Pane, Theme, csrf_field, document, language_switch, theme_switch, workspace};
pub use timeline::{MessageGround, MessageSheet, attachment, day, fact, fold, message};
