//! A body that fits a schema, put together from the examples of its fields.

use serde_json::{Map, Value};

/// Schemas that refer to themselves end here.
const DEPTH_MAX: usize = 6;

/// An example of an object, as text; none for what says nothing of itself.
pub(super) fn of(schema: &Value, document: &Value) -> Option<String> {
    let value = value(schema, document, 0)?;
    let said = value.as_object().is_some_and(|fields| !fields.is_empty());
    if said { serde_json::to_string_pretty(&value).ok() } else { None }
}

fn value(schema: &Value, document: &Value, depth: usize) -> Option<Value> {
    if depth > DEPTH_MAX {
        return None;
    }
    if let Some(link) = schema.get("$ref").and_then(Value::as_str) {
        return value(document.pointer(link.strip_prefix('#')?)?, document, depth + 1);
    }
    if let Some(example) = schema.get("example").or_else(|| schema.pointer("/examples/0")) {
        return Some(example.clone());
    }
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        let fields: Map<String, Value> =
            properties.iter().filter_map(|(name, property)| Some((name.clone(), value(property, document, depth + 1)?))).collect();
        return Some(Value::Object(fields)).filter(|object| object != &Value::Object(Map::new()));
    }
    for either in ["oneOf", "anyOf", "allOf"] {
        if let Some(kinds) = schema.get(either).and_then(Value::as_array) {
            return kinds.iter().find_map(|kind| value(kind, document, depth + 1));
        }
    }
    let item = value(schema.get("items")?, document, depth + 1)?;
    Some(Value::Array(vec![item]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_example_is_made_of_the_examples_of_its_fields() {
        let document = json!({"components": {"schemas": {"Desk": {"properties": {"name": {"example": "IT"}, "above": {"$ref": "#/components/schemas/Desk"}}}}}});
        let text =
            of(&json!({"properties": {"desk": {"$ref": "#/components/schemas/Desk"}, "silent": {"type": "string"}}}), &document).unwrap();
        let made: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(made.pointer("/desk/name"), Some(&json!("IT")));
        assert!(made.get("silent").is_none());
        assert_eq!(of(&json!({"type": "string", "example": "x"}), &document), None);
    }
}
