//! Impact times urgency is priority (ITIL), unless somebody overrides it and says why.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How much is hit, or how soon it hurts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Many people, or at once.
    High,
    /// Some, or today.
    #[default]
    Medium,
    /// One, or whenever.
    Low,
}

/// The order of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Drop everything.
    Critical,
    /// Next.
    High,
    /// In turn.
    #[default]
    Normal,
    /// When there is time.
    Low,
}

/// The matrix.
#[must_use]
pub const fn priority_of(impact: Level, urgency: Level) -> Priority {
    match (impact, urgency) {
        (Level::High, Level::High) => Priority::Critical,
        (Level::High, Level::Medium) | (Level::Medium, Level::High) => Priority::High,
        (Level::Medium, Level::Medium) | (Level::High, Level::Low) | (Level::Low, Level::High) => Priority::Normal,
        (Level::Medium | Level::Low, Level::Low) | (Level::Low, Level::Medium) => Priority::Low,
    }
}

impl Level {
    /// The word in API and database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        [Self::High, Self::Medium, Self::Low].into_iter().find(|level| level.word() == word)
    }
}

impl Priority {
    /// The word in API and database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }
    /// All, the most pressing first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Normal, Self::Low];
    /// By its word.
    #[must_use]
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_is_symmetric_and_never_rises_when_either_falls() {
        let levels = [Level::High, Level::Medium, Level::Low];
        let rank = |priority: Priority| Priority::ALL.iter().position(|known| *known == priority).unwrap();
        for a in levels {
            for b in levels {
                assert_eq!(priority_of(a, b), priority_of(b, a));
            }
            for pair in levels.windows(2) {
                assert!(rank(priority_of(a, pair[0])) <= rank(priority_of(a, pair[1])));
            }
        }
    }
}
