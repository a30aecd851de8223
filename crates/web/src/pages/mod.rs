//! Pages that belong to no slice: sign-in and what is shown when something goes wrong.
mod error;
mod sign_in;
pub use error::{error_page, status_page};
pub use sign_in::{SignInPage, sign_in};
