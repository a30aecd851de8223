//! A row as a line of JSON, without loss: whole numbers as numbers, other numbers by their bits, bytes in base 64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::{Error, Result};
use serde_json::{Map, Value as Json};

use crate::{Row, Value};

const REAL: &str = "r";
const BYTES: &str = "b";

/// Adds a row of so many columns as a line.
pub(super) fn write(row: &Row<'_>, columns: usize, out: &mut Vec<u8>) -> Result<()> {
    let cells = (0..columns).map(|index| row.cell(index).map(|cell| json(Value::from(cell)))).collect::<Result<Vec<_>>>()?;
    serde_json::to_writer(&mut *out, &cells).map_err(|error| Error::internal(format!("a row cannot be written: {error}")))?;
    out.push(b'\n');
    Ok(())
}

fn json(value: Value<'_>) -> Json {
    let marked = |mark: &str, text: String| Json::Object(Map::from_iter([(mark.to_owned(), Json::String(text))]));
    match value {
        Value::Null => Json::Null,
        Value::Int(n) => n.into(),
        Value::Real(n) => marked(REAL, format!("{:016x}", n.to_bits())),
        Value::Text(text) => Json::String(text.into_owned()),
        Value::Blob(bytes) => marked(BYTES, STANDARD.encode(bytes)),
    }
}

/// Reads a line.
pub(super) fn read(line: &[u8], columns: usize) -> Result<Vec<Value<'static>>> {
    let cells: Vec<Json> = serde_json::from_slice(line).map_err(|_| damaged())?;
    if cells.len() != columns {
        return Err(damaged());
    }
    cells.into_iter().map(|cell| value(cell).ok_or_else(damaged)).collect()
}

fn damaged() -> Error {
    Error::internal("a row of the archive cannot be read")
}

fn value(cell: Json) -> Option<Value<'static>> {
    match cell {
        Json::Null => Some(Value::Null),
        Json::Number(n) => n.as_i64().map(Value::Int),
        Json::String(text) => Some(Value::Text(text.into())),
        Json::Object(marked) => {
            let (mark, content) = marked.into_iter().next()?;
            let content = content.as_str()?;
            match mark.as_str() {
                REAL => u64::from_str_radix(content, 16).ok().map(|bits| Value::Real(f64::from_bits(bits))),
                BYTES => STANDARD.decode(content).ok().map(|bytes| Value::Blob(bytes.into())),
                _ => None,
            }
        }
        Json::Bool(_) | Json::Array(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_survive_the_archive() {
        let all = [
            Value::Null,
            Value::Int(i64::MIN),
            Value::Int(i64::MAX),
            Value::Real(0.1),
            Value::Real(-0.0),
            Value::Text("line\nbreak \"and\" ž".into()),
            Value::Blob(vec![0, 255, 10].into()),
        ];
        let line = serde_json::to_vec(&all.iter().cloned().map(json).collect::<Vec<_>>()).unwrap();
        assert!(!line.contains(&b'\n'));
        assert_eq!(read(&line, all.len()).unwrap(), all);
        assert!(read(&line, 3).is_err());
        assert!(read(b"[true]", 1).is_err());
        assert!(read(b"[{\"x\":\"\"}]", 1).is_err());
    }
}
