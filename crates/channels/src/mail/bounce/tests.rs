use super::super::Automatic;
use super::super::parse::{ParsedMail, parse};
use super::*;

fn report(recipient: &str, action: Action, status: Option<&str>, diagnostic: Option<&str>) -> DeliveryReport {
    DeliveryReport {
        final_recipient: recipient.into(),
        original_recipient: None,
        action,
        status: status.map(str::to_owned),
        diagnostic: diagnostic.map(str::to_owned),
    }
}

fn dsn(status: &str) -> ParsedMail {
    parse(format!("From: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n{status}\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <reply.1@desk.example>\n\nx\n--b--\n").as_bytes())
}

#[test]
fn each_recipient_of_a_report_is_told() {
    let mail = dsn(
        "Reporting-MTA: dns; mx.example\nArrival-Date: x\n\nFinal-Recipient: rfc822; Gone@Customer.example\nOriginal-Recipient: rfc822;info@customer.example\nAction: failed\nStatus: 5.1.1 (no such user)\nDiagnostic-Code: smtp; 550 5.1.1\n  No such user\n\nFinal-Recipient: rfc822;<slow@customer.example>\nAction: Delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822; fine@customer.example\nAction: delivered\nStatus: 2.0.0\n",
    );
    assert_eq!(mail.bounce_of.as_deref(), Some("reply.1@desk.example"));
    let mut first = report("gone@customer.example", Action::Failed, Some("5.1.1"), Some("550 5.1.1 No such user"));
    first.original_recipient = Some("info@customer.example".into());
    assert_eq!(
        mail.reports,
        [
            first,
            report("slow@customer.example", Action::Delayed, Some("4.4.1"), None),
            report("fine@customer.example", Action::Delivered, Some("2.0.0"), None)
        ]
    );
    assert_eq!(mail.reports.iter().map(DeliveryReport::is_permanent).collect::<Vec<_>>(), [true, false, false]);
}

#[test]
fn a_report_with_fields_missing_or_strange_is_read_as_far_as_it_goes() {
    for (status, expected) in [
        (
            "Final-Recipient: gone@customer.example\nStatus: 5.0.0",
            vec![report("gone@customer.example", Action::Failed, Some("5.0.0"), None)],
        ),
        (
            "Original-Recipient: rfc822;gone@customer.example\nAction: failed (bad)",
            vec![report("gone@customer.example", Action::Failed, None, None)],
        ),
        (
            "Reporting-MTA: dns;x\nFinal-Recipient: rfc822;gone@customer.example\nAction: failed",
            vec![report("gone@customer.example", Action::Failed, None, None)],
        ),
        ("Final-Recipient: rfc822; nonsense\nAction: failed", vec![]),
    ] {
        assert_eq!(dsn(status).reports, expected, "{status}");
    }
    assert!(dsn(&"Final-Recipient: rfc822;a@b.c\n\n".repeat(10_000)).reports.len() <= RECIPIENTS_MAX);
    let many: String = (0..5_000).map(|n| format!("Final-Recipient: rfc822;p{n}@b.c\nAction: failed\n\n")).collect();
    assert_eq!(dsn(&many).reports.len(), RECIPIENTS_MAX);
}

#[test]
fn reports_without_parts_tell_the_address_and_the_reason() {
    for (name, raw, expected) in [
        (
            "Exim",
            "Return-path: <>\nFrom: Mail Delivery System <Mailer-Daemon@mx.example>\nTo: help@desk.example\nX-Failed-Recipients: bob@customer.example\nSubject: Mail delivery failed: returning message to sender\n\nThis message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients.\n\n  bob@customer.example\n    host mx.customer.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO: 550 5.1.1 unknown user\n\n------ This is a copy of the message, including all the headers. ------\n\nFrom: help@desk.example\nTo: other@customer.example\nMessage-ID: <reply.2@desk.example>\n",
            report(
                "bob@customer.example",
                Action::Failed,
                Some("5.1.1"),
                Some("host mx.customer.example [192.0.2.1] SMTP error from remote mail server after RCPT TO: 550 5.1.1 unknown user"),
            ),
        ),
        (
            "qmail",
            "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: failure notice\n\nHi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<bob@customer.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <help@desk.example>\nMessage-ID: <reply.2@desk.example>\nTo: bob@customer.example\n",
            report("bob@customer.example", Action::Failed, Some("5.1.1"), Some("Sorry, no mailbox here by that name. (#5.1.1)")),
        ),
        (
            "Gmail",
            "Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: help@desk.example\nSubject: Delivery Status Notification (Failure)\n\n** Address not found **\n\nYour message wasn't delivered to bob@customer.example because the address couldn't be found.\n\nThe response was:\n550 5.1.1 The email account does not exist.\n\n----- Original message -----\nMessage-ID: <reply.2@desk.example>\n",
            report(
                "bob@customer.example",
                Action::Failed,
                Some("5.1.1"),
                Some("The response was: 550 5.1.1 The email account does not exist."),
            ),
        ),
        (
            "Exchange",
            "From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@customer.example>\nTo: help@desk.example\nSubject: Undeliverable: Re: Access\n\nDelivery has failed to these recipients or groups:\n\nbob@customer.example (bob@customer.example)\nThe email address you entered couldn't be found.\n\nDiagnostic information for administrators:\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'\n\nOriginal message headers:\n\nMessage-ID: <reply.2@desk.example>\n",
            report(
                "bob@customer.example",
                Action::Failed,
                Some("5.1.10"),
                Some("(bob@customer.example) The email address you entered couldn't be found."),
            ),
        ),
        (
            "Mail.ru",
            "Return-path: <>\nFrom: Mail Delivery System <Mailer-Daemon@corp.mail.ru>\nTo: help@desk.example\nSubject: Недоставленное сообщение\n\nЭто сообщение создано автоматически.\nНе удалось доставить сообщение следующим получателям:\n\n  bob@customer.example\n    550 Message was not accepted -- invalid mailbox.\n\nMessage-ID: <reply.2@desk.example>\n",
            report("bob@customer.example", Action::Failed, None, Some("550 Message was not accepted -- invalid mailbox.")),
        ),
        (
            "163",
            "From: Postmaster@163.com\nTo: help@desk.example\nSubject: 系统退信\n\n抱歉，您的邮件被退回来了……\n收件人：bob@customer.example\n退信原因： 收件人不存在 550 User not found\nMessage-ID: <reply.2@desk.example>\n",
            report(
                "bob@customer.example",
                Action::Failed,
                None,
                Some("退信原因： 收件人不存在 550 User not found Message-ID: <reply.2@desk.example>"),
            ),
        ),
        (
            "a delay",
            "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: help@desk.example\nSubject: Warning: message delayed 24 hours\n\nA message that you sent has not yet been delivered to\n\n  bob@customer.example\n\nMessage-ID: <reply.2@desk.example>\n",
            report("bob@customer.example", Action::Delayed, None, Some("Message-ID: <reply.2@desk.example>")),
        ),
    ] {
        let mail = parse(raw.as_bytes());
        assert_eq!(mail.automatic, Some(Automatic::Report), "{name}");
        assert_eq!(mail.bounce_of.as_deref(), Some("reply.2@desk.example"), "{name}");
        assert_eq!(mail.reports, [expected], "{name}");
    }
}

#[test]
fn a_receipt_is_no_failure() {
    let mail = parse(b"From: bob@customer.example\nTo: help@desk.example\nSubject: Read: Access\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nYour message to help@desk.example was read by bob@customer.example.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;bob@customer.example\nOriginal-Message-ID: <reply.3@desk.example>\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--\n");
    assert_eq!((mail.automatic, mail.bounce_of.as_deref(), mail.reports.len()), (Some(Automatic::Report), Some("reply.3@desk.example"), 0));
}

#[test]
fn the_status_of_a_report_is_shown_where_it_says_nothing_else() {
    let mail = parse(b"From: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822;a@b.c\nAction: failed\n--b--\n");
    assert!(mail.text.contains("Final-Recipient: rfc822;a@b.c"), "{}", mail.text);
}
