//! Running tickets and the states they follow: who still follows an older version, and taking them to the newest.
//! What a form would ask of running tickets is counted here too.

mod adopt;
pub mod api;
pub mod rows;

pub use adopt::{AdoptNewest, Followers, Mapping, followers};
