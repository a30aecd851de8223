use super::*;

fn event(lines: &str) -> Invitation {
    calendar(&format!("BEGIN:VEVENT\r\nUID:1\r\n{lines}\r\nEND:VEVENT\r\n")).remove(0)
}

fn calendar(components: &str) -> Vec<Invitation> {
    read(&format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n{components}END:VCALENDAR\r\n"), "")
}

#[test]
fn an_invitation_is_what_a_person_wants_to_see_of_it() {
    let found = event(
        "SUMMARY:Printers\\, third floor\r\nLOCATION:Room 3\r\nORGANIZER;CN=\"Brown, Alice\":MAILTO:Alice@Example.com\r\nDTSTART:20260106T100000Z\r\nDTEND:20260106T110000Z",
    );
    assert_eq!(
        found,
        Invitation {
            method: "request".into(),
            title: "Printers, third floor".into(),
            place: Some("Room 3".into()),
            organiser: Some(Correspondent { name: "Brown, Alice".into(), email: "alice@example.com".into() }),
            starts: Some("2026-01-06T10:00:00Z".into()),
            ends: Some("2026-01-06T11:00:00Z".into()),
            repeats: false,
        }
    );
}

#[test]
fn times_are_read_in_the_zones_that_programs_name() {
    for (lines, starts, ends) in [
        (
            "DTSTART;TZID=Europe/Riga:20260106T100000\r\nDTEND;TZID=Europe/Riga:20260106T110000",
            Some("2026-01-06T08:00:00Z"),
            Some("2026-01-06T09:00:00Z"),
        ),
        (
            "DTSTART;TZID=\"Russian Standard Time\":20260106T100000\r\nDURATION:PT1H30M",
            Some("2026-01-06T07:00:00Z"),
            Some("2026-01-06T08:30:00Z"),
        ),
        ("DTSTART;TZID=SE Asia Standard Time:20260106T100000", Some("2026-01-06T03:00:00Z"), None),
        ("DTSTART;TZID=\"(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius\":20260106T100000", Some("2026-01-06T08:00:00Z"), None),
        ("DTSTART;VALUE=DATE:20260106\r\nDTEND;VALUE=DATE:20260107", Some("2026-01-06"), Some("2026-01-07")),
        ("DTSTART:20260106T100000", Some("2026-01-06"), None),
        ("DTSTART;TZID=Nowhere:20260106T100000", Some("2026-01-06"), None),
        ("DTSTART:20269999T100000Z", None, None),
        ("DTSTART:rubbish", None, None),
        ("SUMMARY:none", None, None),
    ] {
        let found = event(lines);
        assert_eq!((found.starts.as_deref(), found.ends.as_deref()), (starts, ends), "{lines}");
    }
    let own = "BEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Ours:20260106T100000\r\nEND:VEVENT\r\n";
    assert_eq!(calendar(own)[0].starts.as_deref(), Some("2026-01-06T07:00:00Z"));
}

#[test]
fn the_method_comes_from_the_calendar_or_from_the_part() {
    let bare = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR";
    assert_eq!(read(bare, "CANCEL")[0].method, "cancel");
    assert_eq!(read(bare, "")[0].method, "publish");
    assert_eq!(calendar("BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n")[0].method, "request");
    for text in ["", "BEGIN:VCALENDAR", "BEGIN:VCARD\r\nEND:VCARD", "rubbish", "BEGIN:VCALENDAR\r\nEND:VCALENDAR"] {
        assert!(read(text, "").is_empty(), "{text}");
    }
}

#[test]
fn t_s4_a_rule_that_repeats_for_ever_is_only_noted() {
    let found = event("DTSTART:20260106T100000Z\r\nRRULE:FREQ=SECONDLY;INTERVAL=1;BYSECOND=0,1,2,3,4,5,6,7,8,9");
    assert!(found.repeats);
    let many = "BEGIN:VEVENT\r\nSUMMARY:x\r\nDTSTART:20260106T100000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n".repeat(20_000);
    assert_eq!(calendar(&many).len(), EVENTS_MAX);
    assert!(read(&format!("BEGIN:VCALENDAR\r\n{}", "BEGIN:VEVENT\r\n".repeat(100_000)), "").len() <= EVENTS_MAX);
    let zones = "BEGIN:VTIMEZONE\r\nTZID:Z\r\nEND:VTIMEZONE\r\n".repeat(3_000);
    assert!(calendar(&format!("{zones}BEGIN:VEVENT\r\nDTSTART;TZID=Nowhere:20260106T100000\r\nEND:VEVENT\r\n")).len() <= 1);
}
