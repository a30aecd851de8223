//! The letters that go out, in six languages. What customers wrote is only ever a value, never a template (T-A6), and
//! the acknowledgement holds nothing that the sender wrote, not even a name or a subject, so that nobody can use it to
//! send words of theirs to others (T-M7).

use std::collections::BTreeMap;
use std::io;
use std::sync::LazyLock;

use kernel::{Error, Locale, Result};
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Deserialize;

use super::letters::{LetterKind, Source};
use super::sanitise;

/// Instructions after which a template is stopped.
pub(super) const FUEL: u64 = 50_000;
/// Longest output beyond what the agent wrote.
pub(super) const OUTPUT_BYTES_MAX: usize = 1024 * 1024;

/// What a letter is for, with everything it may say.
#[derive(Clone, Debug)]
pub enum Template<'a> {
    /// The first answer to a new ticket, sent by itself.
    Acknowledgement {
        /// Ticket number.
        number: &'a str,
        /// Name of the desk.
        desk: &'a str,
        /// Where the requester can follow the ticket.
        link: Option<&'a str>,
    },
    /// What an agent wrote, with a line about who and where.
    AgentReply {
        /// Ticket number.
        number: &'a str,
        /// Title of the ticket.
        title: &'a str,
        /// What the agent wrote, as text.
        text: &'a str,
        /// The same as HTML; it is cleaned again here.
        html: Option<&'a str>,
        /// Name of the agent.
        agent: &'a str,
        /// Name of the desk.
        desk: &'a str,
    },
    /// What an agent wrote to others in a side conversation: nothing of the ticket, not even its number.
    Side {
        /// Subject of the side conversation.
        subject: &'a str,
        /// Whether something was said before.
        answers: bool,
        /// What the agent wrote, as text.
        text: &'a str,
        /// The same as HTML; it is cleaned again here.
        html: Option<&'a str>,
        /// Name of the agent.
        agent: &'a str,
        /// Name of the desk.
        desk: &'a str,
    },
}

/// A letter's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Subject, one line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML document.
    pub html: String,
}

/// The words of a language, as its file holds them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    acknowledgement: AcknowledgementWords,
    reply: ReplyWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AcknowledgementWords {
    subject: String,
    paragraphs: Vec<String>,
    link: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyWords {
    request: String,
}

static TEMPLATES: LazyLock<std::result::Result<Environment<'static>, String>> = LazyLock::new(load);

/// Fills a template in the reader's language.
///
/// # Errors
/// When a template is broken or its output goes beyond all measure: both are faults of ours.
pub fn render(template: &Template<'_>, locale: Locale) -> Result<Rendered> {
    let environment = TEMPLATES.as_ref().map_err(|text| Error::internal(format!("the templates are broken: {text}")))?;
    let (kind, values, own) = values(template);
    let fill = |form: &str| {
        let name = format!("{locale}/{kind}.{form}");
        let mut out = Limited::up_to(OUTPUT_BYTES_MAX.saturating_add(own));
        environment
            .get_template(&name)
            .and_then(|template| template.render_captured_to(Value::from(values.clone()), &mut out).map(drop))
            .map_err(|error| Error::internal(format!("template {name}: {error}")))?;
        out.text().ok_or_else(|| Error::internal(format!("template {name} is not text")))
    };
    let subject = super::clean_line(&fill("subject")?, 400);
    Ok(Rendered { subject, text: fill("txt")?, html: fill("html")? })
}

/// The name of a template, what it may use, and the bytes that are the agent's own.
fn values(template: &Template<'_>) -> (&'static str, BTreeMap<&'static str, Value>, usize) {
    match template {
        Template::Acknowledgement { number, desk, link } => {
            let values =
                [("number", Value::from(*number)), ("desk", Value::from(*desk)), ("link", link.map_or(Value::from(()), Value::from))];
            ("acknowledgement", values.into(), 0)
        }
        Template::AgentReply { number, title, text, html, agent, desk } => {
            let (mut values, own) = written(text, *html);
            values.extend([
                ("number", Value::from(*number)),
                ("title", Value::from(without_number(title, number))),
                ("agent", Value::from(*agent)),
                ("desk", Value::from(*desk)),
            ]);
            ("reply", values.into_iter().collect(), own)
        }
        Template::Side { subject, answers, text, html, agent, desk } => {
            let (mut values, own) = written(text, *html);
            let subject = if *answers { format!("Re: {}", without_number(subject, "")) } else { (*subject).to_owned() };
            values.extend([("subject", Value::from(subject)), ("agent", Value::from(*agent)), ("desk", Value::from(*desk))]);
            ("side", values.into_iter().collect(), own)
        }
    }
}

/// What an agent wrote as values, and its bytes.
fn written(text: &str, html: Option<&str>) -> (Vec<(&'static str, Value)>, usize) {
    let html = html.map_or_else(|| sanitise::from_text(text), sanitise::clean);
    let own = text.len().saturating_add(html.len());
    (vec![("text", Value::from(text.trim_end())), ("html", Value::from_safe_string(html))], own)
}

/// The title without answer marks and the ticket's own number, which the subject adds itself.
fn without_number(title: &str, number: &str) -> String {
    let mut title = if number.is_empty() { title.to_owned() } else { title.replace(&format!("[{number}]"), "") };
    while let Some(rest) = title.trim_start().get(..3).filter(|start| start.eq_ignore_ascii_case("re:")).and(title.trim_start().get(3..)) {
        title = rest.to_owned();
    }
    title.trim().to_owned()
}

fn load() -> std::result::Result<Environment<'static>, String> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|name| if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None });
    for locale in Locale::ALL {
        let words: Words = toml::from_str(source(locale)).map_err(|error| format!("{locale}: {error}"))?;
        for (name, template) in templates(locale, &words) {
            environment.add_template_owned(format!("{locale}/{name}"), template).map_err(|error| format!("{locale}/{name}: {error}"))?;
        }
    }
    Ok(environment)
}

const fn source(locale: Locale) -> &'static str {
    match locale {
        Locale::En => include_str!("templates/en.toml"),
        Locale::Vi => include_str!("templates/vi.toml"),
        Locale::Ro => include_str!("templates/ro.toml"),
        Locale::Lv => include_str!("templates/lv.toml"),
        Locale::Ru => include_str!("templates/ru.toml"),
        Locale::ZhHans => include_str!("templates/zh-Hans.toml"),
    }
}

/// The HTML document around a body.
pub(super) fn page(locale: Locale, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{locale}\"><head><meta charset=\"utf-8\"></head>\
         <body style=\"font-family:sans-serif;font-size:15px;line-height:1.5;color:#222\">\n{body}\n</body></html>\n"
    )
}

/// The words that came with the program, as somebody would write them; the HTML is made from the text.
pub fn built_in(kind: LetterKind, locale: Locale) -> Result<Option<Source>> {
    let words: Words = toml::from_str(source(locale)).map_err(|error| Error::internal(format!("{locale}: {error}")))?;
    let parts = templates(locale, &words);
    let part = |form: &str| parts.iter().find(|(name, _)| *name == format!("{}.{form}", kind.word())).map(|(_, text)| text.clone());
    Ok(part("subject").map(|subject| Source { subject: subject.replace("subject", "title"), text: part("txt"), html: None }))
}

/// The words of a language laid out as text and as HTML, so that both say the same.
fn templates(locale: Locale, words: &Words) -> Vec<(&'static str, String)> {
    let Words { acknowledgement, reply } = words;
    let page = |body: &str| page(locale, body);
    let paragraphs: String = acknowledgement.paragraphs.iter().map(|words| format!("<p>{words}</p>\n")).collect();
    let small = "style=\"color:#666;font-size:13px;border-top:1px solid #ddd;padding-top:8px;margin-top:24px\"";
    vec![
        ("acknowledgement.subject", acknowledgement.subject.clone()),
        (
            "acknowledgement.txt",
            format!(
                "{}\n{{% if link %}}\n{}\n{{{{ link }}}}\n{{% endif %}}\n-- \n{{{{ desk }}}} · {{{{ number }}}}\n",
                acknowledgement.paragraphs.join("\n\n"),
                acknowledgement.link
            ),
        ),
        (
            "acknowledgement.html",
            page(&format!(
                "{paragraphs}{{% if link %}}<p>{}<br><a href=\"{{{{ link }}}}\">{{{{ link }}}}</a></p>\n{{% endif %}}\
                 <p {small}>{{{{ desk }}}} · {{{{ number }}}}</p>",
                acknowledgement.link
            )),
        ),
        ("reply.subject", "Re: {{ title }} [{{ number }}]".to_owned()),
        ("reply.txt", format!("{{{{ text }}}}\n\n-- \n{{{{ agent }}}}\n{{{{ desk }}}} · {} {{{{ number }}}}\n", reply.request)),
        (
            "reply.html",
            page(&format!(
                "<div>{{{{ html }}}}</div>\n<p {small}>{{{{ agent }}}}<br>{{{{ desk }}}} · {} {{{{ number }}}}</p>",
                reply.request
            )),
        ),
        ("side.subject", "{{ subject }}".to_owned()),
        ("side.txt", "{{ text }}\n\n-- \n{{ agent }}\n{{ desk }}\n".to_owned()),
        ("side.html", page(&format!("<div>{{{{ html }}}}</div>\n<p {small}>{{{{ agent }}}}<br>{{{{ desk }}}}</p>"))),
    ]
}

/// Takes output up to a limit.
pub(super) struct Limited {
    bytes: Vec<u8>,
    left: usize,
}

impl Limited {
    /// So many bytes.
    pub(super) const fn up_to(bytes_max: usize) -> Self {
        Self { bytes: Vec::new(), left: bytes_max }
    }
    /// What came, when it is text.
    pub(super) fn text(self) -> Option<String> {
        String::from_utf8(self.bytes).ok()
    }
}

impl io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.left = self.left.checked_sub(bytes.len()).ok_or(io::ErrorKind::FileTooLarge)?;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply<'a>(title: &'a str, text: &'a str, html: Option<&'a str>) -> Template<'a> {
        Template::AgentReply { number: "INC-1042", title, text, html, agent: "Anna Ozola", desk: "IT" }
    }

    #[test]
    fn every_language_acknowledges_with_the_number_and_the_link() {
        let mut subjects = Vec::new();
        for locale in Locale::ALL {
            let letter = Template::Acknowledgement { number: "INC-1042", desk: "IT", link: Some("https://desk.example/r/abc?a=1&b=2") };
            let rendered = render(&letter, locale).unwrap();
            assert!(rendered.subject.starts_with("[INC-1042] "), "{locale}: {}", rendered.subject);
            assert!(
                rendered.text.contains("INC-1042") && rendered.text.contains("https://desk.example/r/abc?a=1&b=2"),
                "{}",
                rendered.text
            );
            assert!(rendered.html.contains("INC-1042") && rendered.html.contains("abc?a=1&amp;b=2"), "{}", rendered.html);
            assert!(rendered.html.contains(&format!("lang=\"{locale}\"")));
            subjects.push(rendered.subject);
        }
        subjects.dedup();
        assert_eq!(subjects.len(), 6);
    }

    #[test]
    fn an_acknowledgement_without_a_portal_has_no_link() {
        let rendered = render(&Template::Acknowledgement { number: "REQ-7", desk: "HR", link: None }, Locale::En).unwrap();
        assert!(!rendered.text.contains("follow") && !rendered.html.contains("href"), "{}", rendered.text);
        assert!(rendered.text.ends_with("-- \nHR · REQ-7"), "{:?}", rendered.text);
    }

    #[test]
    fn t_a6_what_people_wrote_is_printed_literally() {
        for text in ["{{7*7}}", "${7*7}", "<%= 7*7 %>", "{% include 'x' %}", "#{7*7}", "{{ ''.__class__ }}", "{# no #}"] {
            for locale in Locale::ALL {
                let rendered = render(&reply(text, text, None), locale).unwrap();
                assert!(rendered.subject.contains(text), "{}", rendered.subject);
                assert!(rendered.text.starts_with(text), "{}", rendered.text);
                assert!(!rendered.text.contains("49") && !rendered.html.contains("49"));
            }
        }
    }

    #[test]
    fn t_a1_html_in_a_reply_is_escaped_or_cleaned() {
        let rendered = render(&reply("<b>", "<script>alert(1)</script>", None), Locale::En).unwrap();
        assert!(rendered.html.contains("&lt;script&gt;") && !rendered.html.contains("<script"), "{}", rendered.html);
        let rendered = render(&reply("x", "x", Some("<p onclick=x>hi<script>alert(1)</script></p>")), Locale::En).unwrap();
        assert!(rendered.html.contains("<p>hi</p>") && !rendered.html.contains("alert"), "{}", rendered.html);
        let named = Template::AgentReply { number: "INC-1", title: "x", text: "x", html: None, agent: "<img src=x>", desk: "IT" };
        assert!(render(&named, Locale::En).unwrap().html.contains("&lt;img"));
    }

    #[test]
    fn a_reply_names_the_ticket_once_in_its_subject() {
        for title in ["Printer", "Re: Printer", "RE: re: [INC-1042] Printer", "Re: Printer [INC-1042]"] {
            assert_eq!(render(&reply(title, "x", None), Locale::Lv).unwrap().subject, "Re: Printer [INC-1042]");
        }
        assert_eq!(
            render(&reply("a\r\nBcc: x@example.com", "x", None), Locale::En).unwrap().subject,
            "Re: a Bcc: x@example.com [INC-1042]"
        );
    }

    #[test]
    fn a_long_reply_goes_out_whole() {
        let long = "ж".repeat(500_000);
        assert!(render(&reply("x", &long, None), Locale::Ru).unwrap().text.contains(&long));
    }
}
