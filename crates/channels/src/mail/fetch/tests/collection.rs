use super::fake_imap::FakeImap;
use super::*;
use crate::mail::corpus_tests;

#[test]
fn each_odd_message_comes_from_imap_as_it_is() {
    one(async |bench| {
        let server = FakeImap::start().await;
        let mut sent = corpus_tests::every_form();
        for raw in &sent {
            server.put("INBOX", raw.clone());
        }
        let mut visitor = bench.visitor(bench.add(Kind::Imap, server.port, SourceInput::default()).await).await;
        visitor.until_done().await;
        let mut taken = bench.taken().await;
        assert_eq!(taken.len(), sent.len());
        taken.sort();
        sent.sort();
        // What is stored is read as what comes from a file is, and that is compared with what should be read.
        assert!(taken == sent);
    });
}
