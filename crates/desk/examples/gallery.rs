//! Writes every page with believable sample data to a folder, for looking at them: `cargo run -p steward-desk --example gallery -- DIR`,
//! then serve DIR with any static server and open `http://localhost:PORT/en/ticket.html`.
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a tool for the people who build the pages")]

use std::fs;
use std::path::{Path, PathBuf};

use desk::pages::merging::Merges;
use desk::pages::models::*;
use desk::pages::outgoing::{Beside, Outgoing};
use desk::pages::trust::Trust;
use desk::pages::{inbox_page, me_page, new_ticket_page, ticket_page, views_page};
use kernel::{AttachmentId, DeskId, Error, Locale, MessageId, PersonId, Span, Stamp, TeamId};
use web::Words;
use web::components::{Choice, Frame, Here, Nav, NavDesk, Priority, Theme, Turn, Writing};
use web::pages::{SignInPage, error_page, sign_in};
use web::urls::View;

fn now() -> Stamp {
    Stamp::parse("2026-03-12T07:35:00Z").unwrap_or_default()
}

fn somebody(n: i64, name: &str) -> Person {
    Person { id: PersonId(n), name: name.to_owned() }
}

fn jonas() -> Person {
    somebody(3, "Jonas Weld")
}
fn ilze() -> Person {
    somebody(12, "Ilze Ozola")
}
fn mei() -> Person {
    somebody(5, "Mei Tanaka")
}
fn rosa() -> Person {
    somebody(6, "Rosa Marin")
}

fn frame(locale: Locale, theme: Theme, here: Here, path: &str) -> Frame {
    let desk = |id: i64, name: &str, count: u64| NavDesk { id: DeskId(id), name: name.to_owned(), count: Some(count) };
    let nav = Nav {
        person: jonas().id,
        name: jonas().name,
        email: "jonas.weld@brackwater.example".to_owned(),
        desks: vec![desk(1, "IT", 38), desk(2, "Guest care", 112), desk(3, "Crew & HR", 9), desk(4, "Terminals", 4)],
        counts: vec![(View::Mine, 12), (View::Unassigned, 6), (View::WaitingForUs, 19), (View::WaitingForRequester, 8), (View::Open, 163)],
        here,
    };
    Frame {
        words: Words::new(locale, "Europe/Copenhagen"),
        theme,
        csrf: "sample".to_owned(),
        path: path.to_owned(),
        now: now(),
        nav: Some(nav),
        told: None,
    }
}

/// Number, title, snippet, requester, assignee, turn, priority, minutes ago, unread.
type Sample = (&'static str, &'static str, &'static str, &'static str, Option<Person>, Turn, Priority, i64, bool);

fn samples() -> Vec<Sample> {
    use Priority::{Critical, High, Low, Normal};
    use Turn::{Requester, ThirdParty, Us};
    let tomas = || Some(somebody(21, "Tomas Reyk"));
    vec![
        (
            "INC-1047",
            "Card payments fail on MS Fulmar",
            "Bar and shop terminals show error 91 since we left the quay",
            "Deniz Arslan",
            Some(ilze()),
            Us,
            Critical,
            3,
            true,
        ),
        (
            "INC-1042",
            "Boarding gates at Terminal 2 reject valid passes since 07:40",
            "Done, the queue moves again",
            "Rosa Marin",
            Some(jonas()),
            Us,
            High,
            4,
            false,
        ),
        (
            "INC-1045",
            "Roster app signs crew out every hour",
            "Since this morning, on all tablets",
            "Paul Whitt",
            Some(mei()),
            Us,
            High,
            9,
            true,
        ),
        ("REQ-377", "Laptop for new purser, starts Monday", "Cabin 12, size M", "Hanna Sild", Some(jonas()), Us, Normal, 21, false),
        ("INC-1039", "Printer at check-in 4 smears labels", "Third roll today", "Omar Haddad", tomas(), Us, High, 33, false),
        ("QUE-212", "Can I read mail on my own phone?", "", "Lena Fors", None, Us, Normal, 48, true),
        ("INC-1036", "Wi-Fi drops in the crew mess on MS Skerry", "Deck 2 aft", "Aino Kask", Some(mei()), Us, Normal, 61, false),
        ("REQ-371", "Access to the freight manifest folder", "Approved by Vera", "Nils Oberg", Some(ilze()), Us, Normal, 75, false),
        ("REQ-370", "Second monitor for the booking team", "", "Sara Lund", tomas(), Us, Low, 130, false),
        ("QUE-208", "Where do old uniforms’ name tags go?", "", "Kofi Mensah", None, Us, Low, 190, false),
        (
            "INC-1031",
            "Radar overlay missing on bridge tablet",
            "Please send a picture",
            "Capt. Iversen",
            Some(ilze()),
            Requester,
            High,
            250,
            false,
        ),
        ("REQ-366", "New starter: engine cadet, 14 March", "", "Hanna Sild", Some(jonas()), Requester, Normal, 310, false),
        ("INC-1027", "Timetable screen shows last winter", "", "Ewa Dudek", tomas(), Requester, Normal, 430, false),
        ("QUE-201", "Shared calendar for the galley", "", "Marco Sala", Some(mei()), Requester, Low, 1500, false),
        ("INC-1019", "Scanner battery lasts two hours", "", "Omar Haddad", tomas(), Requester, Normal, 1700, false),
        ("REQ-359", "Rename the shore-power mailbox", "", "Lena Fors", Some(ilze()), Requester, Low, 3000, false),
        ("INC-1011", "Keyboard types double letters", "", "Sara Lund", Some(jonas()), ThirdParty, Normal, 3100, false),
        ("QUE-195", "Can guests pay with a gift card on board?", "", "Kofi Mensah", Some(mei()), ThirdParty, Low, 4500, false),
    ]
}

fn inbox() -> Inbox {
    let rows = samples()
        .into_iter()
        .map(|(number, title, snippet, requester, assignee, turn, priority, minutes, unread)| TicketRow {
            number: number.to_owned(),
            title: title.to_owned(),
            snippet: snippet.to_owned(),
            requester: requester.to_owned(),
            assignee,
            turn,
            priority,
            updated: now() - Span::minutes(minutes),
            unread,
        })
        .collect();
    Inbox {
        title: "IT".to_owned(),
        path: "/desk/desks/1".to_owned(),
        query: "desk:it -turn:done sort:-updated".to_owned(),
        refusal: None,
        total: Some(38),
        rows,
        grouped: true,
        turn_counts: vec![(Turn::Us, 19), (Turn::Requester, 12), (Turn::ThirdParty, 7)],
        next_cursor: Some("abc".to_owned()),
        first_run: false,
        mailbox: None,
    }
}

fn said(id: i64, author: Option<Person>, said: Said, time: &str, text: &str) -> MessageEntry {
    MessageEntry {
        id: MessageId(id),
        at: Stamp::parse(&format!("2026-03-12T{time}:00Z")).unwrap_or_default(),
        said,
        author,
        channel: "mail".to_owned(),
        to: Vec::new(),
        cc: Vec::new(),
        text: text.to_owned(),
        has_html: false,
        language: Some("en".to_owned()),
        automatic: false,
        unverified: false,
        stranger: false,
        original: false,
        joined_because: Some("reply_address".to_owned()),
        trust: Trust::default(),
        attachments: Vec::new(),
        outgoing: Outgoing::default(),
    }
}

fn fact(id: &str, time: &str, by: Option<&str>, what: Happened) -> Entry {
    let at = Stamp::parse(&format!("2026-03-12T{time}:00Z")).unwrap_or_default();
    Entry::Fact(Box::new(FactEntry { id: id.to_owned(), at, by: by.map(str::to_owned), what }))
}

fn timeline() -> Vec<Entry> {
    let message = |entry: MessageEntry| Entry::Message(Box::new(entry));
    let picture = File { id: AttachmentId(1), name: "gate-3-error.jpg".to_owned(), content_type: "image/jpeg".to_owned(), bytes: 412_000 };
    let some = |text: &str| Some(text.to_owned());
    vec![
        fact("1", "06:52", None, Happened::Opened { channel: "mail".to_owned() }),
        message(MessageEntry {
            attachments: vec![picture],
            ..said(
                1,
                Some(rosa()),
                Said::Inbound,
                "06:52",
                "Good morning, gates 3 to 6 turn red for passes that the hand scanner accepts, about one in five. The 08:20 to Skerry will leave late.",
            )
        }),
        fact(
            "2",
            "06:58",
            Some("Jonas Weld"),
            Happened::Changed { field: "priority".to_owned(), from: some("normal"), to: some("high"), reason: some("Boarding hours") },
        ),
        fact("3", "07:01", Some("Mei Tanaka"), Happened::Linked { link: "caused_by".to_owned(), number: "CHG-318".to_owned() }),
        message(MessageEntry {
            to: vec!["Rosa Marin".to_owned()],
            cc: vec!["duty.t2@brackwater.example".to_owned()],
            ..said(
                2,
                Some(jonas()),
                Said::Reply,
                "07:05",
                "Hello Rosa, the log shows it too. Please set gates 3 and 4 to “hand scan”; I am checking the firmware.",
            )
        }),
        fact(
            "4",
            "07:05",
            Some("Jonas Weld"),
            Happened::Moved { from: "open".to_owned(), to: "pending".to_owned(), because: some("reply") },
        ),
        message(said(
            3,
            Some(mei()),
            Said::Note,
            "07:17",
            "@Ilze rejects began with firmware 4.2: passes sold before midnight carry the old signature. Can we roll back gate 3 alone?",
        )),
        fact("5", "07:18", Some("Mei Tanaka"), Happened::Tagged { added: vec!["gates".to_owned(), "t2".to_owned()], removed: Vec::new() }),
        message(said(
            4,
            Some(rosa()),
            Said::Inbound,
            "07:31",
            "Done, the queue moves again. The 09:40 has 310 guests: when can we switch back?\n\nOn 12 March 2026 Jonas Weld wrote:\n> Hello Rosa, the log shows it too.\n> Please set gates 3 and 4 to “hand scan”;\n> I am checking the firmware.\n",
        )),
    ]
}

fn ticket(writing: Writing) -> TicketView {
    let next = |to: &str, turn: Turn| Transition { to: to.to_owned(), turn };
    let team = |id: i64, name: &str| (TeamId(id), name.to_owned());
    let some = |text: &str| Some(text.to_owned());
    TicketView {
        number: "INC-1042".to_owned(),
        title: "Boarding gates at Terminal 2 reject valid passes since 07:40".to_owned(),
        kind: "incident".to_owned(),
        status: "open".to_owned(),
        turn: Turn::Us,
        priority: Priority::High,
        priority_reason: some("Boarding hours"),
        version: 9,
        may_work: true,
        transitions: vec![next("pending", Turn::Requester), next("on_hold", Turn::ThirdParty), next("resolved", Turn::Done)],
        assignable: vec![jonas(), ilze(), mei(), somebody(21, "Tomas Reyk")],
        assignee: Some(jonas()),
        teams: vec![team(1, "Port systems"), team(2, "Service desk")],
        team: Some(team(1, "Port systems")),
        reader: jonas().id,
        timeline: timeline(),
        writing,
        reply_to: vec!["Rosa Marin".to_owned()],
        reply_cc: vec!["duty.t2@brackwater.example".to_owned()],
        turn_after_reply: Turn::Requester,
        merges: Merges::default(),
        beside: Beside::default(),
        context: ContextView {
            requester: rosa(),
            requester_email: some("rosa.marin@brackwater.example"),
            requester_phone: some("+45 5550 0142"),
            organisation: some("Terminal 2"),
            other_open: 3,
            desk: "IT".to_owned(),
            impact: "medium".to_owned(),
            urgency: "medium".to_owned(),
            category: some("Access control / Gates"),
            service: some("Boarding gates"),
            tags: vec!["gates".to_owned(), "t2".to_owned()],
            fields: vec![("Berth".to_owned(), "T2, north".to_owned())],
            channel: "mail".to_owned(),
            created: Stamp::parse("2026-03-12T06:52:00Z").unwrap_or_default(),
            participants: vec![("duty.t2@brackwater.example".to_owned(), "cc".to_owned()), ("Mei Tanaka".to_owned(), "watcher".to_owned())],
            links: vec![
                Link {
                    link: "caused_by".to_owned(),
                    number: "CHG-318".to_owned(),
                    title: "Gate firmware 4.2".to_owned(),
                    turn: Turn::Done,
                },
                Link {
                    link: "relates_to".to_owned(),
                    number: "PRB-27".to_owned(),
                    title: "Pass signatures rotate".to_owned(),
                    turn: Turn::Us,
                },
            ],
        },
    }
}

fn new_ticket() -> NewTicketPage {
    NewTicketPage {
        desks: vec![Choice::new(1, "IT", true), Choice::new(2, "Guest care", false)],
        kinds: ["question", "incident", "request"].map(str::to_owned).to_vec(),
        requester: "rosa.marin@brackwater".to_owned(),
        kind: "incident".to_owned(),
        title: String::new(),
        body: String::new(),
        refusals: vec![("requester".to_owned(), "This is not an e-mail address.".to_owned())],
    }
}

fn pages(locale: Locale, theme: Theme) -> Vec<(&'static str, String)> {
    let here = |here: Here, path: &str| frame(locale, theme, here, path);
    let desk = here(Here::Desk(DeskId(1)), "/desk/desks/1");
    let mine = here(Here::View(View::Mine), "/desk");
    let words = Words::new(locale, "Europe/Copenhagen");
    let visitor = Frame::visitor(words.clone(), theme, "/login", now());
    let nothing =
        Inbox { title: "Guest care".to_owned(), query: String::new(), rows: Vec::new(), total: Some(0), next_cursor: None, ..inbox() };
    let first = Inbox { first_run: true, mailbox: Some("care@brackwater.example".to_owned()), ..nothing.clone() };
    let wrong = Inbox { query: "statu:open".to_owned(), refusal: Some("statu: status?".to_owned()), ..nothing.clone() };
    let entry = SignInPage {
        company: Some("Brackwater Ferries".to_owned()),
        email: "jonas.weld@brackwater.example".to_owned(),
        ..SignInPage::default()
    };
    let refused = SignInPage { refusal: Some(words.t("sign-in-refused")), ..entry.clone() };
    vec![
        ("inbox", inbox_page(&inbox(), &desk).into_string()),
        ("ticket", ticket_page(&ticket(Writing::Reply), &inbox(), &desk).into_string()),
        ("note", ticket_page(&ticket(Writing::Note), &inbox(), &desk).into_string()),
        ("empty", inbox_page(&nothing, &mine).into_string()),
        ("first", inbox_page(&first, &mine).into_string()),
        ("wrong-query", inbox_page(&wrong, &mine).into_string()),
        ("new", new_ticket_page(&new_ticket(), &here(Here::NewTicket, "/desk/new")).into_string()),
        ("views", views_page(&here(Here::Views, "/desk/views")).into_string()),
        ("me", me_page(&here(Here::Me, "/desk/me")).into_string()),
        ("sign-in", sign_in(&entry, &visitor).into_string()),
        ("sign-in-refused", sign_in(&refused, &visitor).into_string()),
        ("error", error_page(&Error::internal("sample"), &words, "4f1c09ab77d2e310").into_string()),
    ]
}

fn write(path: PathBuf, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("the folder can be made");
    fs::write(&path, bytes).expect("the file can be written");
}

fn main() {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned()));
    for name in web::assets::paths() {
        if let Some((_, body)) = web::assets::content(&name) {
            write(folder.join(web::assets::url(&name).trim_start_matches('/')), body);
        }
    }
    for locale in Locale::ALL {
        for (theme, suffix) in [(Theme::Light, ""), (Theme::Dark, "-dark")] {
            for (name, page) in pages(locale, theme) {
                write(folder.join(locale.tag()).join(format!("{name}{suffix}.html")), page);
            }
        }
    }
    println!("{}", folder.display());
}
