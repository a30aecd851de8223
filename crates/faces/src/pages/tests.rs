//! What the pages promise, on small samples.

use kernel::{Locale, MessageId, PersonId, Stamp};
use web::components::{Column, Frame, Head, Layout, Priority, Theme, Turn, Writing};
use web::{Words, urls};

use desk::conversation::{Invitation, Protection};

use super::about::About;
use super::lists::{BulkChoices, GroupHead, Grouping, Look, Order, Purpose, Section};
use super::merging::{MergedInto, Merges};
use super::models::{Back, ContextView, Entry, FactEntry, Happened, Inbox, MessageEntry, Person, Said, TicketRow, TicketView, Transition};
use super::outgoing::{Beside, Outgoing};
use super::trust::{Held, Trust};
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
        macros: Vec::new(),
        language: None,
        number: "INC-1".to_owned(),
        title: "<script>alert(1)</script>".to_owned(),
        kind: "incident".to_owned(),
        status: "open".to_owned(),
        turn: Turn::Us,
        priority: Priority::High,
        priority_reason: None,
        version: 3,
        latest: 41,
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
        asks: maud::Markup::default(),
        reviews: Vec::new(),
        beside: Beside::default(),
        context: ContextView {
            requester: person("Rosa Marin"),
            requester_email: None,
            organisation: None,
            desk: "IT".to_owned(),
            impact: "medium".to_owned(),
            urgency: "medium".to_owned(),
            category: None,
            service: None,
            tags: Vec::new(),
            fields: Vec::new(),
            has_fields: false,
            channel: "mail".to_owned(),
            created: Stamp::from_micros(0),
            links: Vec::new(),
        },
        merges: Merges::default(),
        about: About::default(),
        inside: true,
    }
}

fn row(number: &str, turn: Turn) -> TicketRow {
    TicketRow {
        number: number.to_owned(),
        title: "A & B".to_owned(),
        snippet: String::new(),
        requester: "Rosa Marin".to_owned(),
        assignee: None,
        organisation: None,
        team: None,
        status: "open".to_owned(),
        kind: "incident".to_owned(),
        channel: "mail".to_owned(),
        language: None,
        tags: Vec::new(),
        tasks: None,
        created: Stamp::from_micros(0),
        first_reply: None,
        turn,
        priority: Priority::Normal,
        updated: Stamp::from_micros(0),
        unread: false,
    }
}

fn look(layout: Layout) -> Look {
    let head =
        |column: Column| Head { column, units: column.units(layout), sorted: (column == Column::Updated).then_some(true), sortable: true };
    Look {
        layout,
        heads: Column::ALL.into_iter().filter(|column| column.comes_with(layout)).map(head).collect(),
        order: Order::default(),
        orders: vec![Column::Updated, Column::Priority],
        group: Some(Grouping::Turn),
        groupings: vec![Grouping::Turn],
        folded: Vec::new(),
    }
}

fn inbox(rows: Vec<TicketRow>) -> Inbox {
    let mut sections: Vec<Section> = Vec::new();
    for row in rows {
        match sections.last_mut().filter(|section| section.head == Some(GroupHead::Turn(row.turn))) {
            Some(section) => section.rows.push(row),
            None => {
                let (id, head) = (format!("turn:{:?}", row.turn), Some(GroupHead::Turn(row.turn)));
                sections.push(Section { id, head, count: Some(7), folded: false, rows: vec![row] });
            }
        }
    }
    Inbox {
        title: "IT".to_owned(),
        path: "/desk/desks/1".to_owned(),
        query: String::new(),
        refusal: None,
        broken: None,
        edit: None,
        says: None,
        total: None,
        sections,
        look: look(Layout::Split),
        cut: None,
        asked: None,
        bulk: BulkChoices { agents: vec![(PersonId(7), "Jonas Weld".to_owned())], ..BulkChoices::default() },
        place: None,
        next: None,
        previous: None,
        purpose: Purpose::Desk,
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
    // What changes the ticket itself must have seen it; tasks, time, links and people, a snooze, drafts and a side conversation stand beside it.
    let beside = ["/tasks", "/time", "/timer", "/links", "/people", "/snooze", "/sides"]
        .map(|rest| page.matches(&format!("action=\"/desk/tickets/INC-1{rest}\"")).count());
    let drafts = page.matches(&format!("action=\"{}\"", urls::DRAFTS)).count();
    assert_eq!(page.matches("name=\"version\" value=\"3\"").count(), forms - drafts - beside.iter().sum::<usize>());
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
    assert!(note.contains("message note") && note.contains("Internal note"));
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
    let back = Back { href: list.page_address(), title: list.title.clone() };
    assert!(page.contains(&ticket_fragment(&view, &back, &frame()).into_string()));
    assert!(page.contains(&rows_fragment(&list, Some("INC-1"), &frame()).into_string()));
}

#[test]
fn a_list_is_headed_by_whose_turn_it_is() {
    let page =
        inbox_page(&inbox(vec![row("INC-1", Turn::Us), row("INC-2", Turn::Us), row("INC-3", Turn::Requester)]), &frame()).into_string();
    assert_eq!(page.matches("<li class=\"rows-group\"").count(), 2);
    assert!(page.contains("/desk/tickets/INC-3?list=/desk/desks/1"));
}

#[test]
fn a_list_says_which_page_it_is_and_what_lies_beside_it() {
    let list = Inbox {
        place: Some(("after", "m1".to_owned())),
        next: Some("m2".to_owned()),
        previous: Some("m0".to_owned()),
        ..inbox(vec![row("INC-1", Turn::Us)])
    };
    let page = inbox_page(&list, &frame()).into_string();
    assert!(page.contains("href=\"/desk/desks/1?after=m2\"") && page.contains("href=\"/desk/desks/1?before=m0\""));
    assert!(
        page.contains("/desk/tickets/INC-1?list=/desk/desks/1%3Fafter%3Dm1"),
        "a ticket leads back to the page that it was opened from"
    );
}

#[test]
fn a_group_that_is_folded_shows_its_head_alone() {
    let mut list = inbox(vec![row("INC-1", Turn::Us), row("INC-2", Turn::Done)]);
    list.sections[1].folded = true;
    list.sections[1].rows.clear();
    let page = inbox_page(&list, &frame()).into_string();
    assert!(page.contains("name=\"unfold\"") && page.contains("aria-expanded=\"false\"") && !page.contains("row-INC-2"));
}

#[test]
fn what_is_done_with_several_rows_works_without_script() {
    let page = inbox_page(&inbox(vec![row("INC-1", Turn::Us)]), &frame()).into_string();
    assert!(
        page.contains("form=\"bulk\" name=\"pick\" value=\"INC-1\"") && page.contains("id=\"bulk\" method=\"post\" action=\"/desk/bulk\"")
    );
    assert!(page.contains("form=\"choose\" name=\"sort\" value=\"updated\""), "the other way round from how it is sorted");
}

#[test]
fn each_empty_list_says_what_it_is_for() {
    let said = |purpose: Purpose| inbox_page(&Inbox { purpose, ..inbox(Vec::new()) }, &frame()).into_string();
    for (purpose, words) in [
        (Purpose::Mine, "Nothing is assigned to you"),
        (Purpose::Unassigned, "Everything is assigned"),
        (Purpose::WaitingForUs, "Nothing is waiting for us"),
        (Purpose::WaitingForRequester, "Nothing is waiting for a requester"),
        (Purpose::Done, "Nothing is finished yet"),
    ] {
        assert!(said(purpose).contains(words), "{purpose:?}");
    }
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

fn inbound(trust: Trust) -> MessageEntry {
    MessageEntry {
        joined_because: Some("references".to_owned()),
        trust: Trust { may_act: true, ..trust },
        ..message(Said::Inbound, "Hello")
    }
}

fn shows(message: MessageEntry) -> String {
    shown(&ticket(vec![Entry::Message(Box::new(message))]))
}

#[test]
fn a_held_message_says_why_and_offers_the_three_ways_on() {
    let page = shows(inbound(Trust { held: Some(Held::Forged { domain: "bank.example".to_owned() }), ..Trust::default() }));
    assert!(page.contains("bank.example says that it did not send this mail"));
    for (action, label) in [("admit", "It is genuine"), ("discard", "Discard as junk")] {
        assert!(page.contains(&format!("action=\"/desk/messages/41/{action}\"")) && page.contains(label), "{action}");
    }
    assert!(page.contains("href=\"/desk/messages/41/move\"") && page.contains("Genuine, and Rosa Marin gets copies"));
    let known = shows(inbound(Trust { held: Some(Held::Ambiguous), takes_part: true, ..Trust::default() }));
    assert!(known.contains("more than one way") && !known.contains("gets copies"));
    let reader = Trust { held: Some(Held::Stranger), ..Trust::default() };
    let reads = shows(MessageEntry { trust: reader, ..message(Said::Inbound, "Hello") });
    assert!(reads.contains("takes no part") && !reads.contains("/desk/messages/41/admit"), "who only reads decides nothing");
}

#[test]
fn what_was_discarded_is_folded_away_and_can_be_taken_back() {
    let page = shows(inbound(Trust { discarded: true, ..Trust::default() }));
    assert!(page.contains("<details class=\"discarded\">") && page.contains("/desk/messages/41/admit") && !page.contains("/41/discard"));
}

#[test]
fn a_signature_is_never_called_valid() {
    for (signed, encrypted, whole, wanted) in [
        (true, false, true, "Signed with OpenPGP, not checked"),
        (true, false, false, "Partly signed with OpenPGP, not checked"),
        (false, true, true, "Encrypted with OpenPGP: cannot be read here"),
    ] {
        let protection = Protection { standard: "openpgp".to_owned(), signed, encrypted, whole };
        let page = shows(inbound(Trust { protection: Some(protection), ..Trust::default() }));
        assert!(page.contains(wanted) && !page.contains("valid"), "{wanted}");
    }
}

#[test]
fn an_invitation_is_a_card_in_the_readers_zone() {
    let invitation = Invitation {
        method: "request".to_owned(),
        title: "<b>Review</b>".to_owned(),
        place: Some("Room 2".to_owned()),
        organiser: None,
        starts: Some("2026-03-12T07:00:00Z".to_owned()),
        ends: Some("2026-03-12T08:30:00Z".to_owned()),
        repeats: true,
    };
    let whole_day = Invitation { starts: Some("2026-03-12".to_owned()), ends: None, ..invitation.clone() };
    let page = shows(inbound(Trust { invitations: vec![invitation, whole_day], ..Trust::default() }));
    assert!(page.contains("12 March 2026, 07:00 – 08:30 · repeats") && page.contains("12 March 2026 · repeats"), "{page}");
    assert!(page.contains("&lt;b&gt;Review") && page.contains("Room 2"));
}

#[test]
fn a_message_tells_why_it_is_here_what_came_back_and_what_was_put_right() {
    let trust = Trust {
        came_back: vec![("x@y.example".to_owned(), "no such user".to_owned())],
        defects: vec!["date".to_owned()],
        ..Trust::default()
    };
    let page = shows(inbound(trust));
    for wanted in
        ["Added here because it answers a mail of this ticket", "Came back: x@y.example. no such user", "Corrected while reading: date"]
    {
        assert!(page.contains(wanted), "{wanted}");
    }
    let moved = shows(inbound(Trust { came_to: Some("INC-9".to_owned()), ..Trust::default() }));
    assert!(moved.contains("came to <a href=\"/desk/tickets/INC-9?alone=1\">INC-9</a>") && !moved.contains("Added here because"));
}

#[test]
fn t_x2_a_ticket_that_the_reader_does_not_see_has_no_number_here() {
    let merged =
        TicketView { may_work: false, merges: Merges { into: Some(MergedInto::Hidden), ..Merges::default() }, ..ticket(Vec::new()) };
    let page = shown(&merged);
    assert!(page.contains("Merged into another ticket") && !page.contains("<form"));
    let fact = FactEntry { id: "1".to_owned(), at: Stamp::from_micros(0), by: None, what: Happened::Merged { number: String::new() } };
    assert!(shown(&ticket(vec![Entry::Fact(Box::new(fact))])).contains("merged into another ticket"));
}
