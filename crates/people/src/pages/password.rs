//! Passwords at the doors: checked slowly, a few at a time, and not without end.

use std::sync::LazyLock;

use kernel::{Error, PersonId, Refusal, Result};
use tokio::sync::Semaphore;

use crate::ServiceDesk;
use crate::person::{email, password, rows};
use crate::session::{Guessed, Throttle};

/// Hashing a password takes 19 MiB and a core: more at once would be a lever for exhaustion.
static HASHING: Semaphore = Semaphore::const_new(2);
static THROTTLE: LazyLock<Throttle> = LazyLock::new(Throttle::default);

/// Somebody whose password was right.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Who.
    pub person: PersonId,
    /// The stored hash that it was checked against.
    pub password_hash: String,
}

async fn hashing<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _permit = HASHING.acquire().await.map_err(|_| Error::unavailable("shutting down"))?;
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::internal(format!("checking a password: {error}")))?
}

/// The stored form of a new password, which is refused when it is too short or too long.
pub async fn hashed(text: &str) -> Result<String> {
    password::check(text)?;
    let text = text.to_owned();
    hashing(move || password::hash(&text)).await
}

/// Checks a password. Unknown address, wrong password, disabled person: the same refusal after the same work (T-L3).
pub async fn check_password(desk: &ServiceDesk, address: &str, text: &str, network: &str) -> Result<Checked> {
    let address = email::normalise(address).unwrap_or_default();
    let (mail_key, net_key) = (Guessed::Address(address.clone()), Guessed::Network(network.to_owned()));
    let now = desk.clock().now();
    THROTTLE.check(&[&mail_key, &net_key], now)?;
    let known = desk
        .read(move |db| {
            let Some(person) = rows::id_of(db, &address)? else { return Ok(None) };
            let credential = rows::credential(db, person)?;
            Ok(credential.map(|(hash, disabled)| (person, hash, disabled)))
        })
        .await?;
    let (text, stored) = (text.to_owned(), known.as_ref().map(|(_, hash, _)| hash.clone()));
    let right = hashing(move || password::verify(&text, stored.as_deref())).await?;
    match known.filter(|(_, _, disabled)| right && !disabled) {
        Some((person, password_hash, _)) => {
            THROTTLE.succeeded(&mail_key);
            Ok(Checked { person, password_hash })
        }
        None => {
            THROTTLE.failed(&[&mail_key, &net_key], now);
            Err(Refusal::Unauthenticated.into())
        }
    }
}
