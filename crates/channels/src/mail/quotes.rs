//! The new part of a reply: what stands before the quoted history.

/// Lines with which mail programs introduce the message they answer; compared in lower case.
const SEPARATORS: [&str; 13] = [
    "-----original message-----",
    "----- original message -----",
    "----- forwarded message -----",
    "---------- forwarded message ---------",
    "-----исходное сообщение-----",
    "-------- исходное сообщение --------",
    "-----mesaj original-----",
    "----- mesaj original -----",
    "-----sākotnējais ziņojums-----",
    "-----tin nhắn gốc-----",
    "-----原始邮件-----",
    "------------------ 原始邮件 ------------------",
    "------------------ original ------------------",
];

/// Endings and middles of attribution lines ("On ..., X wrote:").
const ATTRIBUTIONS: [&str; 8] = ["wrote:", "пишет:", "написал:", "написала:", "a scris:", "rakstīja:", "đã viết:", "写道："];

/// First words of the header block that Outlook puts above a quoted message.
const OUTLOOK_FROM: [&str; 7] = ["from:", "от:", "de la:", "no:", "từ:", "发件人:", "发件人："];
/// Words that stand in the lines after it.
const OUTLOOK_SENT: [&str; 12] =
    ["sent:", "date:", "отправлено:", "дата:", "trimis:", "data:", "nosūtīts:", "datums:", "đã gửi:", "ngày:", "发送时间", "日期"];

/// The text before the quoted history; the whole text when nothing is quoted or nothing new is left.
pub(crate) fn new_text(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().enumerate().position(|(at, _)| starts_history(&lines, at)).unwrap_or(lines.len());
    let kept: Vec<&str> = lines.iter().take(end).copied().filter(|line| !line.trim_start().starts_with('>')).collect();
    let new = kept.join("\n").trim().to_owned();
    if new.is_empty() { text.trim().to_owned() } else { new }
}

fn starts_history(lines: &[&str], at: usize) -> bool {
    let line = lines.get(at).map(|line| line.trim()).unwrap_or_default();
    if line.is_empty() || line.len() > 400 {
        return false;
    }
    let lower = line.to_lowercase();
    if line.len() >= 10 && line.chars().all(|c| c == '_') {
        return lines.get(at + 1).is_some_and(|next| is_outlook(lines, at + 1, next));
    }
    SEPARATORS.contains(&lower.as_str()) || is_attribution(lines, at, &lower) || is_outlook(lines, at, &lower)
}

/// An attribution may be folded over two lines, and is only one when quoted lines or nothing follow.
fn is_attribution(lines: &[&str], at: usize, lower: &str) -> bool {
    let opens = lower.starts_with("on ") || lower.chars().any(|c| c.is_ascii_digit());
    let following = |from: usize| lines.iter().skip(from).map(|line| line.trim()).find(|line| !line.is_empty());
    let ends = |line: &str| ATTRIBUTIONS.iter().any(|end| line.ends_with(end) || (line.contains(end) && line.contains('<')));
    let quoted = |from: usize| following(from).is_none_or(|line| line.starts_with('>'));
    if !opens {
        return false;
    }
    if ends(lower) {
        return quoted(at + 1) || lower.contains('@');
    }
    lines.get(at + 1).is_some_and(|next| ends(&next.trim().to_lowercase())) && quoted(at + 2)
}

fn is_outlook(lines: &[&str], at: usize, lower: &str) -> bool {
    let bare = |line: &str| line.trim().trim_start_matches('*').replace(":*", ":").to_lowercase();
    let from = bare(lower);
    OUTLOOK_FROM.iter().any(|word| from.starts_with(word))
        && lines.iter().skip(at + 1).take(3).any(|line| OUTLOOK_SENT.iter().any(|word| bare(line).starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_is_left_out_in_each_programs_form() {
        for text in [
            "Thanks, it works.\n\nOn Mon, 5 Jan 2026 at 10:00, Help Desk <help@example.com> wrote:\n> Try again\n> please",
            "Thanks, it works.\n\nOn Mon, 5 Jan 2026 at 10:00, Help Desk\n<help@example.com> wrote:\n\n> Try again",
            "Thanks, it works.\n\n-----Original Message-----\nFrom: Help\nTry again",
            "Thanks, it works.\n\nFrom: Help <help@example.com>\nSent: Monday, January 5, 2026\nTo: Bob\n\nTry again",
            "Thanks, it works.\n________________________________\nFrom: Help <help@example.com>\nSent: Monday, January 5, 2026\nTo: Bob\n\nTry again",
            "Thanks, it works.\n\nОт: Поддержка <help@example.com>\nОтправлено: 5 января 2026 г.\n\nПопробуйте",
            "Thanks, it works.\n\n*From:* Help <help@example.com>\n*Sent:* Monday\n\nTry again",
            "Thanks, it works.\n\n5 янв. 2026 г., 10:00, Поддержка <help@example.com> пишет:\n> Попробуйте",
            "Thanks, it works.\n\nÎn lun., 5 ian. 2026 la 10:00, Suport <help@example.com> a scris:\n> Încercați",
            "Thanks, it works.\n\nVào Th 2, 5 thg 1, 2026 lúc 10:00 Hỗ trợ <help@example.com> đã viết:\n> Thử lại",
            "> earlier\n> words\n\nThanks, it works.",
        ] {
            assert_eq!(new_text(text), "Thanks, it works.", "{text}");
        }
    }

    #[test]
    fn a_text_without_history_stays_whole() {
        for text in ["Hello\nFrom: is a word I use", "> all quoted", "He wrote: nothing", "No: 12 screens are broken\nThe rest works"] {
            assert_eq!(new_text(text), text);
        }
    }
}
