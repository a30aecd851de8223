//! How a command ends when it does not end well: one sentence and an exit status.

use std::fmt;
use std::process::ExitCode;

use kernel::{Error, FieldError, Locale, Refusal};
use web::Words;

/// Why a command did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The command line or the settings are wrong: exit status 2.
    Usage(String),
    /// Everything else: exit status 1.
    Failed(String),
}

impl Failure {
    /// 1 or 2.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::from(1),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Failed(text) => f.write_str(text),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Failed(match error {
            Error::Refusal(refusal) => sentence(&refusal),
            Error::Fault(fault) => fault.what,
        })
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(sentence(&refusal))
    }
}

/// A refusal in the words that the API uses.
fn sentence(refusal: &Refusal) -> String {
    let words = Words::new(Locale::En, "UTC");
    match refusal {
        Refusal::Malformed(message) | Refusal::Forbidden(message) | Refusal::Conflict(message) => words.message(message),
        Refusal::Invalid(errors) => errors.iter().map(|error| field(error, &words)).collect::<Vec<_>>().join(" "),
        Refusal::Unauthenticated => words.t("error-unauthenticated"),
        Refusal::NotFound => words.t("error-not-found"),
        Refusal::Stale { .. } => words.t("error-stale"),
        Refusal::TooLarge { bytes_max } => format!("at most {bytes_max} bytes are taken"),
        Refusal::UnsupportedMedia => words.t("error-unsupported-media"),
        Refusal::TooMany { retry_after_seconds } => format!("too many tries; wait {retry_after_seconds} seconds"),
    }
}

fn field(error: &FieldError, words: &Words) -> String {
    format!("{}: {}", error.field, words.message(&error.message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Message;

    #[test]
    fn a_refusal_is_a_sentence_that_names_the_field() {
        let refusal = Refusal::invalid("password", Message::new("error-password-too-short").with("min", 10));
        assert_eq!(Failure::from(refusal), Failure::Failed("password: A password has at least 10 characters.".to_owned()));
    }
}
