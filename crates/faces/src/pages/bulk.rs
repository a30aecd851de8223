//! Changes of many tickets: what one would come to, how far it has come, what stayed as it was.

use maud::{Markup, html};
use web::components::{Frame, Pane, csrf_field, icon, kbd, workspace};
use web::urls::{self, lists};

use super::macros::{PlanLine, changes};

/// A ticket that stays as it is, and why.
#[derive(Clone, Debug)]
pub(crate) struct Stays {
    /// Number; empty when the reader does not see it any more.
    pub(crate) number: String,
    /// Why.
    pub(crate) why: String,
}

/// What a change would come to.
#[derive(Clone, Debug)]
pub(crate) struct LookPage {
    /// What is done, in words.
    pub(crate) deed: String,
    /// The query whose tickets are meant.
    pub(crate) said: String,
    /// How many tickets.
    pub(crate) total: usize,
    /// How many of them were looked at, would be other, are so already.
    pub(crate) looked: (usize, usize, usize),
    /// Those of these that would stay as they are.
    pub(crate) refused: Vec<Stays>,
    /// Number, title and what would be other.
    pub(crate) examples: Vec<(String, String, Vec<PlanLine>)>,
    /// Whether it could write to requesters.
    pub(crate) writes: bool,
    /// What its form sends again.
    pub(crate) fields: Vec<(String, String)>,
    /// Where one goes back to.
    pub(crate) back: String,
}

/// So many lines of what stays as it is are shown before.
const REFUSED_SHOWN: usize = 10;

/// What a change would come to, with the button that begins it.
pub(crate) fn look_page(look: &LookPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.with("bulk-look-title", &[("n", &look.total)]);
    let (looked, changed, unchanged) = look.looked;
    let main = html! {
        div.page.form-page.bulk-page {
            header.page-head {
                h1 { (title) }
                p.bulk-deed { (icon("arrow-right")) b { (look.deed) } }
                @if !look.said.is_empty() { p.quiet { (words.t("bulk-look-found")) " " code { (look.said) } } }
            }
            section.bulk-look {
                p {
                    @if looked < look.total { (words.with("bulk-look-some", &[("looked", &looked), ("n", &look.total)])) } @else { (words.t("bulk-look-all")) }
                }
                ul.bulk-figures {
                    li { (icon("check")) (words.with("bulk-look-changed", &[("n", &changed)])) }
                    @if unchanged > 0 { li { (icon("circle-check")) (words.with("bulk-unchanged", &[("n", &unchanged)])) } }
                    @if !look.refused.is_empty() { li.refused { (icon("circle-alert")) (words.with("bulk-look-refused", &[("n", &look.refused.len())])) } }
                }
                (stays(look.refused.iter().take(REFUSED_SHOWN)))
                @for (number, title, lines) in &look.examples {
                    article.bulk-example { h2 { a href=(urls::ticket(number)) { (number) } " " (title) } (changes(lines)) }
                }
            }
            form method="post" action=(lists::BULK_START) {
                (csrf_field(frame))
                @for (name, value) in &look.fields { input type="hidden" name=(name) value=(value); }
                @if look.writes {
                    div.asked-tick {
                        input type="checkbox" id="mails" name="mails" value=(look.total);
                        label for="mails" { (words.with("bulk-look-mails", &[("n", &look.total)])) }
                    }
                    p.quiet { (words.t("bulk-look-mails-help")) }
                }
                p.quiet { (words.t("bulk-look-undo")) }
                div.form-end {
                    @if look.total > 0 { button.button.primary type="submit" { (icon("check")) (words.with("bulk-look-do", &[("n", &look.total)])) " " (kbd("↵")) } }
                    a.button.quiet href=(look.back) { (words.t("cancel")) }
                }
            }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}

fn stays<'a>(list: impl Iterator<Item = &'a Stays>) -> Markup {
    html! {
        ul.bulk-stays {
            @for one in list {
                li { @if !one.number.is_empty() { a href=(urls::ticket(&one.number)) { (one.number) } " " } (one.why) }
            }
        }
    }
}

/// How far one has come.
#[derive(Clone, Debug)]
pub(crate) struct RunPage {
    /// Which.
    pub(crate) id: i64,
    /// What is done, in words.
    pub(crate) deed: String,
    /// The query whose tickets they were.
    pub(crate) said: String,
    /// Where it is, in words.
    pub(crate) state: String,
    /// Whether something is still being done.
    pub(crate) going: bool,
    /// Whether it can be stopped.
    pub(crate) can_stop: bool,
    /// Whether it can be taken back.
    pub(crate) can_undo: bool,
    /// How many tickets are behind it, of how many.
    pub(crate) progress: (i64, i64),
    /// Figures, in words.
    pub(crate) figures: Vec<String>,
    /// What stayed as it was.
    pub(crate) stayed: Vec<Stays>,
    /// How many more of them there are than are shown.
    pub(crate) more: i64,
}

/// The page of one; while it goes on, scripts look again.
pub(crate) fn run_page(run: &RunPage, frame: &Frame) -> Markup {
    let words = &frame.words;
    let title = words.t("bulk-run-title");
    let (done, total) = run.progress;
    let main = html! {
        div.page.form-page.bulk-page {
            header.page-head {
                h1 { (title) }
                p.bulk-deed { (icon("arrow-right")) b { (run.deed) } }
                @if !run.said.is_empty() { p.quiet { (words.t("bulk-look-found")) " " code { (run.said) } } }
            }
            section id="bulk-run" data-going[run.going] aria-labelledby="bulk-state" {
                p.bulk-state id="bulk-state" role="status" { (run.state) }
                @if run.going {
                    progress max=(total) value=(done) aria-label=(words.t("bulk-run-progress")) {}
                    p { (words.with("bulk-run-of", &[("done", &done), ("n", &total)])) }
                    p.quiet { (words.t("bulk-run-leave")) }
                }
                ul.bulk-figures { @for figure in &run.figures { li { (figure) } } }
                (stays(run.stayed.iter()))
                @if run.more > 0 { p.quiet { (words.with("bulk-run-more", &[("n", &run.more)])) } }
                div.form-end {
                    @if run.can_stop { (press(&lists::bulk_stop(run.id), "pause", &words.t("bulk-run-stop"), frame)) }
                    @if run.can_undo { (press(&lists::bulk_undo(run.id), "undo-2", &words.t("bulk-run-undo"), frame)) }
                    @if run.going { a.button.quiet href=(lists::bulk_run(run.id)) { (words.t("bulk-run-again")) } }
                }
            }
        }
    };
    workspace(frame, &title, Pane::Single, &main)
}

fn press(action: &str, symbol: &str, label: &str, frame: &Frame) -> Markup {
    html! { form.one-button method="post" action=(action) { (csrf_field(frame)) button.button type="submit" { (icon(symbol)) (label) } } }
}
