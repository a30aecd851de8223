//! How a message is read: what is new in it, what was said before, and how both look on a page. The record keeps all of it; here is only
//! decided what lies open and what behind a fold.

mod colours;
mod fold;
mod html;
mod legal;
mod lines;
mod links;
mod plain;
mod tree;
mod words;

pub use colours::has_own_colours;
pub use fold::{Kind, Part, Section, fold, new_text, parts};
pub use html::{Labels, fold_html};
pub use plain::shown;

#[cfg(test)]
mod tests;
