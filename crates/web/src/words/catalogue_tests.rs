//! The six catalogues against each other, against the code that uses them, and the templates against words that no catalogue knows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;
use kernel::Locale;

use super::catalogue;

type Texts = BTreeMap<String, Text>;

#[derive(Default)]
struct Text {
    variables: BTreeSet<String>,
    /// Messages that this one is made of.
    parts: BTreeSet<String>,
    /// Plural categories of each choice.
    choices: Vec<BTreeSet<String>>,
}

fn texts(locale: Locale) -> Texts {
    let source = catalogue(locale);
    let resource = parse(source.as_str()).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", locale.tag()));
    let mut texts = Texts::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let key = message.id.name.to_owned();
            let mut text = Text::default();
            walk(message.value.as_ref().unwrap_or_else(|| panic!("{key} is empty")), &mut text);
            assert!(texts.insert(key.clone(), text).is_none(), "{}: {key} is there twice", locale.tag());
        }
    }
    texts
}

fn walk(pattern: &Pattern<&str>, text: &mut Text) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => inline_of(inline, text),
            Expression::Select { selector, variants } => {
                inline_of(selector, text);
                text.choices.push(
                    variants
                        .iter()
                        .map(|variant| match variant.key {
                            fluent_syntax::ast::VariantKey::Identifier { name } => name.to_owned(),
                            fluent_syntax::ast::VariantKey::NumberLiteral { value } => value.to_owned(),
                        })
                        .collect(),
                );
                variants.iter().for_each(|variant| walk(&variant.value, text));
            }
        }
    }
}

fn inline_of(inline: &InlineExpression<&str>, text: &mut Text) {
    match inline {
        InlineExpression::VariableReference { id } => drop(text.variables.insert(id.name.to_owned())),
        InlineExpression::MessageReference { id, .. } => drop(text.parts.insert(id.name.to_owned())),
        other => panic!("not used in these catalogues: {other:?}"),
    }
}

#[test]
fn every_language_has_every_text_with_the_same_variables() {
    let english = texts(Locale::En);
    for locale in Locale::ALL {
        let other = texts(locale);
        let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        let extra: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{}: missing {missing:?}, unknown {extra:?}", locale.tag());
        for (key, text) in &other {
            let mut wanted = english[key].variables.clone();
            let mut had = text.variables.clone();
            // Needed for choosing a form only: a language without forms does without it.
            for chooser in ["month", "n"] {
                if text.choices.is_empty() || english[key].choices.is_empty() {
                    wanted.remove(chooser);
                    had.remove(chooser);
                }
            }
            assert_eq!(had, wanted, "{}: {key}", locale.tag());
        }
    }
}

#[test]
fn plurals_have_the_forms_of_the_language() {
    for (locale, forms) in [
        (Locale::En, vec!["one", "other"]),
        (Locale::Vi, vec![]),
        (Locale::Ro, vec!["few", "one", "other"]),
        (Locale::Lv, vec!["one", "other", "zero"]),
        (Locale::Ru, vec!["few", "many", "one", "other"]),
        (Locale::ZhHans, vec![]),
    ] {
        // Months and days have names, whatever the language.
        let is_counted = |key: &str| !key.starts_with("month-") && !key.starts_with("weekday-");
        for (key, text) in texts(locale).iter().filter(|(key, _)| is_counted(key)) {
            for choice in &text.choices {
                assert_eq!(choice.iter().collect::<Vec<_>>(), forms, "{}: {key}", locale.tag());
            }
        }
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    fn gather(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                gather(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                into.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut all = Vec::new();
    for entry in std::fs::read_dir(crates).unwrap().flatten().filter(|entry| entry.file_name() != "testkit") {
        let src = entry.path().join("src");
        if src.is_dir() {
            gather(&src, &mut all);
        }
    }
    all.retain(|(path, _)| !path.strip_prefix(crates).unwrap_or(path).to_string_lossy().contains("words/"));
    all
}

fn literals(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').skip(1).step_by(2)
}

#[test]
fn every_text_is_used_somewhere() {
    let english = texts(Locale::En);
    let sources = sources();
    let mut used: BTreeSet<&str> = english.values().flat_map(|text| text.parts.iter().map(String::as_str)).collect();
    // Splitting at quotation marks goes astray after a quote in a character or comment, so each line is read by itself.
    used.extend(sources.iter().flat_map(|(_, source)| source.lines()).flat_map(literals));
    let unused: Vec<_> = english.keys().filter(|key| !used.contains(key.as_str())).collect();
    assert!(unused.is_empty(), "no code says {unused:?}");
}

#[test]
fn every_key_in_the_code_has_a_text() {
    let english = texts(Locale::En);
    let calls = ["words.t(", "words.with(", "words().t(", "words().with(", "frame.words.t(", "frame.words.with(", "Message::new("];
    let mut missing = Vec::new();
    for (path, source) in sources() {
        // A call may be broken over two lines.
        let joined = source.lines().map(str::trim).collect::<Vec<_>>().join("");
        for call in calls {
            for after in joined.split(call).skip(1) {
                let Some(key) = after.strip_prefix('"').and_then(|rest| rest.split('"').next()) else { continue };
                if !english.contains_key(key) {
                    missing.push(format!("{}: {key}", path.display()));
                }
            }
        }
        // Keys of errors also go through helpers of their crate.
        let errors = source.lines().flat_map(literals).filter(|text| text.starts_with("error-"));
        missing.extend(errors.filter(|key| !english.contains_key(*key)).map(|key| format!("{}: {key}", path.display())));
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "no text for\n{}", missing.join("\n"));
}

/// What needs no translation: the product's name and what stands on keys.
const UNTRANSLATED: [&str; 9] = ["Steward", " · Steward", "Ctrl ↵", "↵", "Ctrl", "Ctrl ", "Ctrl K", "Esc", "Tab"];

/// The texts of a template: what stands between elements, and what is handed to components. Attribute values are left out.
fn template_texts(source: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for template in source.split("html! {").skip(1) {
        let (mut depth, mut skipping, mut last) = (1, None::<i32>, ' ');
        let mut chars = template.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => {
                    let mut text = String::new();
                    while let Some(inner) = chars.next().filter(|inner| *inner != '"') {
                        text.push(inner);
                    }
                    let is_key = text.contains('-') && !text.contains(' ');
                    if skipping.is_none() && last != '=' && !is_key {
                        texts.push(text);
                    }
                }
                '(' | '[' | '{' => {
                    depth += 1;
                    if last == '=' && skipping.is_none() {
                        skipping = Some(depth);
                    }
                }
                ')' | ']' | '}' => {
                    if skipping == Some(depth) {
                        skipping = None;
                    }
                    depth -= 1;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if !c.is_whitespace() {
                last = c;
            }
        }
    }
    texts
}

#[test]
fn templates_hold_no_words_of_their_own() {
    let mut found = Vec::new();
    for (path, source) in sources() {
        let name = path.to_string_lossy();
        if !(name.contains("/pages/") || name.contains("/components/")) {
            continue;
        }
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        // A word for people has a space or a capital; a bare small word is the name of a field, icon or class.
        let is_for_people = |text: &str| text.trim().contains(' ') || text.trim().starts_with(char::is_uppercase);
        let words = template_texts(code).into_iter().filter(|text| is_for_people(text) && !UNTRANSLATED.contains(&text.as_str()));
        found.extend(words.map(|text| format!("{name}: {text:?}")));
    }
    assert!(found.is_empty(), "words that no catalogue knows:\n{}", found.join("\n"));
    assert_eq!(
        template_texts(r#"html! { p class="a B" title=(x("No")) { "Hello you" (icon("plus")) } } "Outside it""#),
        ["Hello you", "plus"]
    );
}
