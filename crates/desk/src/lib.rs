//! What every ticket shares, whatever its kind: the record, its conversation, files, links, participants, lists and timeline.

pub mod asking;
pub mod attachments;
pub mod bulk;
pub mod canned;
pub mod conversation;
pub mod drafts;
pub mod events;
pub mod linking;
pub mod lists;
pub mod mentioning;
pub mod merging;
pub mod participants;
pub mod practice;
pub mod presence;
pub mod scheduled;
pub mod searching;
pub mod seen;
pub mod sharing;
pub mod side;
pub mod snoozing;
pub mod tasks;
pub mod ticket;
pub mod timeline;
pub mod undoing;
pub mod views;
pub mod worked;
