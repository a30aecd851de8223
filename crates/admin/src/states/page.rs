//! The pages: all kinds, and the drawing of one with everything around it.

use maud::{Markup, html};
use people::Settings;
use people::desks::KINDS;
use people::settings::practice::{Difference, TURNS};
use web::Words;
use web::components::{Frame, Turn, chip, csrf_field, icon, kind_name, status_name, turn_mark, turn_name};
use web::urls::{self, admin};

use super::drawing::{Line, NODE_HEIGHT, NODE_WIDTH, drawing};
use super::{Drawn, panel};
use crate::{Head, Refused, page, record_page};

/// What people read for a state of a drawing, which may not be published yet.
pub(super) fn name_of(drawn: &Drawn, word: &str, words: &Words) -> String {
    let own = drawn.practice.status(word).and_then(|status| kernel::named_in(&status.names, words.locale()));
    own.map_or_else(|| status_name(word, words), str::to_owned)
}

pub(super) fn turn_of(word: &str) -> Turn {
    Turn::find(word).unwrap_or_default()
}

/// All kinds.
pub(super) fn kinds(frame: &Frame, settings: &Settings, drafted: &[String]) -> Markup {
    let words = &frame.words;
    let rows = KINDS.iter().filter_map(|(kind, _)| settings.practices.get(*kind).map(|practice| (*kind, practice)));
    let content = html! {
        div.table-scroll tabindex="0" role="region" aria-label=(words.t("states-title")) {
            table.table {
                thead { tr { th scope="col" { (words.t("states-kind")) } th.figure-cell scope="col" { (words.t("states-version")) } th.figure-cell scope="col" { (words.t("states-title")) } th scope="col" { (words.t("states-first-last")) } td {} } }
                tbody {
                    @for (kind, practice) in rows {
                        tr {
                            th scope="row" { a href=(admin::states(kind)) { (kind_name(kind, words)) } }
                            td.figure-cell { (words.number(practice.version)) }
                            td.figure-cell { (practice.statuses.len()) }
                            td {
                                @for turn in TURNS {
                                    @let n = practice.statuses.iter().filter(|status| status.turn == turn).count();
                                    @if n > 0 { span.states-count { (turn_mark(turn_of(turn), Some(&turn_name(turn_of(turn), words)))) " " (n) } }
                                }
                            }
                            td { @if drafted.iter().any(|one| one == kind) { (chip(&words.t("states-draft"), "noted")) } }
                        }
                    }
                }
            }
        }
    };
    page(frame, "states", &html! {}, &content)
}

/// One kind.
pub(super) fn one(frame: &Frame, drawn: &Drawn, refused: Option<&Refused>) -> Markup {
    let words = &frame.words;
    let head = Head {
        title: words.with("states-of", &[("kind", &kind_name(&drawn.kind, words))]),
        about: Some(words.with("states-live", &[("version", &drawn.live)])),
        ..Head::default()
    };
    let content = html! {
        @for text in refused.map(Refused::texts).unwrap_or_default() { p.banner.refused role="alert" { (icon("circle-alert")) span { (text) } } }
        (bar(frame, drawn))
        div.states {
            div.states-canvas id="states-canvas" data-keep-scroll tabindex="0" role="region" aria-label=(words.t("states-drawing")) { (picture(frame, drawn)) }
            div.states-panel { (panel::panel(frame, drawn)) }
            div.states-rest {
                @if drawn.is_draft { (draft(frame, drawn)) }
                @if !drawn.behind.is_empty() { (behind(frame, drawn)) }
                (table(drawn, words))
                (versions(frame, drawn))
            }
        }
    };
    record_page(frame, "states", &head, &html! { div id="states-part" data-part { (content) } })
}

/// What is drawn here: the newest version, or a draft and how far it has come.
fn bar(frame: &Frame, drawn: &Drawn) -> Markup {
    let words = &frame.words;
    html! {
        div.states-bar {
            @if drawn.is_draft {
                (chip(&words.with("states-draft-of", &[("n", &(drawn.live + 1))]), "noted"))
                span.quiet { (words.with("states-changes", &[("n", &drawn.differences.len())])) }
                @if !drawn.problems.is_empty() { span.states-amiss { (icon("circle-alert")) (words.with("states-amiss", &[("n", &drawn.problems.len())])) } }
                a.button href="#states-draft" { (icon("chevron-down")) (words.t("states-see-draft")) }
            } @else {
                (chip(&words.with("states-version-n", &[("version", &drawn.live)]), "done"))
                @if drawn.may_change { span.quiet { (words.t("states-begin-draft")) } }
            }
        }
    }
}

fn link(drawn: &Drawn, args: &[(&str, &str)]) -> String {
    urls::with_query(&admin::states(&drawn.kind), args)
}

fn picture(frame: &Frame, drawn: &Drawn) -> Markup {
    let words = &frame.words;
    let plan = drawing(&drawn.practice);
    let chosen = &drawn.chosen;
    let near = |line: &Line| [&line.from, &line.to].contains(&&chosen.state) || is_chosen(line, chosen);
    let any = !chosen.state.is_empty() || !chosen.from.is_empty();
    let size = format!("0 0 {} {}", plan.width, plan.height);
    html! {
        svg.states-picture viewBox=(size) width=(plan.width) height=(plan.height) role="group" aria-label=(words.t("states-drawing")) {
            @for (x, turn) in plan.columns.iter().zip(TURNS) {
                rect.states-column x=(x - 8) y="0" width=(NODE_WIDTH + 16) height=(plan.height) rx="8" {}
                foreignObject x=(x - 4) y="6" width=(NODE_WIDTH + 8) height="34" { div.states-turn { (turn_mark(turn_of(turn), None)) span { (turn_name(turn_of(turn), words)) } } }
            }
            @for line in &plan.lines {
                @let tone = if is_chosen(line, chosen) { "states-line chosen" } else if any && near(line) { "states-line near" } else if any { "states-line far" } else { "states-line" };
                a class=(tone) href=(link(drawn, &[("from", &line.from), ("to", &line.to)])) tabindex="-1" data-part-link
                    aria-label=(words.with("states-way", &[("from", &name_of(drawn, &line.from, words)), ("to", &name_of(drawn, &line.to, words))])) {
                    path.hit d=(line.path) {} path.stroke d=(line.path) {} path.heads d=(line.heads) {}
                }
            }
            path.states-rubber {}
            @for node in &plan.nodes {
                @let status = drawn.practice.status(&node.word);
                @let wrong = drawn.problems.iter().any(|problem| problem.field == format!("statuses.{}", node.word));
                foreignObject x=(node.x) y=(node.y) width=(NODE_WIDTH) height=(NODE_HEIGHT) {
                    a.states-node.wrong[wrong] href=(link(drawn, &[("state", &node.word)])) data-node=(node.word) data-focus={ "node-" (node.word) } data-part-link draggable=(if drawn.may_change { "true" } else { "false" })
                        aria-current=[(chosen.state == node.word).then_some("true")] {
                        (turn_mark(turn_of(status.map(|status| status.turn.as_str()).unwrap_or_default()), None))
                        span { (name_of(drawn, &node.word, words)) }
                        @if wrong { (icon("circle-alert")) }
                    }
                }
            }
        }
        @if drawn.may_change {
            form hidden method="post" action=(admin::states(&drawn.kind)) data-draws {
                (csrf_field(frame)) input type="hidden" name="do" value="add-way"; input type="hidden" name="from"; input type="hidden" name="to";
            }
        }
    }
}

fn is_chosen(line: &Line, chosen: &super::Chosen) -> bool {
    (line.from == chosen.from && line.to == chosen.to) || (line.both && line.to == chosen.from && line.from == chosen.to)
}

fn told(one: &Difference, drawn: &Drawn, words: &Words) -> String {
    let from = name_of(drawn, &one.from, words);
    match (&one.to, one.how) {
        (None, "added") => words.with("states-diff-state-added", &[("state", &from)]),
        (None, "removed") => words.with("states-diff-state-removed", &[("state", &from)]),
        (None, "moved") => words.t("states-diff-order"),
        (None, _) => words.with("states-diff-state-changed", &[("state", &from)]),
        (Some(to), how) => {
            let to = name_of(drawn, to, words);
            let args: [(&str, &dyn ToString); 2] = [("from", &from), ("to", &to)];
            match how {
                "added" => words.with("states-diff-way-added", &args),
                "removed" => words.with("states-diff-way-removed", &args),
                _ => words.with("states-diff-way-changed", &args),
            }
        }
    }
}

/// The draft: what is otherwise, what stands against it, and the two ways it can end.
fn draft(frame: &Frame, drawn: &Drawn) -> Markup {
    let words = &frame.words;
    html! {
        section.states-draft aria-labelledby="states-draft" {
            h2 id="states-draft" { (words.with("states-draft-of", &[("n", &(drawn.live + 1))])) }
            p { (words.t("states-draft-about")) }
            @for problem in &drawn.problems { p.banner.refused { (icon("circle-alert")) span { (words.message(&problem.message)) } } }
            @if drawn.differences.is_empty() { p.quiet { (words.t("states-same")) } }
            ul.states-differences { @for one in &drawn.differences { li.gone[one.how == "removed"] { (icon(match one.how { "added" => "plus", "removed" => "x", _ => "pencil-line" })) (told(one, drawn, words)) } } }
            @if drawn.may_change {
                form.states-publish method="post" action={ (admin::states(&drawn.kind)) "/publish" } data-whole {
                    (csrf_field(frame))
                    input type="hidden" name="version" value=(drawn.live);
                    div.field { label for="remark" { (words.t("states-remark")) } input.input id="remark" name="remark" maxlength="255" autocomplete="off"; }
                    div.form-end {
                        button.button.primary type="submit" disabled[!drawn.problems.is_empty() || drawn.differences.is_empty()] { (icon("check")) (words.with("states-publish", &[("n", &(drawn.live + 1))])) }
                        button.button.quiet type="submit" name="do" value="discard" formaction=(admin::states(&drawn.kind)) formnovalidate { (icon("trash-2")) (words.t("states-discard")) }
                    }
                }
            }
        }
    }
}

/// Running tickets that follow older versions, and what would become of them.
fn behind(frame: &Frame, drawn: &Drawn) -> Markup {
    let words = &frame.words;
    let Some(newest) = drawn.settings.practices.get(&drawn.kind) else { return html! {} };
    let total: i64 = drawn.behind.iter().map(|one| one.tickets).sum();
    html! {
        section.states-behind {
            h2 id="states-behind" { (words.with("states-behind", &[("n", &total)])) }
            p { (words.t("states-behind-about")) }
            form method="post" action={ (admin::states(&drawn.kind)) "/adopt" } data-whole {
                (csrf_field(frame))
                input type="hidden" name="version" value=(drawn.live);
                div.table-scroll tabindex="0" role="region" aria-label=(words.with("states-behind", &[("n", &total)])) {
                    table.table {
                        thead { tr { th.figure-cell scope="col" { (words.t("states-tickets")) } th.figure-cell scope="col" { (words.t("states-version")) } th scope="col" { (words.t("states-now")) } th scope="col" { (words.t("states-becomes")) } } }
                        tbody {
                            @for one in &drawn.behind {
                                tr {
                                    td.figure-cell { (words.number(one.tickets)) } td.figure-cell { (one.version) } th scope="row" { (name_of(drawn, &one.status, words)) }
                                    td {
                                        select.input name={ "map." (one.status) } required aria-label=(words.with("states-becomes-of", &[("state", &name_of(drawn, &one.status, words))])) disabled[!drawn.may_change] {
                                            @if one.becomes.is_none() { option value="" { (words.t("asked-choose")) } }
                                            @for status in &newest.statuses { option value=(status.word) selected[one.becomes.as_ref() == Some(&status.word)] { (name_of(drawn, &status.word, words)) } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                @if drawn.may_change { div.form-end { button.button type="submit" { (icon("arrow-right")) (words.with("states-adopt", &[("n", &drawn.live)])) } } }
            }
        }
    }
}

/// The same as a table, for whoever does not see the drawing.
fn table(drawn: &Drawn, words: &Words) -> Markup {
    html! {
        section {
            h2 id="states-table" { (words.t("states-table")) }
            div.table-scroll tabindex="0" role="region" aria-label=(words.t("states-table")) {
                table.table.states-table {
                    thead { tr { th scope="col" { (words.t("states-state")) } th scope="col" { (words.t("states-turn")) } th scope="col" { (words.t("states-leads-to")) } } }
                    tbody {
                        @for (at, status) in drawn.practice.statuses.iter().enumerate() {
                            tr {
                                th scope="row" { a href=(link(drawn, &[("state", &status.word)])) data-part-link { (name_of(drawn, &status.word, words)) } " " code { (status.word) } @if at == 0 { " " (chip(&words.t("states-start"), "plain")) } }
                                td { (turn_mark(turn_of(&status.turn), None)) " " (turn_name(turn_of(&status.turn), words)) }
                                td { ul.states-ways { @for way in panel::ways(drawn, &status.word) { li { a href=(link(drawn, &[("from", &way.from), ("to", &way.to)])) data-part-link { (name_of(drawn, &way.to, words)) } (panel::demands(drawn, way, words)) } } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn versions(frame: &Frame, drawn: &Drawn) -> Markup {
    let words = &frame.words;
    html! {
        section aria-labelledby="states-versions" {
            h2 id="states-versions" { (words.t("states-versions")) }
            ul.states-versions {
                @for one in &drawn.versions {
                    li {
                        b { (words.with("states-version-n", &[("version", &one.version)])) }
                        @if one.version == drawn.live { (chip(&words.t("states-newest"), "done")) }
                        span {
                            @match &one.remark { Some(remark) => (remark), None => { @if one.person.is_none() { (words.t("states-brought")) } } }
                            @if let Some(person) = one.person.and_then(|id| drawn.settings.staff.get(&id)) { small { (person.name) ", " time datetime=(words.machine_time(one.at)) { (words.date_time(one.at)) } } }
                        }
                        @if drawn.may_change && one.version != drawn.live {
                            form method="post" action=(admin::states(&drawn.kind)) {
                                (csrf_field(frame)) input type="hidden" name="version" value=(one.version);
                                button.button.quiet type="submit" name="do" value="take-up" { (icon("history")) (words.t("states-take-up")) }
                            }
                        }
                    }
                }
            }
        }
    }
}
