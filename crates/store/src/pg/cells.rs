//! Values on the wire to and from PostgreSQL. A value adapts to the type that the server inferred for its placeholder.

use std::error::Error as StdError;

use kernel::{Error, Result};
use postgres::Row;
use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::value::{Cell, Value, without_nul};

type Boxed = Box<dyn StdError + Sync + Send>;

/// Reads one column.
pub(crate) fn cell(row: &Row, index: usize) -> Result<Cell<'_>> {
    match row.try_get::<_, Wire<'_>>(index) {
        Ok(Wire(cell)) => Ok(cell),
        Err(error) => Err(Error::internal(format!("column {index}: {error}"))),
    }
}

struct Wire<'a>(Cell<'a>);

impl<'a> FromSql<'a> for Wire<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> std::result::Result<Self, Boxed> {
        Ok(Self(match *ty {
            Type::INT8 => Cell::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Cell::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => Cell::Int(i16::from_sql(ty, raw)?.into()),
            Type::OID => Cell::Int(u32::from_sql(ty, raw)?.into()),
            Type::BOOL => Cell::Int(bool::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Cell::Real(f64::from_sql(ty, raw)?),
            Type::FLOAT4 => Cell::Real(f32::from_sql(ty, raw)?.into()),
            Type::NUMERIC => numeric(raw)?,
            Type::BYTEA => Cell::Blob(raw),
            Type::VOID => Cell::Null,
            Type::CHAR => return Err("the type \"char\" is not portable: cast it to text".into()),
            _ => Cell::Text(std::str::from_utf8(raw)?),
        }))
    }
    fn from_sql_null(_: &Type) -> std::result::Result<Self, Boxed> {
        Ok(Self(Cell::Null))
    }
    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8
                | Type::INT4
                | Type::INT2
                | Type::OID
                | Type::BOOL
                | Type::FLOAT8
                | Type::FLOAT4
                | Type::NUMERIC
                | Type::BYTEA
                | Type::VOID
                | Type::CHAR
                | Type::TEXT
                | Type::VARCHAR
                | Type::BPCHAR
                | Type::NAME
                | Type::UNKNOWN
        )
    }
}

/// Sums and averages of whole numbers arrive as NUMERIC: groups of four decimal digits, most significant first.
fn numeric(raw: &[u8]) -> std::result::Result<Cell<'static>, Boxed> {
    let mut words = raw.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok().map(i16::from_be_bytes));
    let mut word = || words.next().ok_or("a number on the wire is cut short");
    let (digits, weight, sign, _scale) = (word()?, word()?, word()?, word()?);
    let negative = match sign {
        0 => false,
        0x4000 => true,
        _ => return Err("a number is not finite".into()),
    };
    let groups = (0..digits).map(|_| word()).collect::<std::result::Result<Vec<_>, _>>()?;
    let whole = i128::from(weight) + 1;
    let mut value = 0_f64;
    let mut exact = Some(0_i64);
    for (place, group) in (0_i128..).zip(&groups) {
        value = value.mul_add(10_000.0, f64::from(*group));
        if place < whole {
            exact = exact.and_then(|n| n.checked_mul(10_000)?.checked_add((*group).into()));
        } else if *group != 0 {
            exact = None;
        }
    }
    let missing = whole - i128::from(digits);
    for _ in 0..missing.clamp(0, 8) {
        exact = exact.and_then(|n| n.checked_mul(10_000));
    }
    let power = i32::try_from(missing).unwrap_or_default();
    if let Some(n) = exact {
        return Ok(Cell::Int(if negative { -n } else { n }));
    }
    let value = value * 10_000_f64.powi(power);
    Ok(Cell::Real(if negative { -value } else { value }))
}

/// A value as it is bound.
#[derive(Debug)]
pub(crate) struct Bound<'a>(pub(crate) &'a Value<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Boxed> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(n) => int(*n, ty, out),
            Value::Real(n) => real(*n, ty, out),
            Value::Text(text) => match *ty {
                Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN => {
                    without_nul(text).as_ref().to_sql(&Type::TEXT, out)
                }
                _ => Err(unfit("text", ty)),
            },
            Value::Blob(bytes) => match *ty {
                Type::BYTEA => bytes.as_ref().to_sql(ty, out),
                _ => Err(unfit("bytes", ty)),
            },
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

fn unfit(what: &str, ty: &Type) -> Boxed {
    format!("{what} cannot be bound where the server expects {ty}: cast the placeholder").into()
}

fn int(n: i64, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Boxed> {
    match *ty {
        Type::INT8 => n.to_sql(ty, out),
        Type::INT4 => i32::try_from(n)?.to_sql(ty, out),
        Type::INT2 => i16::try_from(n)?.to_sql(ty, out),
        Type::OID => u32::try_from(n)?.to_sql(ty, out),
        Type::BOOL => (n != 0).to_sql(ty, out),
        #[expect(clippy::as_conversions, reason = "a whole number meant for a floating-point column")]
        Type::FLOAT8 => (n as f64).to_sql(ty, out),
        Type::TEXT | Type::VARCHAR | Type::UNKNOWN => n.to_string().to_sql(&Type::TEXT, out),
        Type::NUMERIC => {
            numeric_out(n, out);
            Ok(IsNull::No)
        }
        _ => Err(unfit("a whole number", ty)),
    }
}

fn numeric_out(n: i64, out: &mut BytesMut) {
    let mut groups = Vec::with_capacity(5);
    let mut rest = n.unsigned_abs();
    while rest > 0 {
        groups.push(i16::try_from(rest % 10_000).unwrap_or_default());
        rest /= 10_000;
    }
    let count = i16::try_from(groups.len()).unwrap_or_default();
    let sign: i16 = if n < 0 { 0x4000 } else { 0 };
    for word in [count, count - 1, sign, 0].into_iter().chain(groups.into_iter().rev()) {
        out.extend_from_slice(&word.to_be_bytes());
    }
}

fn real(n: f64, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Boxed> {
    match *ty {
        Type::FLOAT8 => n.to_sql(ty, out),
        Type::TEXT | Type::VARCHAR | Type::UNKNOWN => n.to_string().to_sql(&Type::TEXT, out),
        _ => Err(unfit("a floating-point number", ty)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_survive_the_numeric_form() {
        for n in [0, 1, -1, 9_999, 10_000, 120_000_000, -123_456_789_012, i64::MAX, i64::MIN + 1] {
            let mut out = BytesMut::new();
            numeric_out(n, &mut out);
            assert_eq!(numeric(&out).unwrap(), Cell::Int(n));
        }
    }
}
