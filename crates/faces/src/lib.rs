//! The faces of the desk: the agents' workspace and the requesters' portal. Their doors translate requests into the reads and commands of
//! `desk`, their pages render what came back; neither decides anything.

pub mod pages;
pub mod portal;
pub mod setup;
pub mod workspace;
