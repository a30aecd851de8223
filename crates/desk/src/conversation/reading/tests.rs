use proptest::prelude::*;

use super::*;

mod html;
mod plain;
mod samples;

use samples::{BELOW, BETWEEN, HISTORIES, ORDINARY, SIGNED};

const WRITTEN: &str = "Thanks, it works now.\nOnly the third gate is still red.";

fn kinds_of(text: &str) -> Vec<Kind> {
    fold(text).into_iter().filter(|section| !section.text.trim().is_empty()).map(|section| section.kind).collect()
}

fn whole(text: &str) -> String {
    fold(text).iter().map(|section| section.text).collect()
}

#[test]
fn there_are_at_least_eighty_samples() {
    assert!(HISTORIES.len() + SIGNED.len() + BELOW.len() + BETWEEN.len() >= 80, "{}", HISTORIES.len());
    assert!(ORDINARY.len() >= 40, "{}", ORDINARY.len());
}

#[test]
fn the_history_of_every_program_is_folded_below_what_was_written() {
    for (program, history) in HISTORIES {
        for gap in ["\n\n", "\n"] {
            let text = format!("{WRITTEN}{gap}{history}");
            assert_eq!(new_text(&text), WRITTEN, "{program}\n{text}");
            assert_eq!(kinds_of(&text), [Kind::New, Kind::Quote], "{program}\n{text}");
            assert_eq!(whole(&text), text);
            let crlf = text.replace('\n', "\r\n");
            assert_eq!(new_text(&crlf).replace("\r\n", "\n"), WRITTEN, "{program} with CRLF");
        }
    }
}

#[test]
fn signatures_and_the_lines_of_phones_are_folded_also_above_history() {
    for (program, signature) in SIGNED {
        let text = format!("{WRITTEN}\n\n{signature}");
        assert_eq!(new_text(&text), WRITTEN, "{program}\n{text}");
        assert_eq!(kinds_of(&text), [Kind::New, Kind::Signature], "{program}");
        for (_, history) in HISTORIES.iter().step_by(7) {
            let text = format!("{WRITTEN}\n\n{signature}\n\n{history}");
            assert_eq!(new_text(&text), WRITTEN, "{program}\n{text}");
            assert_eq!(kinds_of(&text), [Kind::New, Kind::Signature, Kind::Quote], "{program}\n{text}");
        }
    }
}

#[test]
fn legal_notices_at_the_end_are_folded() {
    for (language, notice) in BELOW {
        let text = format!("{WRITTEN}\n\nKind regards\nRosa\n\n{notice}");
        assert_eq!(kinds_of(&text), [Kind::New, Kind::Disclaimer], "{language}");
        assert!(new_text(&text).ends_with("Rosa"), "{language}");
        let text = format!("{WRITTEN}\n\n-- \nRosa\n\n{notice}\n\nOn Mon, 5 Jan 2026 at 10:00, Help <help@x.example> wrote:\n> Try");
        assert_eq!(kinds_of(&text), [Kind::New, Kind::Signature, Kind::Disclaimer, Kind::Quote], "{language}");
    }
}

#[test]
fn answers_between_and_below_quotes_stay_open() {
    for (name, text, new) in BETWEEN {
        assert_eq!(new_text(text), *new, "{name}");
        assert_eq!(whole(text), *text, "{name}");
    }
}

#[test]
fn an_ordinary_text_is_never_folded() {
    for text in ORDINARY {
        assert_eq!(kinds_of(text), [Kind::New], "{text}");
        let more = format!("Hello,\n\n{text}\n\nWhat shall I do?\nRosa");
        assert_eq!(kinds_of(&more), [Kind::New], "{more}");
    }
}

#[test]
fn where_nothing_new_is_left_nothing_is_folded() {
    for (program, history) in HISTORIES {
        assert_eq!(kinds_of(history), [Kind::New], "{program}");
        assert_eq!(new_text(history), history.trim(), "{program}");
    }
    for text in ["", "\n\n", "Sent from my iPhone", "-- \nRosa", "> all\n> quoted", "Von meinem iPhone gesendet\n\n> Was?\n> Wie?"] {
        assert!(fold(text).iter().all(|section| section.kind == Kind::New), "{text}");
    }
}

#[test]
fn a_message_passed_on_stays_open() {
    let text = "Can you do something about this?\n\n---------- Forwarded message ---------\nFrom: Shop <shop@x.example>\nDate: Mon, 5 Jan 2026\n\nYour order is late.";
    assert_eq!(kinds_of(text), [Kind::New, Kind::Forwarded]);
    assert_eq!(new_text(text), "Can you do something about this?");
    assert_eq!(
        kinds_of("Пересылаю.\n\n-------- Пересылаемое сообщение --------\n05.01.2026, 10:00, \"Магазин\" <shop@x.example>:\n\nЗаказ"),
        [Kind::New, Kind::Forwarded]
    );
    assert_eq!(
        kinds_of("Siehe unten\n\nAnfang der weitergeleiteten Nachricht:\n\nVon: Laden <shop@x.example>\nBetreff: Bestellung"),
        [Kind::New, Kind::Forwarded]
    );
}

#[test]
fn t_s4_folding_hostile_lines_ends() {
    for piece in [
        "> \n",
        "On \n",
        "From:\n",
        "-- \n",
        "--\n\n",
        ">",
        "On 5 a@b wrote:\n",
        "x:\n",
        "________________\n",
        "From: a@b\nTo: x\n\n",
        "Sent from my \n",
        "confidential ",
    ] {
        let text = piece.repeat(300_000 / piece.len());
        assert_eq!(whole(&text).len(), text.len());
    }
}

fn piece() -> impl Strategy<Value = String> {
    let known: Vec<String> =
        HISTORIES.iter().chain(SIGNED).chain(BELOW).flat_map(|(_, text)| text.split_inclusive('\n')).map(str::to_owned).collect();
    prop_oneof![
        4 => proptest::sample::select(known),
        1 => proptest::sample::select(vec!["\n", "\r\n", "> ", ">", "-- \n", "\r", " ", "x", "\u{A0}", "。"]).prop_map(str::to_owned),
        1 => "\\PC{0,20}\n?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_ever_cut_from_a_text(pieces in proptest::collection::vec(piece(), 0..25)) {
        let text = pieces.concat();
        prop_assert_eq!(whole(&text), text.clone());
        let sections = fold(&text);
        let says = |text: &str| text.chars().any(char::is_alphanumeric);
        // Something is left open wherever there was anything.
        prop_assert!(!says(&text) || sections.iter().any(|section| section.kind == Kind::New && says(section.text)));
    }
}
