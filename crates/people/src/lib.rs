//! Who is who, who works where and who may do what: persons, organisations, desks, teams, roles, sessions, tokens, and the
//! one policy that every door asks. Also the frame in which every command of Steward runs (`ServiceDesk::execute`).

pub mod desks;
pub mod fields;
pub mod forms;
pub mod http;
mod identity;
pub mod once;
pub mod organisation;
pub mod pages;
pub mod passkey;
pub mod person;
pub mod policy;
pub mod practice;
pub mod preference;
pub mod second_factor;
pub mod service_desk;
pub mod session;
pub mod settings;
pub mod setup;
pub mod team;
pub mod token;
pub mod vault;

pub use identity::{AuthCache, Identity};
pub use service_desk::{Command, Context, IdempotencyKey, ServiceDesk};
pub use settings::Settings;
pub use vault::Vault;
