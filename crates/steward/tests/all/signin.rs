//! Coming in with all its steps: second factor, links by mail, sessions, set-up. Each class of attack under its name.

use kernel::{PersonId, Span};
use people::once::{self, Purpose};
use people::person::{AddPerson, EnablePerson, RoleSet};
use people::second_factor::{RequireSecondFactor, ResetSecondFactor};
use testkit::{Answer, BASE, MailTrap, PASSWORD, Role, TestDesk, Trapped, password_hash};
use totp_rs::{Builder, Secret};

use crate::house::{both, one};

const FOUND_AGAIN: &str = "found again at last";

/// Somebody of their own, so that what is counted by address is not shared between tests.
fn somebody(desk: &TestDesk, what: &str) -> (PersonId, String) {
    let email = format!("{what}.{:?}@in.example", desk.dialect()).to_lowercase();
    let add = AddPerson { emails: vec![email.clone()], password_hash: Some(password_hash()), ..AddPerson::default() };
    (desk.execute(AddPerson { roles: RoleSet { desks: vec![desk.it], ..RoleSet::default() }, ..add }), email)
}

fn cookie(answer: &Answer, name: &str) -> String {
    let set = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let found = set.filter_map(|line| line.strip_prefix(&format!("{name}="))).filter_map(|rest| rest.split(';').next()).next();
    found.unwrap_or_else(|| panic!("no {name}: {} {}", answer.status, answer.text())).to_owned()
}

const SESSION: &str = "__Host-steward";
const STEP: &str = "__Host-steward-step";

fn login(desk: &TestDesk, email: &str, password: &str) -> Answer {
    desk.anonymous().form("/login", &[("email", email), ("password", password)])
}

/// Posts as somebody between password and session.
fn step(desk: &TestDesk, secret: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    desk.anonymous().with("cookie", format!("{STEP}={secret}")).form(path, fields)
}

fn confirmed(desk: &TestDesk, session: &str) -> String {
    let answer = desk.with_session(session).form("/me/confirm", &[("password", PASSWORD), ("back", "/me/app")]);
    assert_eq!((answer.status, answer.header("location")), (303, "/me/app".to_owned()), "{}", answer.text());
    cookie(&answer, SESSION)
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split(from).nth(1).and_then(|rest| rest.split(to).next()).unwrap_or_else(|| panic!("no {from} in {text}"))
}

/// The code of this moment, and those around it.
fn code(desk: &TestDesk, secret: &str, steps: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let now = desk.desk.clock().now() + Span::seconds(30 * steps);
    Builder::new().with_secret(secret).build().unwrap().generate(u64::try_from(now.seconds()).unwrap()).to_string()
}

/// Sets an app up; the secret, the recovery codes and the session.
fn enrolled(desk: &TestDesk, email: &str) -> (String, Vec<String>, String) {
    let session = confirmed(desk, &cookie(&login(desk, email, PASSWORD), SESSION));
    let page = desk.with_session(&session).get("/me/app").text();
    let secret = between(&page, "<code class=\"secret\">", "<").to_owned();
    assert!(page.contains(&format!("secret={}", secret.replace(' ', ""))) && page.contains("<svg class=\"qr\""), "{page}");
    let answer = desk.with_session(&session).form("/me/app", &[("code", &code(desk, &secret, 0))]);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let page = answer.text();
    let codes: Vec<String> = between(&page, "<ul class=\"codes\">", "</ul>")
        .split("<code>")
        .skip(1)
        .map(|one| one.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 10);
    (secret, codes, cookie(&answer, SESSION))
}

#[test]
fn t_l6_a_code_counts_once_and_half_a_sign_in_opens_nothing() {
    both(|desk| {
        let (_, email) = somebody(desk, "app");
        let (secret, codes, session) = enrolled(desk, &email);
        assert_eq!(desk.with_session(&session).get("/desk").status, 200);
        let used = code(desk, &secret, 0);
        let entered = login(desk, &email, PASSWORD);
        assert_eq!((entered.status, entered.header("location")), (303, "/login/second".to_owned()));
        let half = cookie(&entered, STEP);
        // The secret of the step is no session, whatever cookie or header carries it.
        assert_eq!(desk.with_session(&half).get("/desk").status, 303);
        desk.with_token(&half).get("/api/v1/me").problem(401);
        let anonymous = desk.anonymous().with("cookie", format!("{STEP}={half}"));
        for place in ["/desk", "/me", "/me/app", "/requests", "/login/enrol"] {
            assert_eq!(anonymous.get(place).status, 303, "{place}");
        }
        // The code that set the app up was a code as well.
        assert_eq!(step(desk, &half, "/login/second", &[("code", &used)]).status, 401);
        desk.advance(Span::seconds(60));
        let fresh = code(desk, &secret, 0);
        let done = step(desk, &half, "/login/second", &[("code", &fresh)]);
        assert_eq!((done.status, done.header("location")), (303, "/desk".to_owned()), "{}", done.text());
        assert_eq!(desk.with_session(&cookie(&done, SESSION)).get("/desk").status, 200);
        // The step is used up, and in another step the same code is too.
        assert_eq!(step(desk, &half, "/login/second", &[("code", &codes[0])]).header("location"), "/login?told=step");
        let half = cookie(&login(desk, &email, PASSWORD), STEP);
        assert_eq!(step(desk, &half, "/login/second", &[("code", &fresh)]).status, 401);
        assert_eq!(step(desk, &half, "/login/second", &[("code", &code(desk, &secret, -1))]).status, 401, "an older one");
        // A recovery code opens once, typed as people type.
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert_eq!(step(desk, &half, "/login/second", &[("code", &typed)]).status, 303);
        let half = cookie(&login(desk, &email, PASSWORD), STEP);
        assert_eq!(step(desk, &half, "/login/second", &[("code", &codes[0])]).status, 401);
        desk.advance(Span::minutes(11));
        assert_eq!(step(desk, &half, "/login/second", &[("code", &codes[1])]).header("location"), "/login?told=step", "too late");
    });
}

#[test]
fn t_l6_ten_wrong_codes_lock_the_person_and_not_the_browser() {
    both(|desk| {
        let (_, email) = somebody(desk, "guess");
        let (secret, codes, _) = enrolled(desk, &email);
        desk.advance(Span::seconds(60));
        for at in 0..10 {
            let half = cookie(&login(desk, &email, PASSWORD), STEP);
            assert_eq!(step(desk, &half, "/login/second", &[("code", &format!("{at:06}"))]).status, 401, "{at}");
        }
        let half = cookie(&login(desk, &email, PASSWORD), STEP);
        for code in [code(desk, &secret, 0), codes[3].clone()] {
            assert_eq!(step(desk, &half, "/login/second", &[("code", &code)]).status, 429);
        }
        desk.advance(Span::minutes(31));
        let half = cookie(&login(desk, &email, PASSWORD), STEP);
        assert_eq!(step(desk, &half, "/login/second", &[("code", &code(desk, &secret, 0))]).status, 303);
    });
}

#[test]
fn t_l6_a_new_password_does_not_do_away_with_the_second_factor_and_only_an_administrator_does() {
    both(|desk| {
        let (person, email) = somebody(desk, "kept");
        let (_, _, session) = enrolled(desk, &email);
        let secret = asked(desk, &MailTrap::start(desk), &email);
        let answer = desk.anonymous().form("/reset/new", &[("t", &secret), ("password", FOUND_AGAIN)]);
        assert_eq!((answer.status, answer.header("location")), (303, "/login/second".to_owned()));
        assert_eq!(desk.with_session(&session).get("/desk").status, 303, "the old session has ended");
        // A session alone does not take it away either: it asks who sits there.
        desk.execute(ResetSecondFactor { person });
        assert_eq!(login(desk, &email, FOUND_AGAIN).header("location"), "/desk");
        let session = cookie(&login(desk, &email, FOUND_AGAIN), SESSION);
        for (place, fields) in [
            ("/me/app/remove", vec![]),
            ("/me/codes", vec![]),
            ("/me/token", vec![("name", "robot")]),
            ("/me/password", vec![("password", "another long password")]),
            ("/me/app", vec![("code", "123456")]),
        ] {
            let answer = desk.with_session(&session).form(place, &fields);
            let sent_to_confirm = answer.status == 303 && answer.header("location").starts_with("/me/confirm?back=");
            assert!(answer.status == 403 || sent_to_confirm, "{place} {} {}", answer.status, answer.text());
        }
        assert_eq!(login(desk, &email, FOUND_AGAIN).status, 303);
    });
}

#[test]
fn t_l6_who_must_have_a_second_factor_sets_it_up_before_there_is_a_session() {
    one(|desk| {
        let (_, email) = somebody(desk, "must");
        desk.execute(RequireSecondFactor { of_staff: true });
        let entered = login(desk, &email, PASSWORD);
        assert_eq!(entered.header("location"), "/login/enrol");
        let half = cookie(&entered, STEP);
        let page = desk.anonymous().with("cookie", format!("{STEP}={half}")).get("/login/enrol").text();
        let secret = between(&page, "<code class=\"secret\">", "<").to_owned();
        assert_eq!(step(desk, &half, "/login/second", &[("code", &code(desk, &secret, 0))]).header("location"), "/login?told=step");
        assert!(step(desk, &half, "/login/enrol", &[("code", "000000")]).text().contains("role=\"alert\""));
        let done = step(desk, &half, "/login/enrol", &[("code", &code(desk, &secret, 0))]);
        assert_eq!(desk.with_session(&cookie(&done, SESSION)).get("/desk").status, 200);
        assert_eq!(login(desk, &email, PASSWORD).header("location"), "/login/second");
        // Who only asks for help is not bothered.
        assert_eq!(login(desk, "rosa@brackwater.example", PASSWORD).header("location"), "/requests");
    });
}

/// Asks for a new password and hands back the secret out of the letter.
fn asked(desk: &TestDesk, trap: &MailTrap, email: &str) -> String {
    assert_eq!(desk.anonymous().form("/reset", &[("email", email)]).status, 303);
    secret_in(&raw(&trap.letter(desk))).to_owned()
}

/// A letter with its long lines whole again.
fn raw(letter: &Trapped) -> String {
    String::from_utf8_lossy(&letter.raw).replace("=\r\n", "").replace("=3D", "=")
}

fn secret_in(raw: &str) -> &str {
    raw.split("?t=").nth(1).unwrap_or_else(|| panic!("no link: {raw}")).get(..43).unwrap()
}

#[test]
fn t_l1_a_link_works_once_for_its_person_its_purpose_and_its_hour() {
    both(|desk| {
        let (person, email) = somebody(desk, "link");
        let session = cookie(&login(desk, &email, PASSWORD), SESSION);
        let trap = MailTrap::start(desk);
        let secret = asked(desk, &trap, &email);
        let other = asked(desk, &trap, &email);
        let set = |secret: &str| desk.anonymous().form("/reset/new", &[("t", secret), ("password", FOUND_AGAIN)]);
        let flipped: String =
            secret.chars().map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect();
        let padded = format!("{secret} ");
        for wrong in ["", " ", "%", "_", "*", "\0", "NULL", "%25", &"%".repeat(43), &"_".repeat(43), &secret[..42], &padded, &flipped] {
            assert_eq!(set(wrong).status, 404, "{wrong:?}");
        }
        assert_eq!(desk.anonymous().form("/invitation", &[("t", &secret), ("password", FOUND_AGAIN)]).status, 404, "another purpose");
        // Programs that read mail follow links; that uses nothing up. Nor does a password that is too short.
        for _ in 0..3 {
            assert_eq!(desk.anonymous().get(&format!("/reset/new?t={secret}")).status, 200);
        }
        assert_eq!(desk.anonymous().form("/reset/new", &[("t", &secret), ("password", "short")]).status, 200);
        assert_eq!(set(&secret).status, 303);
        assert_eq!(set(&secret).status, 404, "used");
        assert_eq!(set(&other).status, 404, "every other link has ended");
        assert_eq!(desk.with_session(&session).get("/desk").status, 303, "and every session");
        assert_eq!((login(desk, &email, PASSWORD).status, login(desk, &email, FOUND_AGAIN).status), (401, 303));
        desk.advance(Span::minutes(61));
        let late = asked(desk, &trap, &email);
        desk.advance(Span::minutes(61));
        assert_eq!(set(&late).status, 404, "too late");
        let ended = asked(desk, &trap, &email);
        desk.execute(EnablePerson { id: person, enabled: false });
        assert_eq!(set(&ended).status, 404, "disabled");
    });
}

#[test]
fn t_l2_a_link_leads_to_the_configured_address_whatever_the_request_says() {
    one(|desk| {
        let (_, email) = somebody(desk, "host");
        let trap = MailTrap::start(desk);
        let visitor =
            desk.anonymous().with("x-forwarded-host", "evil.example").with("forwarded", "host=evil.example").with("x-host", "evil.example");
        assert_eq!(visitor.form("/reset", &[("email", &email)]).status, 303);
        let letter = trap.letter(desk);
        let text = raw(&letter);
        assert!(text.contains(&format!("{BASE}/reset/new?t=")) && !text.contains("evil.example"), "{text}");
        assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
    });
}

#[test]
fn t_l3_asking_for_a_new_password_tells_nothing_and_has_an_end() {
    one(|desk| {
        let (_, email) = somebody(desk, "asks");
        let (gone, gone_email) = somebody(desk, "gone");
        desk.execute(EnablePerson { id: gone, enabled: false });
        let trap = MailTrap::start(desk);
        let tell = |email: &str| desk.anonymous().form("/reset", &[("email", email)]).seen();
        let wanted = tell(&email);
        for other in ["nobody@in.example", gone_email.as_str(), "no address", ""] {
            assert_eq!(tell(other), wanted, "{other}");
        }
        for _ in 0..6 {
            assert_eq!(tell(&email), wanted);
        }
        assert_eq!(trap.letters(desk).iter().filter(|letter| raw(letter).contains("/reset/new")).count(), 3, "three an hour are enough");
        let statuses: Vec<u16> = (0..12).map(|_| desk.anonymous().form("/reset", &[("email", "x@in.example")]).status).collect();
        assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    });
}

#[test]
fn an_invited_colleague_chooses_a_password_and_is_in() {
    both(|desk| {
        let email = format!("new.{:?}@in.example", desk.dialect()).to_lowercase();
        let roles = RoleSet { desks: vec![desk.it], ..RoleSet::default() };
        let person = desk.execute(AddPerson { name: "Nina New".to_owned(), emails: vec![email.clone()], roles, ..AddPerson::default() });
        let trap = MailTrap::start(desk);
        let actor = kernel::Actor::System("test");
        let first = desk.wait(once::invite(&desk.desk, &actor, person)).unwrap();
        let second = desk.wait(once::invite(&desk.desk, &actor, person)).unwrap();
        let letter = trap.letters(desk).iter().map(raw).find(|letter| letter.contains("/invitation")).unwrap();
        assert!(letter.contains(&once::link(BASE, Purpose::Invitation, &second.secret)), "only the newest is sent and works");
        let accept = |secret: &str| desk.anonymous().form("/invitation", &[("t", secret), ("password", FOUND_AGAIN)]);
        assert_eq!(accept(&first.secret).status, 404);
        let done = accept(&second.secret);
        assert_eq!((done.status, done.header("location")), (303, "/desk".to_owned()));
        assert_eq!(desk.with_session(&cookie(&done, SESSION)).get("/desk").status, 200);
        assert!(desk.wait(once::invite(&desk.desk, &actor, person)).is_err(), "who signs in already is not invited");
    });
}

#[test]
fn t_l4_a_session_gets_another_secret_and_ends_with_the_others() {
    both(|desk| {
        let (_, email) = somebody(desk, "sessions");
        let old = cookie(&login(desk, &email, PASSWORD), SESSION);
        let new = confirmed(desk, &old);
        assert_ne!(old, new);
        assert_eq!((desk.with_session(&old).get("/desk").status, desk.with_session(&new).get("/desk").status), (303, 200));
        let elsewhere = cookie(&login(desk, &email, PASSWORD), SESSION);
        let page = desk.with_session(&new).get("/desk/me").text();
        let end = between(&page, "/me/sessions/", "/end\"");
        // Somebody else's session cannot be ended, nor one's own by another site.
        assert_eq!(desk.pages(Role::Agent).form(&format!("/me/sessions/{end}/end"), &[]).status, 404);
        let foreign = desk.with_session(&new).with("origin", "https://evil.example");
        assert_eq!(foreign.form("/me/sessions/end-others", &[]).status, 403);
        assert_eq!(desk.with_session(&elsewhere).get("/desk").status, 200);
        assert_eq!(desk.with_session(&new).form("/me/sessions/end-others", &[]).status, 303);
        assert_eq!((desk.with_session(&elsewhere).get("/desk").status, desk.with_session(&new).get("/desk").status), (303, 200));
        // A confirmation holds for ten minutes.
        assert_eq!(desk.with_session(&new).get("/me/token").status, 200);
        let made = desk.with_session(&new).form("/me/token", &[("name", "robot")]);
        let token = between(&made.text(), "<code class=\"secret\">", "<").to_owned();
        desk.with_token(&token).get("/api/v1/me").must(200);
        desk.advance(Span::minutes(11));
        assert_eq!(desk.with_session(&new).get("/me/token").status, 303);
        let new = confirmed(desk, &new);
        let changed = desk.with_session(&new).form("/me/password", &[("password", FOUND_AGAIN)]);
        let newest = cookie(&changed, SESSION);
        assert_eq!((desk.with_session(&new).get("/desk").status, desk.with_session(&newest).get("/desk").status), (303, 200));
        desk.with_token(&token).get("/api/v1/me").problem(401);
        // However much it is used, a session ends after thirty days; unused after fourteen.
        for _ in 0..29 {
            desk.advance(Span::days(1));
            assert_eq!(desk.with_session(&newest).get("/desk").status, 200);
        }
        desk.advance(Span::days(2));
        assert_eq!(desk.with_session(&newest).get("/desk").status, 303);
        let unused = cookie(&login(desk, &email, FOUND_AGAIN), SESSION);
        desk.advance(Span::days(15));
        assert_eq!(desk.with_session(&unused).get("/desk").status, 303);
    });
}

#[test]
fn t_x7_after_the_set_up_there_is_no_set_up() {
    one(|desk| {
        for answer in [
            desk.anonymous().get("/setup"),
            desk.anonymous().form("/setup", &[("step", "code"), ("code", "aaaa-bbbb-cccc-dddd")]),
            desk.anonymous().form("/setup", &[("step", "ready")]),
        ] {
            assert_eq!(answer.status, 404);
        }
        assert!(people::setup::prepare(&desk.desk).unwrap().is_none());
    });
}
