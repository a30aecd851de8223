use super::super::address::Mailbox;
use super::*;

const TICKET: TicketId = TicketId(7);
const ALICE: PersonId = PersonId(3);

/// Ticket 7 is INC-1042, of alice, with two messages: `one@x` is her own, `two@x` went from us to her. Its genuine token for her is
/// `good`. `named@x` was only ever named; `moved@x` an agent put into ticket 8, which is alice's too.
#[derive(Default)]
struct Desk {
    asked: Vec<String>,
}

impl LookUps for Desk {
    fn earlier(&mut self, message_id: &str) -> Result<Vec<Earlier>> {
        let one = |same_mailbox, same_content| Earlier { same_mailbox, same_content, ticket: Some(TICKET) };
        Ok(match message_id {
            "seen@x" => vec![one(true, true)],
            "seen-by-hr@x" => vec![one(false, true)],
            "borrowed@x" => vec![one(true, false)],
            _ => Vec::new(),
        })
    }
    fn by_token(&mut self, token: &str) -> Result<Option<(TicketId, PersonId)>> {
        Ok((token == "good").then_some((TICKET, ALICE)))
    }
    fn side_by_token(&mut self, token: &str) -> Result<Option<(SideId, PersonId)>> {
        Ok((token == "supplier").then_some((SideId(5), PersonId(9))))
    }
    fn side_by_message(&mut self, message_ids: &[String]) -> Result<Option<(SideId, String)>> {
        Ok(message_ids.iter().find(|id| *id == "order@x").map(|id| (SideId(5), id.clone())))
    }
    fn known(&mut self, message_ids: &[String]) -> Result<Vec<Known>> {
        if !message_ids.is_empty() {
            self.asked = message_ids.to_vec();
        }
        let found = |id: &String| match id.as_str() {
            "one@x" | "two@x" => Some(Known { ticket: TICKET, message_id: id.clone(), by: KnownBy::Message }),
            "named@x" => Some(Known { ticket: TICKET, message_id: id.clone(), by: KnownBy::Referenced }),
            "moved@x" => Some(Known { ticket: TicketId(8), message_id: id.clone(), by: KnownBy::Moved }),
            _ => None,
        };
        Ok(message_ids.iter().filter_map(found).collect())
    }
    fn by_number(&mut self, number: &str) -> Result<Option<TicketId>> {
        Ok((number == "INC-1042").then_some(TICKET))
    }
    fn participant(&mut self, _: TicketId, email: &str) -> Result<Option<PersonId>> {
        Ok((email == "alice@example.com").then_some(ALICE))
    }
    fn went_to(&mut self, email: &str, message_ids: &[String]) -> Result<bool> {
        Ok(email == "alice@example.com" && message_ids.iter().any(|id| id == "two@x"))
    }
}

fn mail(from: &str) -> ParsedMail {
    ParsedMail { from: Mailbox::new("", from), ..ParsedMail::default() }
}

fn referring(from: &str, id: &str) -> ParsedMail {
    ParsedMail { references: vec![id.into()], ..mail(from) }
}

fn decided(mail: &ParsedMail, verdict: Verdict) -> Decision {
    decide(mail, verdict, &mut Desk::default()).unwrap()
}

fn standing(mail: &ParsedMail, verdict: Verdict) -> Option<Standing> {
    match decided(mail, verdict) {
        Decision::Join { standing, .. } => Some(standing),
        _ => None,
    }
}

#[test]
fn a_genuine_reply_address_joins_before_references_and_subject() {
    let mail = ParsedMail { reply_tokens: vec!["bad".into(), "good".into()], subject: "INC-9".into(), ..mail("alice@example.com") };
    let expected = Decision::Join { ticket: TICKET, because: JoinedBecause::ReplyAddress, standing: Standing::Plausible };
    assert_eq!(decided(&mail, Verdict::None), expected);
}

#[test]
fn references_are_asked_newest_first() {
    let mail = ParsedMail {
        in_reply_to: vec!["new@x".into()],
        references: vec!["one@x".into(), "two@x".into(), "new@x".into()],
        ..mail("alice@example.com")
    };
    let mut desk = Desk::default();
    let decision = decide(&mail, Verdict::Pass, &mut desk).unwrap();
    assert_eq!(desk.asked, ["new@x", "two@x", "one@x"]);
    assert!(matches!(decision, Decision::Join { because: JoinedBecause::References { message_id }, .. } if message_id == "two@x"));
}

#[test]
fn t_m1_a_domain_that_vouches_proves_a_participant() {
    assert_eq!(standing(&referring("alice@example.com", "one@x"), Verdict::Pass), Some(Standing::Proven));
}

#[test]
fn t_m1_without_a_policy_only_what_went_to_that_very_address_speaks_for_it() {
    assert_eq!(standing(&referring("alice@example.com", "two@x"), Verdict::None), Some(Standing::Plausible));
    assert_eq!(standing(&referring("alice@example.com", "one@x"), Verdict::None), Some(Standing::Unproven));
    let numbered = ParsedMail { subject: "[INC-1042]".into(), ..mail("alice@example.com") };
    assert_eq!(standing(&numbered, Verdict::None), Some(Standing::Unproven));
}

#[test]
fn t_m1_a_mail_that_breaks_its_domains_policy_acts_for_nobody_however_it_joined() {
    let by_token = ParsedMail { reply_tokens: vec!["good".into()], ..mail("alice@example.com") };
    for mail in [by_token, referring("alice@example.com", "two@x"), referring("alice@example.com", "moved@x")] {
        assert_eq!(standing(&mail, Verdict::Fail), Some(Standing::Refused));
    }
    let numbered = ParsedMail { subject: "[INC-1042]".into(), ..mail("alice@example.com") };
    assert_eq!(decided(&numbered, Verdict::Fail), Decision::Open);
}

#[test]
fn t_m1_a_third_party_at_a_genuine_reply_address_is_a_stranger() {
    let code = ParsedMail { reply_tokens: vec!["good".into()], ..mail("noreply@thirdparty.example") };
    assert_eq!(standing(&code, Verdict::Pass), Some(Standing::Stranger));
}

#[test]
fn t_m3_an_unknown_sender_joins_a_known_thread_as_a_stranger() {
    assert_eq!(standing(&referring("mallory@evil.example", "one@x"), Verdict::Pass), Some(Standing::Stranger));
}

#[test]
fn t_m2_an_ambiguous_sender_is_refused_even_with_a_known_address() {
    let mail = ParsedMail { sender_ambiguous: true, ..referring("alice@example.com", "two@x") };
    assert_eq!(standing(&mail, Verdict::None), Some(Standing::Refused));
    assert_eq!(standing(&referring("alice@example.com", "two@x"), Verdict::Ambiguous), Some(Standing::Refused));
}

#[test]
fn a_subject_number_joins_only_from_a_participant() {
    for subject in ["[INC-1042] Printer", "Re: inc-1042", "AW: Printer #INC-1042", "Re: Принтер (INC-1042)", "回复：INC-1042打印机"]
    {
        let known = ParsedMail { subject: subject.into(), ..mail("alice@example.com") };
        assert_eq!(standing(&known, Verdict::Pass), Some(Standing::Proven), "{subject}");
        let unknown = ParsedMail { subject: subject.into(), ..mail("mallory@evil.example") };
        assert_eq!(decided(&unknown, Verdict::Pass), Decision::Open, "{subject}");
        let ambiguous = ParsedMail { sender_ambiguous: true, ..known };
        assert_eq!(decided(&ambiguous, Verdict::None), Decision::Open, "{subject}");
    }
}

#[test]
fn an_id_that_was_only_ever_named_leads_participants_and_nobody_else() {
    let late = ParsedMail { message_id: Some("named@x".into()), ..mail("alice@example.com") };
    assert!(matches!(decided(&late, Verdict::Pass), Decision::Join { because: JoinedBecause::Thread { .. }, .. }));
    let sibling = referring("alice@example.com", "named@x");
    assert!(matches!(decided(&sibling, Verdict::None), Decision::Join { because: JoinedBecause::Thread { .. }, .. }));
    assert_eq!(decided(&referring("mallory@evil.example", "named@x"), Verdict::Pass), Decision::Open);
}

#[test]
fn what_an_agent_put_right_wins_over_the_reply_address() {
    let mail = ParsedMail { reply_tokens: vec!["good".into()], ..referring("alice@example.com", "moved@x") };
    assert!(matches!(decided(&mail, Verdict::Pass), Decision::Join { ticket: TicketId(8), because: JoinedBecause::Moved { .. }, .. }));
}

#[test]
fn a_report_joins_the_ticket_of_the_message_that_bounced() {
    let report = ParsedMail { bounce_of: Some("two@x".into()), ..mail("mailer-daemon@mx.example") };
    assert!(matches!(decided(&report, Verdict::None), Decision::Join { because: JoinedBecause::Report { .. }, .. }));
    let named = ParsedMail { bounce_of: Some("named@x".into()), ..mail("mailer-daemon@mx.example") };
    assert_eq!(decided(&named, Verdict::None), Decision::Open);
}

#[test]
fn the_same_mail_again_is_a_duplicate_by_the_same_way_and_shared_by_another() {
    let again = |id: &str| ParsedMail { message_id: Some(id.into()), ..mail("alice@example.com") };
    assert_eq!(decided(&again("seen@x"), Verdict::None), Decision::Duplicate);
    assert_eq!(decided(&again("seen-by-hr@x"), Verdict::None), Decision::Share(TICKET));
}

#[test]
fn another_mail_under_a_borrowed_id_is_a_mail_of_its_own() {
    let other = ParsedMail { message_id: Some("borrowed@x".into()), ..mail("alice@example.com") };
    assert_eq!(decided(&other, Verdict::None), Decision::Open);
}

#[test]
fn what_looks_like_a_number_but_is_none_opens() {
    let other = ParsedMail { subject: "Printer COVID-19 ABC-1".into(), ..mail("alice@example.com") };
    assert_eq!(decided(&other, Verdict::Pass), Decision::Open);
}

#[test]
fn what_a_supplier_answers_stays_in_the_side_conversation() {
    let by_address = ParsedMail { reply_tokens: vec!["supplier".into()], ..referring("sales@supplier.example", "two@x") };
    let by_thread = ParsedMail { references: vec!["one@x".into(), "order@x".into()], ..mail("sales@supplier.example") };
    let bounce = ParsedMail { bounce_of: Some("order@x".into()), ..mail("mailer-daemon@mx.example") };
    for mail in [by_address, by_thread, bounce] {
        assert!(matches!(decided(&mail, Verdict::None), Decision::Side { side: SideId(5), held: false, .. }), "{mail:?}");
    }
    let forged = ParsedMail { reply_tokens: vec!["supplier".into()], ..mail("sales@supplier.example") };
    assert!(matches!(decided(&forged, Verdict::Fail), Decision::Side { held: true, .. }));
}
