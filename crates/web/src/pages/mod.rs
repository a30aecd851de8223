//! Pages that belong to no slice: coming in, and what is shown when something goes wrong.
mod entry;
mod error;
mod links;
mod second;
mod setup;
mod sign_in;
pub use error::{error_page, status_page};
pub use links::{LinkPage, ResetPage, link_ended, link_page, new_password, reset_page};
pub use second::{CodesPage, EnrolPage, SecondPage, code_field, codes_list, codes_page, enrol_page, enrol_steps, second_page};
pub use setup::{KINDS as SETUP_KINDS, SetupPage, SetupStep, kind_categories, kind_words, setup_links, setup_page};
pub use sign_in::{SignInPage, sign_in};
