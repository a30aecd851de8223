//! The whole worker: new mail wakes it, two nodes share the accounts, and it stops when told.

use std::time::Duration;

use store::Store;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::fake_imap::{FakeImap, USUAL};
use super::fake_pop3::FakePop3;
use super::*;
use crate::mail::fetch::source::Afterwards;

fn pace() -> Pace {
    let short = Duration::from_millis(20);
    Pace { poll: short, idle: Duration::from_secs(60), pause: short, pause_max: short }
}

struct Working {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Working {
    fn start(desk: &ServiceDesk) -> Self {
        let (stop, stopped) = watch::channel(false);
        let fetcher = Fetcher::paced(desk.clone(), &settings(), pace());
        Self { stop, task: tokio::spawn(fetcher.run(stopped)) }
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        timeout(Duration::from_secs(20), self.task).await.unwrap().unwrap();
    }
}

impl Bench {
    async fn until_taken(&self, count: usize) {
        self.until(async || self.taken().await.len() >= count).await;
        assert_eq!(self.taken().await.len(), count, "{:?}", self.subjects().await);
    }

    async fn until(&self, holds: impl AsyncFn() -> bool) {
        let mut changes = self.desk.store().subscribe();
        let waiting = async {
            while !holds().await {
                Store::next_change(&mut changes, Duration::from_millis(50)).await;
            }
        };
        if timeout(Duration::from_secs(60), waiting).await.is_err() {
            panic!("it did not come to that; taken: {:?}", self.subjects().await);
        }
    }
}

#[test]
fn new_mail_wakes_the_worker_whether_the_server_tells_of_it_or_not() {
    both(async |bench| {
        let (telling, silent, pop) = (FakeImap::start().await, FakeImap::start().await, FakePop3::start().await);
        silent.with(|state| state.capabilities = USUAL.replace("IDLE ", ""));
        let folders = Some(vec!["INBOX".to_owned(), "Second".to_owned()]);
        telling.with(|state| state.shelves.insert("Second".to_owned(), state.shelves["INBOX"].clone()));
        bench.add(Kind::Imap, telling.port, SourceInput { folders, ..SourceInput::default() }).await;
        bench.add(Kind::Imap, silent.port, SourceInput::default()).await;
        bench.add(Kind::Pop3, pop.port, SourceInput::default()).await;
        let working = Working::start(&bench.desk);
        bench.until(async || telling.said("IDLE") >= 2 && silent.said("NOOP") >= 1 && pop.said("QUIT") >= 1).await;
        telling.put("INBOX", mail("told"));
        telling.put("Second", mail("told of another folder"));
        silent.put("INBOX", mail("found"));
        pop.put("u1", mail("dropped"));
        bench.until_taken(4).await;
        telling.put("INBOX", mail("told again"));
        bench.until_taken(5).await;
        working.stop().await;
        assert!(telling.said("IDLE") >= 3, "the same conversation goes on after each message");
    });
}

/// Servers tell what came during a command at its end, and then never again.
#[test]
fn mail_that_comes_while_a_search_is_answered_does_not_wait_for_the_next() {
    one(async |bench| {
        let server = FakeImap::start().await;
        server.with(|state| state.faults.during_search = Some(mail("meanwhile")));
        bench.add(Kind::Imap, server.port, SourceInput::default()).await;
        let working = Working::start(&bench.desk);
        bench.until_taken(1).await;
        working.stop().await;
        assert_eq!(server.with(|state| state.conversations), 1);
    });
}

#[test]
fn an_account_is_fetched_from_as_soon_as_it_is_added_and_not_any_more_when_it_is_gone() {
    both(async |bench| {
        let server = FakeImap::start().await;
        let working = Working::start(&bench.desk);
        let id = bench.add(Kind::Imap, server.port, SourceInput { password: Some("wrong".to_owned()), ..SourceInput::default() }).await;
        let problem = async || bench.desk.read(move |db| rows::folder(db, id, "INBOX")).await.unwrap().and_then(|state| state.problem);
        bench.until(async || problem().await.as_deref() == Some("sign_in_refused")).await;
        let input = SourceInput { password: Some("s3cret".to_owned()), ..SourceInput::default() };
        server.put("INBOX", mail("one"));
        bench.run(ChangeMailSource { desk: bench.desk.clone(), id, expected_version: Some(1), input }).await.unwrap();
        bench.until_taken(1).await;
        bench.until(async || problem().await.is_none()).await;
        bench.run(RemoveMailSource { id }).await.unwrap();
        let conversations = server.with(|state| state.conversations);
        server.put("INBOX", mail("two"));
        working.stop().await;
        assert_eq!((bench.taken().await.len(), server.with(|state| state.conversations)), (1, conversations));
        assert!(bench.desk.read(move |db| rows::folders(db, id)).await.unwrap().is_empty());
    });
}

#[test]
fn of_two_nodes_one_fetches_from_an_account_and_no_message_comes_twice() {
    let fixture = Fixture::postgres();
    let second = fixture.second();
    on(fixture.store(), &async |bench: &Bench| {
        let server = FakeImap::start().await;
        for n in 0..300 {
            server.put("INBOX", mail(&format!("n{n}")));
        }
        let input = SourceInput { afterwards: Some(Afterwards::Delete), ..SourceInput::default() };
        bench.add(Kind::Imap, server.port, input).await;
        let other = ServiceDesk::open(second.clone()).unwrap();
        let nodes = [Working::start(&bench.desk), Working::start(&other)];
        bench.until_taken(300).await;
        bench.until(async || server.count("INBOX") == 0 && server.said("IDLE") > 0).await;
        assert_eq!(server.with(|state| state.conversations), 1, "the other node keeps away");
        for node in nodes {
            node.stop().await;
        }
    });
    second.close();
}
