//! What a mail carries beside its text and files: invitations, signatures, what the checks of its sender said, what was wrong with it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Correspondent;

/// Everything beside text and files; stored as JSON with the message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Extras {
    /// Calendar invitations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invitations: Vec<Invitation>,
    /// Signed or encrypted parts, recognised by their structure only: nothing here says that a signature is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protection: Option<Protection>,
    /// What SPF, DKIM, DMARC and ARC said of the sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authentication: Option<Authentication>,
    /// What a spam filter on the way said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spam: Option<Spam>,
    /// A reply that waited for its time and went out after its requester had written again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overtaken: bool,
    /// What was wrong with the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub defects: Vec<String>,
}

impl Extras {
    /// Whether there is nothing to store.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a spam filter said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Spam {
    /// It called the message spam.
    pub flagged: bool,
    /// Its score, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "17.20")]
    pub score: Option<String>,
}

/// A calendar invitation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invitation {
    /// request, cancel, reply, publish, counter... in lower case.
    #[schema(example = "request")]
    pub method: String,
    /// Title of the meeting.
    pub title: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Who invites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organiser: Option<Correspondent>,
    /// Begin: RFC 3339 in UTC, or a date for a whole day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    /// End, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<String>,
    /// Whether it repeats.
    #[serde(default)]
    pub repeats: bool,
}

/// Signed or encrypted parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Protection {
    /// smime or openpgp.
    #[schema(example = "openpgp")]
    pub standard: String,
    /// A signature is there.
    pub signed: bool,
    /// Something is encrypted.
    pub encrypted: bool,
    /// Whether it spans the whole message; otherwise a part of what is shown is not covered.
    pub whole: bool,
}

/// What is known about whether the sender is who they say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The domain of the sender vouches for the message.
    Pass,
    /// The domain publishes a policy and the message breaks it.
    Fail,
    /// The domain publishes no policy, or it could not be checked.
    #[default]
    None,
    /// Readers could disagree about who the sender is.
    Ambiguous,
}

/// The results of the checks, in the words of RFC 8601.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Authentication {
    /// The conclusion.
    pub verdict: Verdict,
    /// Domain of the From address.
    #[serde(default)]
    pub domain: String,
    /// pass, fail, softfail, neutral, none, temperror, permerror; empty when there was nothing to check.
    #[serde(default)]
    pub spf: String,
    /// pass, fail, none, neutral, temperror, permerror.
    #[serde(default)]
    pub dkim: String,
    /// pass, fail, none, temperror, permerror.
    #[serde(default)]
    pub dmarc: String,
    /// none, quarantine, reject: what the domain asks for; empty without a record.
    #[serde(default)]
    pub policy: String,
    /// pass, fail, none.
    #[serde(default)]
    pub arc: String,
    /// Who checked: `steward`, or the name of the trusted relay whose results were taken.
    #[serde(default)]
    pub by: String,
}
