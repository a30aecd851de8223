//! Search, lists and completion on the large desk, while tickets change.

use std::fs;
use std::path::Path;
use std::time::Instant;

use super::Options;
use super::figures::{Aim, Figures, Unit, millis, number};
use super::measure::{Bench, Desk, Place, megabytes};
use super::program::steward;

/// Changes a second while others search.
const CHANGES: &str = "20";

/// What is asked of search; the numbers stand in few titles of the generated desk, the words in every tenth message.
const RARE: [&str; 6] = ["4711", "2718", "3141", "1618", "8086", "9001"];
const COMMON: [&str; 8] = ["today", "card", "system", "сегодня", "mulțumesc", "paldies", "vé", "系统"];
const PHRASES: [&str; 4] = ["\"the queue moves\"", "\"hand scanner accepts\"", "\"red for passes\"", "\"gates 3 to\""];
const TYPED: [&str; 6] = ["", "sta", "status:", "assignee:a", "team:", "priority:high cre"];

/// Builds the index anew, with the program at rest: how fast, and how large it is.
pub(super) fn rebuild(programs: &Path, place: &Place<'_>, desk: &Desk, figures: &mut Figures) -> Result<(), String> {
    let (folder, database) = place.data_of(desk, "large");
    let begun = Instant::now();
    steward(programs, &["search", "rebuild", "--data-dir", &folder.display().to_string(), "--database", &database])?;
    let messages = number(&desk.summary, "messages");
    let aim = Some(Aim::AtLeast(5_000.0));
    figures.add(place.database(), "search index: messages in a rebuild", Unit::PerSecond, aim, messages / begun.elapsed().as_secs_f64());
    let size = folder_size(&folder.join("search"))?;
    figures.add(place.database(), "search index: size on disk", Unit::Megabytes, None, megabytes(size));
    let text = number(&desk.summary, "text_bytes") / 1e6;
    figures.add(place.database(), "text of all messages and titles, for comparison", Unit::Megabytes, None, text);
    Ok(())
}

fn folder_size(folder: &Path) -> Result<u64, String> {
    let unable = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut size = 0;
    for entry in fs::read_dir(folder).map_err(unable)? {
        size += entry.and_then(|entry| entry.metadata()).map_err(unable)?.len();
    }
    Ok(size)
}

impl Bench<'_> {
    /// What is asked while somebody works: through HTTP, one client, with changes coming in.
    pub(super) fn search(&self, options: Options, figures: &mut Figures) -> Result<(), String> {
        let search = |words: &[&str]| paths("/api/v1/search?kinds=ticket&limit=20&q=", words);
        self.while_changing("search for a rare word", 20.0, &search(&RARE), options, figures)?;
        self.while_changing("search for a common word", 50.0, &search(&COMMON), options, figures)?;
        self.while_changing("search for a phrase of three words", 50.0, &search(&PHRASES), options, figures)?;
        let long = self.long();
        let similar: Vec<String> = long.iter().map(|number| format!("/api/v1/tickets/{number}/similar")).collect();
        self.while_changing("similar tickets", 50.0, &similar.join("\n"), options, figures)?;
        let complete: Vec<String> =
            TYPED.iter().map(|typed| format!("/api/v1/queries/complete?q={}&at={}", escaped(typed), typed.chars().count())).collect();
        self.while_changing("completion of a query", 20.0, &complete.join("\n"), options, figures)?;
        let views = ["open", "waiting-for-us", "waiting-for-requester", "unassigned", "done", "all", "snoozed", "inbox"];
        let pages: Vec<String> = views.iter().map(|view| format!("/desk/views/{view}")).collect();
        self.pages_while_changing("page of a view", 15.0, &pages.join("\n"), options, figures)?;
        let boards = ["/desk/views/open?shape=board", "/desk/views/waiting-for-us?shape=board", "/desk/views/all?shape=board"].join("\n");
        self.pages_while_changing("board of a view", 50.0, &boards, options, figures)?;
        let months = ["/desk/views/open?shape=calendar", "/desk/views/all?shape=calendar"].join("\n");
        self.pages_while_changing("calendar of a view", 50.0, &months, options, figures)?;
        let words: Vec<&str> = RARE.iter().chain(&COMMON).copied().collect();
        let listed = paths("/api/v1/tickets?limit=50&count=true&q=", &words);
        self.while_changing("list by a word, with its count", 50.0, &listed, options, figures)?;
        let counts = ["is:open", "turn:us", "turn:done", "priority:high is:open", "assignee:none is:open"];
        self.while_changing("exact count of a list", 5.0, &paths("/api/v1/tickets?limit=1&count=true&q=", &counts), options, figures)?;
        let token = self.token();
        let count = if options.quick { "20" } else { "300" };
        let what = "search finds a change after";
        let found = self.load(what, &["found", &self.server.http, &token, count], "", figures)?;
        figures.add(self.database, &format!("{what}, p99"), Unit::Seconds, Some(Aim::Below(1.0)), millis(&found, "p99_us") / 1_000.0);
        let (_, highest) = self.server.memory()?;
        figures.add(
            self.database,
            "resident memory with the index open, highest",
            Unit::Megabytes,
            Some(Aim::Below(250.0)),
            megabytes(highest),
        );
        Ok(())
    }

    fn while_changing(&self, what: &str, aim: f64, paths: &str, options: Options, figures: &mut Figures) -> Result<(), String> {
        let bearer = format!("Authorization: Bearer {}", self.desk.text("/agent/token"));
        self.as_while_changing(&bearer, (what, aim), paths, options, figures)
    }

    fn pages_while_changing(&self, what: &str, aim: f64, paths: &str, options: Options, figures: &mut Figures) -> Result<(), String> {
        let cookie = format!("Cookie: __Host-steward={}", self.desk.text("/agent/session"));
        self.as_while_changing(&cookie, (what, aim), paths, options, figures)
    }

    fn as_while_changing(
        &self,
        header: &str,
        (what, aim): (&str, f64),
        paths: &str,
        options: Options,
        figures: &mut Figures,
    ) -> Result<(), String> {
        let count = if options.quick { "200" } else { "2000" };
        let token = self.token();
        let what = format!("{what}, while {CHANGES} tickets/s change");
        let found = self.load(&what, &["get-while", &self.server.http, header, count, &token, CHANGES], paths, figures)?;
        figures.add(self.database, &format!("{what}, p99"), Unit::Millis, Some(Aim::Below(aim)), millis(&found, "p99_us"));
        Ok(())
    }
}

fn paths(begin: &str, asked: &[&str]) -> String {
    asked.iter().map(|words| format!("{begin}{}", escaped(words))).collect::<Vec<_>>().join("\n")
}

/// A text as part of an address.
fn escaped(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_is_asked_stands_in_an_address() {
        assert_eq!(escaped("\"vé 3\""), "%22v%C3%A9%203%22");
    }
}
