//! The API as a document, made from the same routes that are served.

use serde_json::json;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{Components, ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, Ref, RefOr, ResponseBuilder, ServerBuilder};

/// What the API is, above all calls.
const DESCRIPTION: &str = "Everything that the pages of Steward do, for programs.\n\nSend `Authorization: Bearer <token>`; `steward token add` makes one. Bodies are JSON in UTF-8 with \
     snake_case names, times are RFC 3339 in UTC, ids are strings, unknown fields are refused. Lists answer `{\"items\": [...], \"next_cursor\": ...}`; single records carry an `ETag`, \
     which `If-Match` takes back. Every POST takes an `Idempotency-Key`: the same key with the same body gives the first answer again. Errors are `application/problem+json` (RFC 9457).";
/// The parts of the API, in the order in which a reader meets them.
const TAGS: [(&str, &str); 13] = [
    ("tickets", "Tickets of every kind, their states and links."),
    ("views", "Saved lists with exact counts, of one person, a team, a desk or everybody."),
    ("search", "Search by words, in every form of a word, over what the caller may see."),
    ("conversation", "Replies, notes, incoming messages, files and the timeline."),
    ("side conversations", "Mails with third parties beside a ticket, which the requester never sees."),
    ("tasks", "What has to be done on a ticket: ordered, dependent, mandatory; for those who work on it."),
    ("time", "Time worked on tickets, and the caller's one timer."),
    ("people", "Persons and organisations."),
    ("desks", "Desks, teams, categories, custom fields, mailboxes and practices."),
    ("webhooks", "Other programs that are told what happens, and what became of each telling, for administrators."),
    ("mail", "What became of each mail and the words of letters, for administrators."),
    ("drafts", "What somebody has begun to write: kept while they write, with versions, and shown to colleagues for review."),
    ("journal", "Everything that happened, in one order, as pages and as a stream."),
];
const PROBLEM: &str = "Problem";
const TOKEN: &str = "token";

/// Completes what the routes say of themselves.
pub(crate) fn complete(mut document: OpenApi, base_url: &str) -> OpenApi {
    document.info = InfoBuilder::new()
        .title("Steward")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(DESCRIPTION))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build()))
        .build();
    document.servers = Some(vec![ServerBuilder::new().url(base_url).build()]);
    document.security = Some(vec![SecurityRequirement::new::<&str, [&str; 0], &str>(TOKEN, [])]);
    document.tags = Some(TAGS.map(|(name, about)| TagBuilder::new().name(name).description(Some(about)).build()).into());
    let components = document.components.get_or_insert_with(Components::new);
    components.schemas.insert(PROBLEM.to_owned(), problem_schema());
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token of steward token add.")).build();
    components.security_schemes.insert(TOKEN.to_owned(), RefOr::T(SecurityScheme::Http(scheme)));
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations_mut(item) {
            describe(path, operation);
            match method {
                "POST" => add_header(operation, "Idempotency-Key", "The same key with the same body gives the first answer again."),
                "PATCH" => add_header(operation, "If-Match", "The ETag that was read; 412 when the record has changed since."),
                _ => {}
            }
        }
    }
    document
}

/// A call is named by its address and its handler, since names of handlers repeat from file to file; and it may fail.
fn describe(path: &str, operation: &mut Operation) {
    let fixed = path.trim_start_matches("/api/v1/").split('/').filter(|part| !part.starts_with('{'));
    let mut words: Vec<String> = fixed.map(|part| part.replace(['-', '.'], "_")).collect();
    if let Some(own) = operation.operation_id.take().filter(|own| words.last() != Some(own)) {
        words.push(own);
    }
    operation.operation_id = Some(words.join("_"));
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(PROBLEM))).build();
    let response = ResponseBuilder::new().description("What went wrong.").content("application/problem+json", content).build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(response));
}

/// Adds a header that may be sent, unless the call names it itself.
fn add_header(operation: &mut Operation, name: &str, about: &str) {
    let parameters = operation.parameters.get_or_insert_default();
    let known = parameters.iter().any(|one| matches!(one, RefOr::T(one) if one.name.eq_ignore_ascii_case(name)));
    if !known {
        let text = ObjectBuilder::new().schema_type(Type::String).build();
        let header = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header).description(Some(about)).schema(Some(text));
        parameters.push(RefOr::T(header.build()));
    }
}

/// The calls of a path with their methods.
#[cfg(test)]
pub(crate) fn operations(item: &PathItem) -> Vec<(&'static str, &Operation)> {
    let all = [("GET", &item.get), ("POST", &item.post), ("PUT", &item.put), ("PATCH", &item.patch), ("DELETE", &item.delete)];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?))).collect()
}

fn operations_mut(item: &mut PathItem) -> Vec<(&'static str, &mut Operation)> {
    let all = [
        ("GET", &mut item.get),
        ("POST", &mut item.post),
        ("PUT", &mut item.put),
        ("PATCH", &mut item.patch),
        ("DELETE", &mut item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?))).collect()
}

fn problem_schema() -> RefOr<utoipa::openapi::Schema> {
    let text = |about: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(about)).build();
    let field = ObjectBuilder::new()
        .property("field", text("As the request names it."))
        .property("message", text("What to do about it, in the language of the caller."))
        .required("field")
        .required("message")
        .build();
    let object = ObjectBuilder::new()
        .description(Some("RFC 9457."))
        .property("type", text("Kind of problem, a reference into /api/docs."))
        .property("title", text("The kind in words."))
        .property("status", ObjectBuilder::new().schema_type(Type::Integer).description(Some("HTTP status.")).build())
        .property("detail", text("What to do about it."))
        .property("errors", ArrayBuilder::new().items(field).description(Some("Field by field, when the status is 422.")).build())
        .property("request_id", text("Quote it when you ask for help."))
        .required("type")
        .required("title")
        .required("status")
        .required("detail")
        .required("request_id")
        .examples([json!({
            "type": "/api/docs#problem-invalid", "title": "Something needs correcting", "status": 422, "detail": "This is needed.",
            "errors": [{"field": "title", "message": "This is needed."}], "request_id": "8f14e45fceea167a"
        })])
        .build();
    object.into()
}
