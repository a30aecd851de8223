use kernel::Locale;

use super::check::check;
use super::*;

fn source(subject: &str, text: Option<&str>, html: Option<&str>) -> Source {
    Source { subject: subject.to_owned(), text: text.map(str::to_owned), html: html.map(str::to_owned) }
}

fn values() -> Values {
    Values {
        number: "INC-1042".into(),
        title: "Printer".into(),
        desk: "IT".into(),
        agent: "Anna".into(),
        requester: "Rosa".into(),
        link: String::new(),
        text: "Hello Rosa,\nit works.".into(),
        html: Some("<p>Hello <strong>Rosa</strong></p>".into()),
    }
}

#[test]
fn names_and_conditions_are_all_that_a_template_has() {
    for fine in [
        "Plain words, 100 % {braces} and $signs.",
        "{{ number }} {{title}} {{ desk }} {{ agent }} {{ requester }} {{ link }} {{ text }} {{ html }}",
        "{% if link %}{{ link }}{% elif not number %}-{% else %}{{ number or title }}{% endif %}",
        "{% if desk == \"IT\" and number != '' %}x{% endif %}{{ link if link else desk }}{# a remark #}",
    ] {
        assert_eq!(check(fine), Ok(()), "{fine}");
    }
}

#[test]
fn t_a6_a_template_reaches_nothing_and_cannot_grow() {
    let parts = [
        "{% for x in [1,2] %}{% endfor %}",
        "{% set a = number %}",
        "{% set a %}{{ number }}{% endset %}",
        "{% with a = number %}{% endwith %}",
        "{% filter upper %}x{% endfilter %}",
        "{% autoescape false %}{{ title }}{% endautoescape %}",
        "{{ 'a' * 1000000000 }}",
        "{{ number ~ number }}",
        "{{ number + number }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ range(1000000000) }}",
        "{{ text.__class__ }}",
        "{{ text['x'] }}",
        "{{ text[0:1] }}",
        "{{ number|upper }}",
        "{{ number is defined }}",
        "{{ [1, 2, 3] }}",
        "{{ {'a': 1} }}",
        "{{ -number }}",
        "{{ number in title }}",
        "{% do number %}",
    ];
    for one in parts {
        let refused = check(&format!("first line\n{one}")).unwrap_err();
        assert!(matches!(refused.key, "error-template-part" | "error-template-syntax" | "error-template-name"), "{one}: {refused:?}");
        assert!(refused.args.contains(&("line", "2".to_owned())), "{one}: {refused:?}");
        assert!(fill(&source("x", Some(one), None), &values(), Locale::En).is_err(), "{one}");
    }
    for one in [
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro m() %}{% endmacro %}",
        "{% block x %}{% endblock %}",
        "{{ unclosed",
        "{% if number %}",
    ] {
        assert_eq!(check(one).unwrap_err().key, "error-template-syntax", "{one}");
    }
    for name in ["config", "env", "ticket", "settings", "loop", "self", "debug"] {
        let refused = check(&format!("\n\n{{{{ {name} }}}}")).unwrap_err();
        assert_eq!((refused.key, refused.args[0].clone()), ("error-template-name", ("line", "3".to_owned())), "{name}");
    }
    assert!(check(&"{{".repeat(30_000)).is_err() && check(&"(".repeat(10_000)).is_ok());
    assert!(check(&format!("{{{{ {}number{} }}}}", "(".repeat(20_000), ")".repeat(20_000))).is_err(), "depth is bounded");
}

#[test]
fn t_a6_values_are_printed_literally_in_every_part() {
    for evil in ["{{7*7}}", "${7*7}", "<%= 7*7 %>", "{% include 'x' %}", "#{7*7}", "{{ html }}", "{# no #}"] {
        let said = Values { title: evil.into(), text: evil.into(), html: None, agent: evil.into(), requester: evil.into(), ..values() };
        let all = "{{ title }}|{{ agent }}|{{ requester }}|{{ text }}";
        let filled = fill(&source("{{ title }}", Some(all), None), &said, Locale::En).unwrap();
        assert_eq!(filled.subject, evil);
        assert_eq!(filled.text, [evil; 4].join("|"));
        assert!(!filled.html.contains("49") && !filled.text.contains("49"), "{}", filled.html);
        let filled = fill(&source("x", None, Some("<p>{{ title }} {{ text }}</p>{{ html }}")), &said, Locale::En).unwrap();
        assert!(!filled.html.contains("49") && !filled.html.contains("<%"), "{}", filled.html);
    }
}

#[test]
fn t_a1_values_are_escaped_in_html_and_the_whole_is_cleaned() {
    let said = Values { title: "<img src=x onerror=alert(1)>".into(), agent: "<script>alert(2)</script>".into(), ..values() };
    let html = "<h1 onclick=\"x()\">{{ title }}</h1>{{ agent }}<script>alert(3)</script><div>{{ html }}</div>";
    let filled = fill(&source("x", None, Some(html)), &said, Locale::En).unwrap();
    assert!(!filled.html.contains("<script") && !filled.html.contains("<img") && !filled.html.contains("onclick"), "{}", filled.html);
    assert!(filled.html.contains("<strong>Rosa</strong>") && filled.html.contains("&lt;img"), "{}", filled.html);
    let filled = fill(&source("x", Some("{{ title }} {{ agent }}"), None), &said, Locale::En).unwrap();
    assert!(!filled.html.contains("<script") && !filled.html.contains("<img"), "{}", filled.html);
}

#[test]
fn plain_text_and_html_are_always_both_there() {
    let filled = fill(&source("{{ number }}", Some("{{ text }}\n\n{{ agent }} <{{ desk }}>"), None), &values(), Locale::Lv).unwrap();
    assert_eq!(filled.text, "Hello Rosa,\nit works.\n\nAnna <IT>");
    assert!(filled.html.contains("<strong>Rosa</strong>") && filled.html.contains("Anna &lt;IT&gt;"), "{}", filled.html);
    assert!(filled.html.contains("lang=\"lv\"") && !filled.html.contains("steward"), "{}", filled.html);
    let filled = fill(&source("x", None, Some("<p>Dear {{ requester }},</p>{{ html }}")), &values(), Locale::En).unwrap();
    assert!(filled.text.contains("Dear Rosa,") && filled.text.contains("Hello") && !filled.text.contains('<'), "{}", filled.text);
}

#[test]
fn t_m5_a_subject_is_one_line_whatever_its_values_hold() {
    for end in ["\r", "\n", "\r\n", "\0", "\u{2028}", "\r\n "] {
        let said = Values { title: format!("a{end}Bcc: victim@example.com"), ..values() };
        let filled = fill(&source(&format!("x{end}{{{{ title }}}}"), Some("x"), None), &said, Locale::En).unwrap();
        assert!(!filled.subject.contains(|c: char| c.is_control() || c == '\u{2028}'), "{:?}", filled.subject);
    }
}

#[test]
fn output_beyond_measure_is_refused() {
    let said = Values { text: "x".repeat(1_000_000), html: Some("<p>x</p>".into()), ..values() };
    let many = "{{ text }}".repeat(10);
    assert!(fill(&source("x", Some(&many), None), &said, Locale::En).is_err());
    assert!(fill(&source("x", Some("{{ text }}"), None), &said, Locale::En).unwrap().text.len() >= 1_000_000);
}

#[test]
fn t_m7_an_acknowledgement_knows_nothing_that_the_sender_wrote() {
    let known = known(values(), LetterKind::Acknowledgement);
    let all = "{{ title }}{{ requester }}{{ text }}{{ html }}{{ agent }}|{{ number }} {{ desk }}";
    let filled = fill(&source(all, Some(all), None), &known, Locale::En).unwrap();
    assert_eq!((filled.subject.as_str(), filled.text.as_str()), ("|INC-1042 IT", "|INC-1042 IT"));
}
