//! The condition of a field: a line for each term, with a free one below.

use maud::{Markup, html};
use people::settings::form::{Compared, Condition, TERMS_MAX, Term};
use web::Words;
use web::components::{Choice, Field, select};

use crate::Posted;

/// So many free lines stand below the terms that are there.
const FREE: usize = 2;

/// What the lines say; a line without a field says nothing.
pub(super) fn condition_of(posted: &Posted, key: &str) -> Option<Condition> {
    let all = |part: &str| posted.all(&format!("{part}.{key}")).map(str::to_owned).collect::<Vec<_>>();
    let (fields, compared, values) = (all("when"), all("is"), all("values"));
    let terms: Vec<Term> = fields
        .into_iter()
        .zip(compared.into_iter().chain(std::iter::repeat(String::new())))
        .zip(values.into_iter().chain(std::iter::repeat(String::new())))
        .filter(|((field, _), _)| !field.is_empty())
        .map(|((field, word), values)| {
            let is = Compared::ALL.into_iter().find(|(_, known)| *known == word).map_or(Compared::Is, |(is, _)| is);
            let values = values.split(',').map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect();
            Term { field, is, values: if matches!(is, Compared::Is | Compared::IsNot) { values } else { Vec::new() } }
        })
        .collect();
    (!terms.is_empty()).then(|| Condition { any: posted.one(&format!("any.{key}")) == "1", terms })
}

fn compared_name(is: Compared, words: &Words) -> String {
    match is {
        Compared::Is => words.t("forms-is"),
        Compared::IsNot => words.t("forms-is-not"),
        Compared::Filled => words.t("forms-is-filled"),
        Compared::Empty => words.t("forms-is-empty"),
    }
}

/// The lines of a field; `others` are the keys and names of the fields that it may depend on.
pub(super) fn rows(key: &str, when: Option<&Condition>, others: &[(String, String)], words: &Words) -> Markup {
    let terms = when.map(|when| when.terms.as_slice()).unwrap_or_default();
    let count = (terms.len() + FREE).min(TERMS_MAX);
    let any = when.is_some_and(|when| when.any);
    let several = [Choice::new("", words.t("forms-all-terms"), !any), Choice::new("1", words.t("forms-any-term"), any)];
    html! {
        fieldset.form-terms {
            legend { (words.t("forms-when")) }
            @for at in 0..count { (row((key, at), terms.get(at), others, words)) }
            small { (words.t("forms-when-help")) }
            div.form-several { (select(&Field { name: &format!("any.{key}"), label: &words.t("forms-terms"), ..Field::default() }, &several)) }
        }
    }
}

fn row((key, at): (&str, usize), term: Option<&Term>, others: &[(String, String)], words: &Words) -> Markup {
    let number = at + 1;
    html! {
        div.form-term {
            select.input name={ "when." (key) } aria-label=(words.with("forms-term-field", &[("n", &number)])) {
                option value="" { @if at == 0 { (words.t("forms-always-asked")) } @else { (words.t("asked-choose")) } }
                @for (other, label) in others { option value=(other) selected[term.is_some_and(|term| term.field == *other)] { (label) } }
            }
            select.input.form-is name={ "is." (key) } aria-label=(words.with("forms-term-is", &[("n", &number)])) {
                @for (is, word) in Compared::ALL { option value=(word) selected[term.is_some_and(|term| term.is == is)] { (compared_name(is, words)) } }
            }
            input.input.form-values name={ "values." (key) } value=(term.map(|term| term.values.join(", ")).unwrap_or_default()) list="form-options" autocomplete="off" maxlength="1000"
                aria-label=(words.with("forms-term-values", &[("n", &number)])) placeholder=(words.t("forms-values-hint"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_a_field_say_nothing_and_the_others_say_what_they_show() {
        let posted = Posted::default().with("any.deck", "1");
        let line = |posted: Posted, field: &str, is: &str, values: &str| {
            posted.with("when.deck", field).with("is.deck", is).with("values.deck", values)
        };
        let posted = line(posted, "ship", "is", "Aurora, Borealis ,");
        let posted = line(posted, "", "is", "nothing");
        let posted = line(posted, "mast", "empty", "ignored");
        let condition = condition_of(&posted, "deck").unwrap();
        assert!(condition.any);
        assert_eq!(condition.terms[0], Term { field: "ship".into(), is: Compared::Is, values: vec!["Aurora".into(), "Borealis".into()] });
        assert_eq!(condition.terms[1], Term { field: "mast".into(), is: Compared::Empty, values: Vec::new() });
        assert_eq!(condition_of(&posted, "ship"), None);
    }
}
