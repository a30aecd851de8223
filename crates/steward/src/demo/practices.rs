//! What the company made its own after three months: a state, two forms, the words of a letter, and an account that was never switched on.

use channels::mail::fetch::{AddMailSource, Kind, SourceInput};
use channels::mail::letters::{LetterKind, Place, SaveTemplate, Source};
use kernel::{Actor, Locale, Names, Result};
use people::fields::DeclareField;
use people::forms::PublishForm;
use people::practice::PublishPractice;
use people::settings::form::{Audience, Compared, Condition, Item, Layout, Required, Section, Term};
use people::settings::{FieldType, Shape, Status, Transition};
use people::{Command, Context, ServiceDesk, Settings};

use super::company::desk_called;
use super::fields::{BOOKING, INVOICE, QUAY, SHIP};
use super::unknown;

const BERTH: &str = "on_board";
const CAUSE: &str = "cause";
const PARTS: &str = "waiting_for_parts";
/// The states from which an incident comes to wait for parts, and to which it goes on.
const BEFORE_PARTS: [&str; 4] = ["new", "open", "pending", "on_hold"];
const AFTER_PARTS: [&str; 3] = ["open", "on_hold", "resolved"];

/// Sets it up as the administrator.
pub(super) fn set_up(cx: &mut Context<'_, '_>, desk: &ServiceDesk, administrator: &Actor) -> Result<()> {
    let settings = Settings::load(cx.tx)?;
    cx.acting_as(administrator, &settings, declare_fields)?;
    let settings = Settings::load(cx.tx)?;
    cx.acting_as(administrator, &settings, |cx| {
        publish_forms(cx)?;
        publish_states(cx)?;
        word_letter(cx)?;
        add_account(cx, desk)
    })
}

fn names(all: [(&str, &str); 6]) -> Names {
    all.into_iter().map(|(tag, name)| (tag.to_owned(), name.to_owned())).collect()
}

fn declare_fields(cx: &mut Context<'_, '_>) -> Result<()> {
    let labels = names([
        ("en", "Where on board"),
        ("vi", "Vị trí trên tàu"),
        ("ro", "Unde la bord"),
        ("lv", "Kur uz kuģa"),
        ("ru", "Где на борту"),
        ("zh-Hans", "船上位置"),
    ]);
    let help = names([
        ("en", "Deck and cabin, or what is next to it."),
        ("vi", "Tầng và buồng, hoặc nơi gần đó."),
        ("ro", "Puntea și cabina, sau ce se află lângă."),
        ("lv", "Klājs un kajīte, vai kas ir blakus."),
        ("ru", "Палуба и каюта или что находится рядом."),
        ("zh-Hans", "甲板和舱房号，或附近的标志物。"),
    ]);
    let berth = DeclareField {
        desk: None,
        kind: Some("question".into()),
        category: None,
        key: BERTH.into(),
        label: "Where on board".into(),
        field_type: FieldType::Text,
        options: Vec::new(),
        required: false,
        shape: Shape { labels, help, ..Shape::default() },
    };
    let causes = ["Hardware", "Software", "Network", "Supplier", "Handling"];
    let cause = DeclareField {
        kind: Some("problem".into()),
        key: CAUSE.into(),
        label: "Cause".into(),
        field_type: FieldType::Choice,
        options: causes.map(str::to_owned).to_vec(),
        shape: Shape {
            labels: names([
                ("en", "Cause"),
                ("vi", "Nguyên nhân"),
                ("ro", "Cauza"),
                ("lv", "Cēlonis"),
                ("ru", "Причина"),
                ("zh-Hans", "原因"),
            ]),
            ..Shape::default()
        },
        ..berth.clone()
    };
    berth.run(cx)?;
    cause.run(cx)?;
    Ok(())
}

fn item(field: &str) -> Item {
    Item { field: field.to_owned(), ..Item::default() }
}

fn publish_forms(cx: &mut Context<'_, '_>) -> Result<()> {
    let aboard = Condition { any: false, terms: vec![Term { field: SHIP.into(), is: Compared::Filled, values: Vec::new() }] };
    let place =
        names([("en", "Where it is"), ("vi", "Ở đâu"), ("ro", "Unde este"), ("lv", "Kur tas ir"), ("ru", "Где это"), ("zh-Hans", "地点")]);
    let papers =
        names([("en", "Papers"), ("vi", "Giấy tờ"), ("ro", "Documente"), ("lv", "Dokumenti"), ("ru", "Документы"), ("zh-Hans", "单据")]);
    let question = Layout {
        sections: vec![
            Section { title: place.clone(), items: vec![item(SHIP), Item { when: Some(aboard), ..item(BERTH) }, item(QUAY)] },
            Section { title: papers, items: vec![item(BOOKING), item(INVOICE)] },
        ],
    };
    let cause = Item { required: Required::Resolved, audience: Audience::Agents, ..item(CAUSE) };
    let problem = Layout { sections: vec![Section { title: place, items: vec![item(SHIP), item(QUAY), cause] }] };
    for (kind, layout) in [("question", question), ("problem", problem)] {
        PublishForm { kind: kind.into(), category: None, expected_version: None, layout }.run(cx)?;
    }
    Ok(())
}

/// Version 2 of incidents: one may wait for parts. What runs goes on by version 1 until somebody takes it along.
fn publish_states(cx: &mut Context<'_, '_>) -> Result<()> {
    let mut practice = cx.settings.practices.get("incident").cloned().ok_or_else(|| unknown("kind", "incident"))?;
    let names = names([
        ("en", "Waiting for parts"),
        ("vi", "Chờ linh kiện"),
        ("ro", "Așteaptă piese"),
        ("lv", "Gaida rezerves daļas"),
        ("ru", "Ждём запчасти"),
        ("zh-Hans", "等待备件"),
    ]);
    let at = practice.statuses.iter().position(|status| status.turn == "done").unwrap_or(practice.statuses.len());
    practice.statuses.insert(at, Status { word: PARTS.into(), turn: "third_party".into(), names });
    practice.transitions.extend(BEFORE_PARTS.map(|from| Transition { comment: true, ..Transition::plain(from, PARTS) }));
    practice.transitions.extend(AFTER_PARTS.map(|to| Transition::plain(PARTS, to)));
    let remark = Some("Spare parts for the gates take days: they get a state of their own".to_owned());
    PublishPractice { kind: "incident".into(), practice: Some(practice), expected_version: None, remark }.run(cx)?;
    Ok(())
}

fn word_letter(cx: &mut Context<'_, '_>) -> Result<()> {
    let place = Place { desk: Some(desk_called(cx.settings, "finance")?), kind: LetterKind::Acknowledgement, locale: Locale::En };
    let text =
        "Hello,\n\nyour message has reached {{ desk }} as {{ number }}. Invoices that arrive by Wednesday are paid on Friday of the \
                same week.\n\nBrackwater Ferries, {{ desk }}"
            .to_owned();
    let source = Source { subject: "[{{ number }}] We have your message".into(), text: Some(text), html: None };
    SaveTemplate { place, expected_version: None, source }.run(cx)
}

/// Nothing is fetched: it is switched off.
fn add_account(cx: &mut Context<'_, '_>, desk: &ServiceDesk) -> Result<()> {
    let finance = desk_called(cx.settings, "finance")?;
    let mailbox = cx.settings.mailboxes.iter().find(|mailbox| mailbox.desk == finance).map(|mailbox| mailbox.id);
    let input = SourceInput {
        mailbox,
        kind: Some(Kind::Imap),
        host: Some("imap.brackwater.example".into()),
        user: Some("accounts-archive".into()),
        folders: Some(vec!["INBOX".into(), "Invoices".into()]),
        active: Some(false),
        ..SourceInput::default()
    };
    AddMailSource { desk: desk.clone(), input }.run(cx)?;
    Ok(())
}
