//! What the pages promise, on small samples.

use kernel::{Locale, MessageId, PersonId, Stamp};
use web::Words;
use web::components::{Frame, Priority, Theme, Turn, Writing};

use super::merging::Merges;
use super::models::{Back, ContextView, Entry, FactEntry, Happened, Inbox, MessageEntry, Person, Said, TicketRow, TicketView, Transition};
use super::outgoing::{Beside, Outgoing};
use super::trust::Trust;
use super::{inbox_page, rows_fragment, ticket_fragment, ticket_page};

fn person(name: &str) -> Person {
    Person { id: PersonId(7), name: name.to_owned() }
}

fn frame() -> Frame {
    let words = Words::new(Locale::En, "UTC");
    Frame { csrf: "token-of-this-session".to_owned(), ..Frame::visitor(words, Theme::System, "/desk", Stamp::from_micros(0)) }
}

fn message(said: Said, text: &str) -> MessageEntry {
    MessageEntry {
        id: MessageId(41),
        at: Stamp::from_micros(0),
        said,
        author: Some(person("Rosa Marin")),
        channel: "mail".to_owned(),
        to: Vec::new(),
        cc: Vec::new(),
        text: text.to_owned(),
        has_html: false,
        language: None,
        automatic: false,
        unverified: false,
        stranger: false,
        original: false,
        joined_because: None,
        trust: Trust::default(),
        attachments: Vec::new(),
        outgoing: Outgoing::default(),
    }
}

fn ticket(timeline: Vec<Entry>) -> TicketView {
    TicketView {
        number: "INC-1".to_owned(),
        title: "<script>alert(1)</script>".to_owned(),
        kind: "incident".to_owned(),
        status: "open".to_owned(),
        turn: Turn::Us,
        priority: Priority::High,
        priority_reason: None,
        version: 3,
        may_work: true,
        transitions: vec![Transition { to: "resolved".to_owned(), turn: Turn::Done }],
        assignable: vec![person("Jonas Weld")],
        assignee: None,
        teams: Vec::new(),
        team: None,
        reader: PersonId(7),
        timeline,
        writing: Writing::Reply,
        reply_to: vec!["Rosa Marin".to_owned()],
        reply_cc: Vec::new(),
        turn_after_reply: Turn::Requester,
        beside: Beside::default(),
        context: ContextView {
            requester: person("Rosa Marin"),
            requester_email: None,
            requester_phone: None,
            organisation: None,
            other_open: 0,
            desk: "IT".to_owned(),
            impact: "medium".to_owned(),
            urgency: "medium".to_owned(),
            category: None,
            service: None,
            tags: Vec::new(),
            fields: Vec::new(),
            channel: "mail".to_owned(),
            created: Stamp::from_micros(0),
            participants: Vec::new(),
            links: Vec::new(),
        },
        merges: Merges::default(),
    }
}

fn row(number: &str, turn: Turn) -> TicketRow {
    TicketRow {
        number: number.to_owned(),
        title: "A & B".to_owned(),
        snippet: String::new(),
        requester: "Rosa Marin".to_owned(),
        assignee: None,
        turn,
        priority: Priority::Normal,
        updated: Stamp::from_micros(0),
        unread: false,
    }
}

fn inbox(rows: Vec<TicketRow>) -> Inbox {
    Inbox {
        title: "IT".to_owned(),
        path: "/desk/desks/1".to_owned(),
        query: String::new(),
        refusal: None,
        total: None,
        rows,
        grouped: true,
        turn_counts: Vec::new(),
        next_cursor: None,
        first_run: false,
        mailbox: None,
    }
}

fn shown(ticket: &TicketView) -> String {
    ticket_fragment(ticket, &Back::home(&frame().words), &frame()).into_string()
}

#[test]
fn every_form_of_a_ticket_carries_the_token_and_the_version() {
    let page = shown(&ticket(Vec::new()));
    let forms = page.matches("<form").count();
    assert!(forms >= 5, "{forms}");
    assert_eq!(page.matches("value=\"token-of-this-session\"").count(), forms);
    // A side conversation begins whatever the ticket says meanwhile.
    assert_eq!(page.matches("name=\"version\" value=\"3\"").count(), forms - 1);
}

#[test]
fn who_may_not_work_on_a_ticket_sees_no_form() {
    let page = shown(&TicketView { may_work: false, ..ticket(Vec::new()) });
    assert!(!page.contains("<form"));
}

#[test]
fn text_from_outside_is_never_markup() {
    let said = Entry::Message(Box::new(message(Said::Inbound, "<img src=x onerror=alert(1)>")));
    let page = shown(&ticket(vec![said]));
    assert!(!page.contains("<script>alert") && !page.contains("<img"));
    assert!(page.contains("&lt;img src=x"));
}

#[test]
fn what_a_message_quotes_and_how_it_is_signed_lie_behind_a_fold() {
    let text = "Still red.\n\n-- \nRosa\n\nOn 1/5/26 10:00, Help wrote:\n> Try again\n> please";
    let page = shown(&ticket(vec![Entry::Message(Box::new(message(Said::Inbound, text)))]));
    let (open, folded) = page.split_once("<details class=\"fold\">").unwrap();
    assert!(open.contains("Still red.") && !open.contains("Rosa</p>") && !open.contains("Try again"));
    assert!(folded.contains("3 quoted lines") && folded.contains("<blockquote><p>Try again<br>please</p></blockquote>"));
}

#[test]
fn m2_a_message_in_another_language_says_so_and_one_in_the_readers_does_not() {
    let said = |language: &str| {
        let entry = MessageEntry { language: Some(language.to_owned()), ..message(Said::Inbound, "x") };
        shown(&ticket(vec![Entry::Message(Box::new(entry))]))
    };
    assert!(said("vi").contains("lang=\"vi\" title=\"Written in Tiếng Việt\">Tiếng Việt</span>"));
    assert!(!said("en").contains("message-language"));
}

#[test]
fn the_mail_as_it_came_is_offered_to_those_who_may_have_it() {
    let said = |original: bool| shown(&ticket(vec![Entry::Message(Box::new(MessageEntry { original, ..message(Said::Inbound, "x") }))]));
    assert!(said(true).contains("href=\"/desk/messages/41/original\""));
    assert!(!said(false).contains("/original"));
}

#[test]
fn html_of_a_message_lies_in_a_frame_without_scripts() {
    let said = Entry::Message(Box::new(MessageEntry { has_html: true, ..message(Said::Inbound, "Hello") }));
    let page = shown(&ticket(vec![said]));
    assert!(page.contains("src=\"/desk/messages/41/body\""));
    assert!(page.contains("sandbox=\"allow-same-origin") && !page.contains("allow-scripts"));
}

#[test]
fn a_note_says_so_and_a_reply_says_who_gets_it() {
    let note = shown(&ticket(vec![Entry::Message(Box::new(message(Said::Note, "x")))]));
    assert!(note.contains("message note") && note.contains("Note, stays inside"));
    let composer = shown(&ticket(Vec::new()));
    assert!(composer.contains("<b>Rosa Marin</b> will get this. Then: <b>Waiting for the requester</b>."));
    assert!(composer.contains("formaction=\"/desk/tickets/INC-1/reply\"") && composer.contains("formaction=\"/desk/tickets/INC-1/note\""));
}

#[test]
fn a_fact_says_what_and_by_whom() {
    let by = |by: Option<&str>| FactEntry {
        id: "1".to_owned(),
        at: Stamp::from_micros(0),
        by: by.map(str::to_owned),
        what: Happened::Changed {
            field: "priority".to_owned(),
            from: Some("normal".to_owned()),
            to: Some("high".to_owned()),
            reason: None,
        },
    };
    let page = shown(&ticket(vec![Entry::Fact(Box::new(by(Some("Mei Tanaka")))), Entry::Fact(Box::new(by(None)))]));
    assert!(page.contains("Priority changed from Normal to <b>High</b> · Mei Tanaka"));
    assert!(page.contains("<b>High</b> · Steward"));
}

#[test]
fn a_page_and_its_fragments_are_the_same_markup() {
    let view = ticket(vec![Entry::Message(Box::new(message(Said::Inbound, "Hello")))]);
    let list = inbox(vec![row("INC-1", Turn::Us), row("INC-2", Turn::Done)]);
    let page = ticket_page(&view, &list, &frame()).into_string();
    let back = Back { href: list.path.clone(), title: list.title.clone() };
    assert!(page.contains(&ticket_fragment(&view, &back, &frame()).into_string()));
    assert!(page.contains(&rows_fragment(&list, Some("INC-1"), &frame()).into_string()));
}

#[test]
fn a_list_is_headed_by_whose_turn_it_is() {
    let page =
        inbox_page(&inbox(vec![row("INC-1", Turn::Us), row("INC-2", Turn::Us), row("INC-3", Turn::Requester)]), &frame()).into_string();
    assert_eq!(page.matches("rows-group").count(), 2);
    assert!(page.contains("/desk/tickets/INC-3?list=/desk/desks/1"));
}

#[test]
fn an_empty_list_says_what_it_is_for() {
    let page = inbox_page(&Inbox { first_run: true, ..inbox(Vec::new()) }, &frame()).into_string();
    assert!(page.contains("Nothing is waiting here yet") && page.contains("/desk/new"));
}

#[test]
fn no_page_holds_an_inline_script_or_style() {
    let view = ticket(vec![Entry::Message(Box::new(message(Said::Inbound, "Hello")))]);
    let page = ticket_page(&view, &inbox(vec![row("INC-1", Turn::Us)]), &frame()).into_string();
    assert_eq!(page.matches("<script").count(), page.matches("<script type=\"module\" src=\"/assets/").count());
    assert!(!page.contains("<style") && !page.contains(" style=\"") && !page.contains(" onclick"));
}
