//! Out-of-office replies that carry no header: known by their subject, or by how they begin. A person who tells that
//! they will be away, and asks for something, is not one.

use kernel::text::prefix;

/// As much of the text as is looked at: such replies say at once that they are one.
const BEGINNING_BYTES_MAX: usize = 700;
/// Longest text of such a reply; who writes more has something else to say.
const REPLY_BYTES_MAX: usize = 3_000;

/// Beginnings of subjects; what follows must be a mark, or nothing.
const SUBJECTS: [&str; 42] = [
    "automatic reply",
    "automated reply",
    "automatic response",
    "automated response",
    "auto reply",
    "autoreply",
    "auto-reply",
    "auto response",
    "auto-response",
    "out of office",
    "out of the office",
    "out of office reply",
    "out of office autoreply",
    "out of office auto-reply",
    "ooo",
    "vacation reply",
    "away from the office",
    "away from my mail",
    "автоответ",
    "автоматический ответ",
    "автоматическое уведомление",
    "нет на месте",
    "вне офиса",
    "отсутствие на рабочем месте",
    "răspuns automat",
    "raspuns automat",
    "absent din birou",
    "plecat din birou",
    "automātiskā atbilde",
    "automātiska atbilde",
    "ārpus biroja",
    "prombūtne",
    "trả lời tự động",
    "thư trả lời tự động",
    "vắng mặt",
    "自动回复",
    "自动答复",
    "自動回覆",
    "外出",
    "automatische antwort",
    "abwesenheitsnotiz",
    "réponse automatique",
];
/// More of them that need no mark.
const PREFIXES: [&str; 6] = ["auto: ", "absence du bureau", "abwesend:", "autosvar:", "respuesta automática", "假期自动回复"];

/// Words by which a text says itself what it is.
const DECLARATIONS: [&str; 22] = [
    "this is an automatic reply",
    "this is an automated reply",
    "this is an automated response",
    "this is an automatic response",
    "this is an auto-reply",
    "this is an autoreply",
    "this is an auto reply",
    "this automatic reply",
    "это автоматический ответ",
    "это автоответ",
    "данное письмо сформировано автоматически в связи с моим",
    "acesta este un răspuns automat",
    "acesta este un raspuns automat",
    "šī ir automātiska atbilde",
    "šī ir automātiskā atbilde",
    "đây là thư trả lời tự động",
    "đây là email trả lời tự động",
    "đây là tin nhắn trả lời tự động",
    "这是一封自动回复",
    "此邮件为自动回复",
    "假期自动回复",
    "本邮件为系统自动回复",
];

/// Words that say that somebody is away.
const ABSENCES: [&str; 56] = [
    "i am out of the office",
    "i'm out of the office",
    "i am out of office",
    "i'm out of office",
    "i am currently out of",
    "i'm currently out of",
    "i will be out of the office",
    "i am on annual leave",
    "i'm on annual leave",
    "i am on vacation",
    "i'm on vacation",
    "i am currently on",
    "i am on leave",
    "i'm on leave",
    "i am on holiday",
    "i'm on holiday",
    "i am away from",
    "i am currently away",
    "я в отпуске",
    "нахожусь в отпуске",
    "нахожусь в командировке",
    "отсутствую на рабочем месте",
    "отсутствую в офисе",
    "меня нет в офисе",
    "буду отсутствовать",
    "сейчас в отпуске",
    "нахожусь вне офиса",
    "sunt în concediu",
    "sunt in concediu",
    "mă aflu în concediu",
    "nu sunt la birou",
    "nu sunt în birou",
    "lipsesc din birou",
    "sunt plecat",
    "sunt în delegație",
    "esmu atvaļinājumā",
    "atrodos atvaļinājumā",
    "esmu prombūtnē",
    "atrodos prombūtnē",
    "esmu komandējumā",
    "neesmu birojā",
    "būšu prombūtnē",
    "būšu atvaļinājumā",
    "tôi đang nghỉ",
    "tôi hiện đang nghỉ",
    "hiện tôi đang nghỉ",
    "đang đi công tác",
    "tôi vắng mặt",
    "không có mặt tại văn phòng",
    "tôi sẽ nghỉ phép",
    "正在休假",
    "我在休假",
    "休假中",
    "不在办公室",
    "正在出差",
    "正在度假",
];

/// Words that such a reply adds: when an answer comes, and whom to ask instead.
const PROMISES: [&str; 55] = [
    "limited access",
    "no access to",
    "will respond",
    "will reply",
    "will answer",
    "get back to you",
    "when i return",
    "upon my return",
    "on my return",
    "i return",
    "will return",
    "be back",
    "back in the office",
    "returning on",
    "in my absence",
    "please contact",
    "if urgent",
    "urgent matters",
    "for urgent",
    "отвечу",
    "вернусь",
    "по возвращении",
    "по срочным",
    "по всем вопросам",
    "обращайтесь",
    "обращаться",
    "после возвращения",
    "voi reveni",
    "revin ",
    "voi răspunde",
    "voi raspunde",
    "la întoarcere",
    "urgențe",
    "urgente",
    "vă rog să contactați",
    "contactați",
    "atbildēšu",
    "atgriezīšos",
    "pēc atgriešanās",
    "steidzam",
    "lūdzu, sazinieties",
    "lūdzu sazinieties",
    "lūdzu, rakstiet",
    "vērsties pie",
    "sẽ trả lời",
    "sẽ phản hồi",
    "sẽ liên hệ lại",
    "trở lại",
    "quay lại",
    "vui lòng liên hệ",
    "xin liên hệ",
    "会尽快",
    "请联系",
    "回来后",
    "将尽快",
];

/// Whether the subject alone says it.
pub(crate) fn says_subject(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    let marked = |rest: &str| rest.trim_start().is_empty() || rest.trim_start().starts_with([':', '：', '(', '（', '-', '–', '[']);
    PREFIXES.iter().any(|start| subject.starts_with(start)) || SUBJECTS.iter().any(|start| subject.strip_prefix(start).is_some_and(marked))
}

/// Whether the text says it in its first lines; `is_answer` when it answers another message.
pub(crate) fn says_text(subject: &str, new_text: &str, is_answer: bool) -> bool {
    let beginning = prefix(new_text.trim_start(), BEGINNING_BYTES_MAX).to_lowercase().replace('’', "'").replace(['\n', '\u{A0}'], " ");
    if new_text.len() > REPLY_BYTES_MAX {
        return false;
    }
    let has = |words: &[&str]| words.iter().any(|words| beginning.contains(words));
    let subject = subject.to_lowercase();
    let hinted = SUBJECTS.iter().any(|words| subject.contains(words));
    // A question or a wish is addressed to us; such a reply has none.
    let asks = beginning.contains(['?', '？']);
    let declares = DECLARATIONS.iter().any(|words| beginning.find(words).is_some_and(|at| at < 300));
    let away = has(&ABSENCES) && !asks;
    (declares && (is_answer || hinted || has(&ABSENCES))) || (away && hinted) || (away && is_answer && has(&PROMISES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_m6_an_answering_machine_without_headers_is_known_by_how_it_begins() {
        for text in [
            "Hello,\n\nI am out of the office until 12 January with limited access to e-mail. For urgent matters please contact Bob.",
            "I’m on vacation and will reply when I return on Monday.",
            "This is an automatic reply. I am not in.",
            "Здравствуйте!\nЯ в отпуске до 12 января. По срочным вопросам обращайтесь к Ивану Петрову.",
            "Добрый день! В настоящее время нахожусь в командировке, отвечу на Ваше письмо по возвращении.",
            "Bună ziua,\nSunt în concediu până pe 12 ianuarie. Voi răspunde la întoarcere.",
            "Labdien!\nEsmu atvaļinājumā līdz 12. janvārim. Steidzamos jautājumos lūdzu, sazinieties ar Jāni Bērziņu.",
            "Xin chào,\nTôi đang nghỉ phép đến ngày 12/1. Tôi sẽ trả lời email khi trở lại làm việc.",
            "您好，我正在休假，1月12日回来后会尽快回复您的邮件。",
            "这是一封自动回复邮件，您的来信已收到。",
        ] {
            assert!(says_text("Re: Printer", text, true), "{text}");
        }
        assert!(says_text("Printer - out of office", "I am on vacation.", false));
    }

    #[test]
    fn a_person_who_goes_away_is_no_answering_machine() {
        for text in [
            "I am out of the office next week, so please reset my password before Friday. Could you do that?",
            "I am on vacation from Monday and my laptop is still broken.",
            "Please set up an automatic reply for Bob while he is on leave.",
            "Я в отпуске с понедельника, а доступ к почте так и не заработал.",
            "Меня не будет на следующей неделе, замените монитор без меня.",
            "Sunt în concediu de luni, dar laptopul nu pornește.",
            "Esmu atvaļinājumā no pirmdienas, bet dators nestrādā.",
            "Tôi đang nghỉ phép nhưng không vào được VPN.",
            "我在休假，但是无法登录VPN，怎么办？",
            "Thanks, it works.",
            "",
        ] {
            assert!(!says_text("Re: Printer", text, true), "{text}");
            assert!(!says_text("Printer", text, false), "{text}");
        }
        let long =
            format!("I am on vacation and will reply when I return. {}", "The printer on the third floor is broken again. ".repeat(100));
        assert!(!says_text("Re: Printer", &long, true));
    }
}
