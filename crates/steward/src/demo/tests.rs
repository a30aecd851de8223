use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use channels::mail::outbound::Queue;
use desk::conversation::{AddMessage, Basis, Body};
use desk::linking;
use journal::Runner;
use kernel::{Access, PersonId, TicketId};
use people::policy::{self, Scope};
use people::session::rows::access_of;
use store::testing::Fixture;
use store::{Db, values};

use super::texts::MessageKind;
use super::*;

/// A filled demo that tests only read.
struct Filled {
    desk: ServiceDesk,
    _fixture: Fixture,
}

/// The filled demo, shared by the tests that run at the same time and removed with the last of them.
fn shared() -> Arc<Filled> {
    static SHARED: Mutex<Weak<Filled>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    shared.upgrade().unwrap_or_else(|| {
        let fixture = Fixture::sqlite();
        let (desk, summary) = filled(&fixture);
        assert!(summary.filled);
        let made = Arc::new(Filled { desk, _fixture: fixture });
        *shared = Arc::downgrade(&made);
        made
    })
}

impl Filled {
    fn read<T: Send + 'static>(&self, job: impl FnOnce(&mut Db<'_>) -> Result<T> + Send + 'static) -> T {
        self.desk.store().read_blocking(job).unwrap()
    }
    fn count(&self, sql: &'static str) -> i64 {
        self.read(move |db| db.query_one(sql, values![], |row| row.get(0)))
    }
    fn person(&self, email: &'static str) -> (PersonId, Access) {
        person_called(&self.desk, email)
    }
}

fn person_called(desk: &ServiceDesk, email: &'static str) -> (PersonId, Access) {
    let found = desk.store().read_blocking(move |db| {
        let id = person::rows::id_of(db, email)?.unwrap();
        Ok((id, access_of(db, id, kernel::Via::Console)?.unwrap()))
    });
    found.unwrap()
}

fn filled(fixture: &Fixture) -> (ServiceDesk, DemoSummary) {
    let desk = ServiceDesk::open(fixture.store().clone()).unwrap();
    let summary = blocking(fill(&desk)).unwrap();
    (desk, summary)
}

fn blocking<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

#[test]
fn everything_written_is_named_rightly_and_said_once() {
    let tale = Tale::read().unwrap();
    let mut titles = HashSet::new();
    let mut bodies = HashSet::new();
    for story in &tale.stories {
        let text = &story.text;
        assert!(titles.insert(text.title.as_str()), "{}", text.title);
        assert!(text.message.iter().all(|message| bodies.insert(message.text.trim())), "a body is repeated in {}", text.title);
        assert!(text.message[0].kind == MessageKind::Inbound && text.message[0].by == text.requester, "{}", text.title);
        let writers = text.message.iter().filter(|message| message.kind == MessageKind::Inbound).map(|message| &message.by);
        assert!(writers.clone().all(|by| *by == text.requester || text.cc.contains(by)), "a stranger writes in {}", text.title);
        for message in text.message.iter().filter(|message| message.kind != MessageKind::Inbound) {
            let agent = tale.company.agent.iter().find(|agent| agent.who.key == message.by).unwrap();
            assert!(agent.desks.contains(&text.desk), "{} answers in {}", message.by, text.title);
        }
    }
    let extras = &tale.extras;
    for title in extras.r#override.iter().map(|one| &one.title).chain(extras.link.iter().flat_map(|link| [&link.ticket, &link.target])) {
        assert!(titles.contains(title.as_str()), "{title}");
    }
    for file in &extras.file {
        let story = tale.story(&file.title).unwrap_or_else(|| panic!("{}", file.title));
        assert!(file.message < tale.stories[story].text.message.len(), "{}", file.name);
    }
    let keys: HashSet<&str> = tale
        .company
        .agent
        .iter()
        .map(|one| &one.who)
        .chain(tale.company.requester.iter().map(|one| &one.who))
        .map(|who| who.key.as_str())
        .collect();
    assert!(
        extras
            .managers
            .iter()
            .chain(&extras.vip)
            .chain(extras.leads.values())
            .chain([&extras.administrator])
            .all(|key| keys.contains(key.as_str()))
    );
}

#[test]
fn the_company_has_sixty_people_four_desks_and_four_hundred_tickets() {
    let demo = shared();
    let again = blocking(fill(&demo.desk)).unwrap();
    assert_eq!((again.people, again.desks, again.tickets), (60, 4, 400));
    assert_eq!(demo.count("SELECT count(*) FROM person"), 60);
    assert_eq!(demo.count("SELECT count(*) FROM credential"), 60);
    assert_eq!(demo.count("SELECT count(*) FROM desk"), 4);
    assert_eq!(demo.count("SELECT count(*) FROM mailbox"), 4);
    assert_eq!(demo.count("SELECT count(*) FROM ticket"), 400);
    assert_eq!(demo.count("SELECT count(*) FROM message"), i64::try_from(again.messages).unwrap());
    assert_eq!(demo.count("SELECT count(DISTINCT language) FROM ticket"), 6);
    let names: Vec<&str> = again.sign_ins.iter().map(|one| one.role).collect();
    assert_eq!(names, ["administrator", "agent", "requester"]);
}

#[test]
fn every_ticket_ends_as_its_conversation_does() {
    let demo = shared();
    let tale = Tale::read().unwrap();
    let found: BTreeMap<String, (String, String, Option<PersonId>, Option<i64>)> = demo.read(|db| {
        let rows = db.query("SELECT title, status, turn, assignee_id, first_reply_at FROM ticket", values![], |row| {
            Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        })?;
        Ok(rows.into_iter().collect())
    });
    let mut turns: BTreeMap<&str, usize> = BTreeMap::new();
    for story in &tale.stories {
        let (status, turn, assignee, replied) = &found[&story.text.title];
        assert_eq!(*status, story.text.status, "{}", story.text.title);
        assert_eq!(assignee.is_some(), story.text.assignee.is_some(), "{}", story.text.title);
        let answered = story.text.message.iter().any(|message| message.kind == MessageKind::Reply);
        assert_eq!(replied.is_some(), answered, "{}", story.text.title);
        *turns.entry(turn).or_default() += 1;
    }
    assert!(["us", "requester", "third_party", "done"].iter().all(|turn| turns[turn] >= 20), "{turns:?}");
    assert_eq!(demo.count("SELECT count(*) FROM ticket WHERE turn = 'done' AND (resolution_code IS NULL OR resolved_at IS NULL)"), 0);
    assert_eq!(demo.count("SELECT count(*) FROM ticket WHERE status = 'closed' AND closed_at <= resolved_at"), 0);
}

#[test]
fn times_and_numbers_rise_and_nothing_lies_in_the_future() {
    let demo = shared();
    let now = demo.desk.clock().now();
    let times: Vec<(String, Stamp, Stamp)> = demo.read(|db| {
        db.query("SELECT number, created_at, updated_at FROM ticket ORDER BY id", values![], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
    });
    assert!(times.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    assert!(times.iter().all(|(_, created, updated)| created <= updated && *updated < now));
    assert!(now - times[0].1 > Span::days(80) && now - times[399].1 < Span::days(1));
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    for (number, _, _) in times {
        let (prefix, number) = number.split_once('-').unwrap();
        let before = last.insert(prefix.to_owned(), number.parse().unwrap()).unwrap_or(0);
        assert_eq!(last[prefix], before + 1);
    }
    let facts: Vec<Stamp> = demo.read(|db| db.query("SELECT at FROM journal ORDER BY position", values![], |row| row.get(0)));
    assert!(facts.len() > 2_500 && facts.windows(2).all(|pair| pair[0] <= pair[1]));
}

#[test]
fn the_journal_verifies_and_tells_who_did_what() {
    let demo = shared();
    assert!(demo.read(journal::verify).is_whole());
    let kinds: BTreeSet<String> =
        demo.read(|db| db.query("SELECT DISTINCT kind FROM journal", values![], |row| row.get(0))).into_iter().collect();
    for kind in [
        "ticket.opened",
        "ticket.changed",
        "ticket.moved",
        "ticket.tagged",
        "ticket.linked",
        "participant.added",
        "message.added",
        "file.uploaded",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
    assert_eq!(demo.count("SELECT count(*) FROM journal WHERE kind = 'message.added' AND person_id IS NULL"), 0);
}

#[test]
fn nobody_is_sent_mail_for_what_the_demo_tells() {
    let fixture = Fixture::sqlite();
    let (desk, _) = filled(&fixture);
    let waiting = |desk: &ServiceDesk| {
        desk.store().read_blocking(|db| db.query_one("SELECT count(*) FROM outgoing", values![], |row| row.get::<i64>(0))).unwrap()
    };
    let queue = Runner::new(desk.store(), Box::new(Queue::new(desk.clone(), None)));
    queue.catch_up().unwrap();
    assert_eq!(waiting(&desk), 0);
    // What happens from now on is written of.
    let jonas = person_called(&desk, "jonas@brackwater.example").1;
    let reply = desk
        .store()
        .read_blocking(|db| {
            let sql =
                "SELECT t.id FROM ticket t JOIN desk d ON d.id = t.desk_id WHERE d.key = 'it' AND t.status = 'open' ORDER BY t.id LIMIT 1";
            db.query_one(sql, values![], |row| row.get::<TicketId>(0))
        })
        .map(|ticket| AddMessage {
            ticket,
            basis: Basis::ANY,
            note: false,
            body: Body::text("It is mended."),
            cc: Vec::new(),
            attachments: Vec::new(),
            recipients: None,
            mentions: Vec::new(),
            overtaken: false,
            channel: "desk",
        })
        .unwrap();
    desk.execute_blocking(&Actor::Person(jonas.into()), reply).unwrap();
    queue.catch_up().unwrap();
    assert!(waiting(&desk) > 0);
}

#[test]
fn tickets_have_what_agents_add() {
    let demo = shared();
    assert_eq!(demo.count("SELECT count(*) FROM ticket WHERE priority_reason IS NOT NULL"), 9);
    assert_eq!(demo.count("SELECT count(*) FROM ticket_link"), 26);
    assert_eq!(demo.count("SELECT count(*) FROM attachment WHERE message_id IS NOT NULL"), 10);
    assert!(demo.count("SELECT count(*) FROM participant WHERE role = 'watcher'") >= 20);
    assert!(demo.count("SELECT count(*) FROM participant WHERE role = 'cc'") > 20);
    for field in ["ship", "quay", "booking", "invoice"] {
        let having = demo.read(move |db| {
            let like = format!("%\"{field}\"%");
            db.query_one("SELECT count(*) FROM ticket WHERE fields LIKE ?1", values![like], |row| row.get::<i64>(0))
        });
        assert!(having >= 8, "{field}: {having}");
    }
    let pairs: Vec<TicketId> =
        demo.read(|db| db.query("SELECT ticket_id FROM ticket_link WHERE kind = 'duplicated_by'", values![], |row| row.get(0)));
    let other = pairs[0];
    assert!(demo.read(move |db| linking::rows::of_ticket(db, other)).iter().any(|link| link.kind == "duplicated_by"));
}

#[test]
fn the_people_shown_can_do_what_their_role_says() {
    let demo = shared();
    let (tomas, jonas, rosa) =
        (demo.person("tomas@brackwater.example").1, demo.person("jonas@brackwater.example").1, demo.person("rosa@brackwater.example").1);
    assert!(tomas.admin && !jonas.admin && jonas.agent_of.len() == 1 && !rosa.is_staff());
    assert_eq!(policy::visible_to(&Actor::Person(tomas.into())), Scope::All);
    let (id, _) = demo.person("rosa@brackwater.example");
    let hash = demo.read(move |db| Ok(person::rows::credential(db, id)?.unwrap().0));
    assert!(person::password::verify(PASSWORD, Some(&hash)).unwrap());
    let (_, manager) = demo.person("cristina@dunarea-cargo.example");
    assert_eq!(manager.manager_of.len(), 1);
}

#[test]
fn a_second_start_does_not_fill_again() {
    let demo = shared();
    let facts = demo.count("SELECT count(*) FROM journal");
    assert!(!blocking(fill(&demo.desk)).unwrap().filled);
    let restarted = ServiceDesk::open(demo.desk.store().clone()).unwrap();
    assert!(is_demo(&restarted.settings()));
    assert!(!blocking(fill(&restarted)).unwrap().filled);
    assert_eq!(demo.count("SELECT count(*) FROM journal"), facts);
}

#[test]
fn another_desk_is_never_filled_with_the_demo() {
    let fixture = Fixture::sqlite();
    let desk = ServiceDesk::open(fixture.store().clone()).unwrap();
    let own = people::desks::SaveDesk { name: Some("Ours".into()), ..people::desks::SaveDesk::default() };
    desk.execute_blocking(&DEMO, own).unwrap();
    assert!(blocking(fill(&desk)).unwrap_err().to_string().contains("fresh"));
    assert!(!is_demo(&desk.settings()) && desk.settings().desks.len() == 1);
}

#[test]
fn the_demo_is_the_same_every_time_and_on_both_databases() {
    let told = |fixture: &Fixture| {
        let (desk, _) = filled(fixture);
        assert!(is_demo(&desk.settings()));
        desk.store()
            .read_blocking(|db| {
                let sql = "SELECT number, title, status, priority, created_at, updated_at, version FROM ticket ORDER BY id";
                db.query(sql, values![], |row| {
                    let words: (String, String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                    Ok((words, row.get::<Stamp>(4)?, row.get::<Stamp>(5)?, row.get::<i64>(6)?))
                })
            })
            .unwrap()
    };
    let first = told(&Fixture::sqlite());
    assert_eq!(first.len(), 400);
    assert!(first == told(&Fixture::postgres()));
}
