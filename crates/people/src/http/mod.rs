//! From requests to actors: who calls, whether the route is theirs, and repeated POSTs.

mod guard;
mod navigator;
mod posted;

pub use guard::{Caller, SiteSettings, guard};
pub use navigator::Navigator;
pub use posted::{Posted, answered, idempotency_key};
