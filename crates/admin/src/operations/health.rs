//! How everything is: each line says what was found and, where something is to be done, what.

use std::sync::Arc;

use axum::extract::Extension;
use axum::response::Response;
use channels::mail::fetch::rows as sources;
use channels::mail::inbound::rows as inbound;
use channels::mail::outbound::rows as outbound;
use channels::webhooks::{State as Told, rows as webhooks};
use desk::attachments::texts::rows as texts;
use kernel::limits::PAGE_ROWS_MAX;
use kernel::{Result, Span, Stamp};
use maud::{Markup, html};
use people::Settings;
use people::http::SiteSettings;
use store::{Db, Dialect};
use web::ApiResult;
use web::components::{Frame, chip};
use web::urls::admin as urls;

use crate::{Visit, page as around};

/// Facts that a part of the program may be behind before it is worth a word.
const LAG_MAX: i64 = 1_000;
/// Mail that waits longer than this is worth a word.
const WAIT_MAX: Span = Span::minutes(5);
/// Files that wait to be read before it is worth a word.
const FILES_WAITING_GOOD: i64 = 1_000;
const BYTES_FREE_GOOD: u64 = 1_024 * 1_024 * 1_024;
const BYTES_FREE_MIN: u64 = 64 * 1_024 * 1_024;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Good,
    Look,
    Mend,
}

/// One line.
struct Finding {
    state: State,
    what: String,
    says: String,
    at: Option<&'static str>,
}

/// Figures of one moment.
struct Figures {
    head: i64,
    lags: Vec<(&'static str, i64)>,
    parked: usize,
    waiting_in: i64,
    waiting_out: i64,
    oldest_out: Option<Span>,
    failed_out: i64,
    fetch_problems: Vec<String>,
    hooks_failed: i64,
    /// Attached files whose text waits to be read, and those whose text could not be.
    files: (i64, i64),
}

/// What a page cannot read from the database.
#[derive(Clone, Copy, Debug)]
pub struct Installation {
    /// Whether mail can leave.
    pub relay: bool,
    /// Since when the program runs.
    pub started_at: Stamp,
    /// Which program it is.
    pub version: &'static str,
}

pub(crate) async fn page(
    visit: Visit,
    Extension(installation): Extension<Installation>,
    Extension(site): Extension<Arc<SiteSettings>>,
) -> ApiResult<Response> {
    let figures = visit.read(load).await?;
    let findings = findings(&figures, &installation, &site.base_url, &visit);
    Ok(Visit::html(&around(&visit.frame, "health", &html! {}, &shown(&findings, &installation, &visit.frame))))
}

fn load(db: &mut Db<'_>, _settings: &Settings) -> Result<Figures> {
    let now = db.now();
    let mut fetch_problems = Vec::new();
    for source in sources::sources(db)?.into_iter().filter(|source| source.active) {
        let problems = sources::folders(db, source.id)?.into_iter().filter_map(|folder| folder.problem);
        fetch_problems.extend(problems.take(1).map(|problem| format!("{} ({problem})", source.host)));
    }
    let oldest = outbound::latest_in(db, "waiting", i64::MAX, 1)?.pop().map(|mail| now - mail.created_at);
    let hooks_failed = webhooks::figures(db)?.into_iter().filter(|(_, state, _)| *state == Told::Failed).map(|(_, _, n)| n).sum();
    Ok(Figures {
        head: journal::head(db)?.position,
        lags: ["mail_queue", "webhooks"].into_iter().map(|name| Ok((name, journal::lag(db, name)?))).collect::<Result<_>>()?,
        parked: journal::parked::list(db, PAGE_ROWS_MAX)?.len(),
        waiting_in: inbound::count_waiting(db)?,
        waiting_out: outbound::count(db, "waiting")?,
        oldest_out: oldest,
        failed_out: outbound::count(db, "failed")?,
        fetch_problems,
        hooks_failed,
        files: texts::figures(db)?,
    })
}

fn findings(figures: &Figures, installation: &Installation, base_url: &str, visit: &Visit) -> Vec<Finding> {
    let words = visit.words();
    let mut all = Vec::new();
    let mut say = |state: State, what: String, says: String, at: Option<&'static str>| all.push(Finding { state, what, says, at });
    let dialect = match visit.desk.store().dialect() {
        Dialect::Sqlite => "SQLite",
        Dialect::Postgres => "PostgreSQL",
    };
    say(
        State::Good,
        words.t("health-database"),
        words.with("health-database-says", &[("name", &dialect), ("n", &figures.head)]),
        Some(urls::JOURNAL),
    );
    let behind = figures.lags.iter().map(|(_, lag)| *lag).max().unwrap_or_default();
    let lag = if behind > LAG_MAX { State::Look } else { State::Good };
    say(lag, words.t("health-reactors"), words.with("health-reactors-says", &[("n", &behind)]), None);
    let parked = if figures.parked == 0 { State::Good } else { State::Mend };
    say(parked, words.t("operations-parked"), words.with("health-parked-says", &[("n", &figures.parked)]), Some(urls::PARKED));
    say(
        State::Good,
        words.t("operations-incoming"),
        words.with("health-incoming-says", &[("n", &figures.waiting_in)]),
        Some(urls::INCOMING),
    );
    let (waiting, unread) = figures.files;
    let files = if waiting > FILES_WAITING_GOOD { State::Look } else { State::Good };
    say(files, words.t("health-files"), words.with("health-files-says", &[("waiting", &waiting), ("unread", &unread)]), None);
    let (state, text) = if figures.failed_out > 0 {
        (State::Mend, words.with("health-outgoing-failed", &[("n", &figures.failed_out)]))
    } else if !installation.relay && figures.waiting_out > 0 {
        (State::Mend, words.with("health-outgoing-no-relay", &[("n", &figures.waiting_out)]))
    } else if figures.oldest_out.is_some_and(|age| age > WAIT_MAX) {
        (State::Look, words.with("health-outgoing-slow", &[("n", &figures.waiting_out)]))
    } else {
        (State::Good, words.with("health-outgoing-says", &[("n", &figures.waiting_out)]))
    };
    say(state, words.t("operations-outgoing"), text, Some(urls::OUTGOING));
    if !figures.fetch_problems.is_empty() {
        say(
            State::Mend,
            words.t("health-fetching"),
            words.with("health-fetching-says", &[("servers", &figures.fetch_problems.join(", "))]),
            None,
        );
    }
    let (hooks, text) = if figures.hooks_failed > 0 {
        (State::Look, words.with("health-webhooks-failed", &[("n", &figures.hooks_failed)]))
    } else {
        (State::Good, words.t("health-webhooks-good"))
    };
    say(hooks, words.t("operations-webhooks"), text, Some(urls::WEBHOOKS));
    say_of_machine(&mut say, base_url, visit);
    all.sort_by_key(|finding| std::cmp::Reverse(finding.state));
    all
}

fn say_of_machine(say: &mut impl FnMut(State, String, String, Option<&'static str>), base_url: &str, visit: &Visit) {
    let words = visit.words();
    if let Ok(free) = visit.desk.store().bytes_free() {
        let state = match free {
            0..BYTES_FREE_MIN => State::Mend,
            BYTES_FREE_MIN..BYTES_FREE_GOOD => State::Look,
            _ => State::Good,
        };
        let shown = words.bytes(usize::try_from(free).unwrap_or(usize::MAX));
        let text = if state == State::Good {
            words.with("health-disk-says", &[("free", &shown)])
        } else {
            words.with("health-disk-little", &[("free", &shown)])
        };
        say(state, words.t("health-disk"), text, None);
    }
    let encrypted = base_url.starts_with("https://");
    let near = ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|here| base_url.starts_with(here));
    let (state, text) = match (encrypted, near) {
        (true, _) => (State::Good, words.with("health-address-says", &[("url", &base_url)])),
        (false, true) => (State::Look, words.with("health-address-near", &[("url", &base_url)])),
        (false, false) => (State::Mend, words.with("health-address-clear", &[("url", &base_url)])),
    };
    say(state, words.t("health-address"), text, None);
}

fn shown(findings: &[Finding], installation: &Installation, frame: &Frame) -> Markup {
    let words = &frame.words;
    let mark = |state: State| match state {
        State::Good => chip(&words.t("health-good"), "done"),
        State::Look => chip(&words.t("health-look"), "waiting"),
        State::Mend => chip(&words.t("health-mend"), "bad"),
    };
    html! {
        dl.health {
            @for finding in findings {
                div {
                    dt { (finding.what) }
                    dd { (mark(finding.state)) span { (finding.says) @if let Some(at) = finding.at { " " a href=(at) { (words.t("health-open")) } } } }
                }
            }
        }
        p.quiet { (words.with("health-version", &[("version", &installation.version), ("since", &words.moment(installation.started_at, frame.now))])) " " (words.t("health-doctor")) " " code { "steward doctor" } }
    }
}
