//! `/api/docs`: the OpenAPI document as a page for people, without a script. The document is in English, so the page is too.

mod example;

use maud::{DOCTYPE, Markup, html};
use serde_json::Value;
use utoipa::openapi::OpenApi;

/// The page's own style sheet; the policy of pages allows none inside them.
pub(super) const STYLE: &str = include_str!("docs/style.css");

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
/// Statuses of problems, which `type` of a problem points at.
const PROBLEMS: [(&str, &str, &str); 11] = [
    ("malformed", "400", "It cannot be read: broken JSON, an unknown cursor, a header that makes no sense."),
    ("unauthenticated", "401", "No token, or one that has ended."),
    ("forbidden", "403", "You may see it, and may not do this to it."),
    ("not-found", "404", "It does not exist, or you may not know that it does."),
    ("method-not-allowed", "405", "The address exists, but not for this method."),
    ("conflict", "409", "It contradicts what is there, such as an Idempotency-Key that stood for another request."),
    ("stale", "412", "It was changed after the version in If-Match; the answer's ETag names the current one."),
    ("too-large", "413", "The body is larger than what is taken."),
    ("invalid", "422", "It can be read and not accepted; errors names each field."),
    ("too-many", "429", "Too many requests; Retry-After says when to come back."),
    ("unavailable", "503", "The storage is away or full; nothing was half done. Try again."),
];

/// The page.
pub(super) fn page(document: &OpenApi) -> Markup {
    let document = serde_json::to_value(document).unwrap_or_default();
    let groups = groups(&document);
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (HEADING) }
                link rel="stylesheet" href="/api/docs/style.css";
            }
            body {
                nav aria-label=(HEADING) {
                    h1 { a href="/" { (text(&document, "/info/title")) } " " span { (text(&document, "/info/version")) } }
                    @for (tag, calls) in &groups {
                        h2 { a href={ "#" (tag) } { (tag) } }
                        ul {
                            @for call in calls { li { a href={ "#" (call.anchor) } { (badge(call.method)) " " (call.short()) } } }
                        }
                    }
                    h2 { a href="#problems" { (PROBLEMS_HEADING) } }
                    h2 { a href="#schemas" { (SCHEMAS_HEADING) } }
                }
                main {
                    @for paragraph in text(&document, "/info/description").split("\n\n") { p.lead { (marked(paragraph)) } }
                    p { a href="/api/v1/openapi.json" { "/api/v1/openapi.json" } }
                    @for (tag, calls) in &groups {
                        section id=(tag) {
                            h2 { (tag) }
                            @if let Some(about) = about(&document, tag) { p { (about) } }
                            @for call in calls { (shown(call, &document)) }
                        }
                    }
                    section id="problems" {
                        h2 { (PROBLEMS_HEADING) }
                        dl {
                            @for (word, status, meaning) in PROBLEMS {
                                dt id={ "problem-" (word) } { code { (status) } " " (word) }
                                dd { (meaning) }
                            }
                        }
                    }
                    section id="schemas" {
                        h2 { (SCHEMAS_HEADING) }
                        @for (name, schema) in schemas.into_iter().flatten() {
                            article id={ "schema-" (name) } {
                                h3 { (name) }
                                @if let Some(about) = schema.get("description").and_then(Value::as_str) { p { (marked(about)) } }
                                (fields(schema))
                            }
                        }
                    }
                }
            }
        }
    }
}

const HEADING: &str = "Steward API";
const PROBLEMS_HEADING: &str = "Problems";
const SCHEMAS_HEADING: &str = "Schemas";
const PARAMETER_COLUMNS: [&str; 4] = ["Parameter", "In", "Type", "Meaning"];
const FIELD_COLUMNS: [&str; 3] = ["Field", "Type", "Meaning"];

/// One call of the document.
struct Call<'a> {
    method: &'static str,
    path: &'a str,
    anchor: String,
    operation: &'a Value,
}

impl Call<'_> {
    fn short(&self) -> &str {
        self.path.strip_prefix("/api/v1").unwrap_or(self.path)
    }
}

fn text<'a>(document: &'a Value, pointer: &str) -> &'a str {
    document.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn about<'a>(document: &'a Value, tag: &str) -> Option<&'a str> {
    let tags = document.get("tags")?.as_array()?;
    tags.iter().find(|one| text(one, "/name") == tag)?.get("description")?.as_str()
}

/// Calls by tag, both in the document's order.
fn groups(document: &Value) -> Vec<(&str, Vec<Call<'_>>)> {
    let tags = document.get("tags").and_then(Value::as_array).into_iter().flatten();
    let mut groups: Vec<(&str, Vec<Call<'_>>)> = tags.map(|tag| (text(tag, "/name"), Vec::new())).collect();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let tag = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or("api");
            let anchor = operation.get("operationId").and_then(Value::as_str).unwrap_or(path).to_owned();
            let call = Call { method, path, anchor, operation };
            match groups.iter_mut().find(|(known, _)| *known == tag) {
                Some((_, calls)) => calls.push(call),
                None => groups.push((tag, vec![call])),
            }
        }
    }
    groups
}

fn badge(method: &str) -> Markup {
    html! { span.method data-method=(method) { (method.to_ascii_uppercase()) } }
}

/// Words between backticks as code.
fn marked(text: &str) -> Markup {
    html! {
        @for (place, part) in text.split('`').enumerate() {
            @if place % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn shown(call: &Call<'_>, document: &Value) -> Markup {
    let operation = call.operation;
    let about = [operation.get("summary"), operation.get("description")];
    let parameters = operation.get("parameters").and_then(Value::as_array).filter(|list| !list.is_empty());
    let body = operation.pointer("/requestBody/content").and_then(Value::as_object);
    let responses = operation.get("responses").and_then(Value::as_object);
    html! {
        article id=(call.anchor) {
            h3 { (badge(call.method)) " " code { (call.path) } }
            @for about in about.into_iter().flatten().filter_map(Value::as_str) { p { (marked(about)) } }
            @if let Some(parameters) = parameters { (parameter_table(parameters)) }
            @for (kind, media) in body.into_iter().flatten() {
                p.media { "→ " code { (kind) } " " @if let Some(schema) = media.get("schema") { (kind_of(schema)) } }
                @if let Some(sample) = media.get("schema").and_then(|schema| example::of(schema, document)) { pre { code { (sample) } } }
            }
            ul.answers {
                @for (status, response) in responses.into_iter().flatten().filter(|(status, _)| *status != "default") {
                    li {
                        "← " code { (status) } " "
                        @for media in response.get("content").and_then(Value::as_object).into_iter().flatten() {
                            @if let Some(schema) = media.1.get("schema") { (kind_of(schema)) }
                        }
                    }
                }
            }
        }
    }
}

fn parameter_table(parameters: &[Value]) -> Markup {
    html! {
        table {
            thead { tr { @for column in PARAMETER_COLUMNS { th scope="col" { (column) } } } }
            tbody {
                @for parameter in parameters {
                    tr {
                        td { code { (text(parameter, "/name")) } @if parameter.get("required") == Some(&Value::Bool(true)) { "\u{a0}*" } }
                        td { (text(parameter, "/in")) }
                        td { @if let Some(schema) = parameter.get("schema") { (kind_of(schema)) } }
                        td { (marked(text(parameter, "/description"))) }
                    }
                }
            }
        }
    }
}

/// The fields of an object, or what a plain schema is.
fn fields(schema: &Value) -> Markup {
    let required: Vec<&str> = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return html! { p { (kind_of(schema)) } } };
    html! {
        table {
            thead { tr { @for column in FIELD_COLUMNS { th scope="col" { (column) } } } }
            tbody {
                @for (name, property) in properties {
                    tr {
                        td { code { (name) } @if required.contains(&name.as_str()) { "\u{a0}*" } }
                        td { (kind_of(property)) }
                        td { (marked(text(property, "/description"))) }
                    }
                }
            }
        }
    }
}

/// A schema in a few words, with a link where it has a name.
fn kind_of(schema: &Value) -> Markup {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|link| link.rsplit('/').next()) {
        return html! { a href={ "#schema-" (name) } { (name) } };
    }
    for either in ["oneOf", "anyOf", "allOf"] {
        if let Some(kinds) = schema.get(either).and_then(Value::as_array) {
            return html! { @for (place, kind) in kinds.iter().enumerate() { @if place > 0 { " | " } (kind_of(kind)) } };
        }
    }
    match schema.get("type") {
        Some(Value::String(kind)) if kind == "array" => html! { @if let Some(items) = schema.get("items") { (kind_of(items)) } "[]" },
        Some(Value::String(kind)) => {
            html! { (kind) @if let Some(format) = schema.get("format").and_then(Value::as_str) { " (" (format) ")" } }
        }
        Some(Value::Array(kinds)) => {
            html! { @for (place, kind) in kinds.iter().filter_map(Value::as_str).enumerate() { @if place > 0 { " | " } (kind) } }
        }
        _ => html! { "any" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_marked_by_backticks() {
        assert_eq!(marked("send `a` or <b>").into_string(), "send <code>a</code> or &lt;b&gt;");
    }

    #[test]
    fn a_schema_is_told_in_a_few_words() {
        let told = |schema: serde_json::Value| kind_of(&schema).into_string();
        assert_eq!(told(serde_json::json!({"type": ["string", "null"]})), "string | null");
        assert_eq!(
            told(serde_json::json!({"type": "array", "items": {"$ref": "#/components/schemas/Ticket"}})),
            "<a href=\"#schema-Ticket\">Ticket</a>[]"
        );
    }
}
