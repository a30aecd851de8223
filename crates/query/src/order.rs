//! From `sort:` to columns.

use crate::meaning::field_of;
use crate::{Column, FieldKind, QueryError, Sort, Vocabulary};

/// A column to sort by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderBy {
    /// An SQL expression that is part of the program.
    pub column: &'static str,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// The columns that an order means, the most important first.
///
/// # Errors
/// A field that does not exist, or that cannot be sorted by.
pub fn order_by(sort: &[Sort], vocabulary: &dyn Vocabulary) -> Result<Vec<OrderBy>, QueryError> {
    sort.iter()
        .map(|sort| {
            let field = field_of(vocabulary, &sort.field, sort.at)?;
            let column = match (field.sortable, field.kind, field.column) {
                (true, FieldKind::Scale { rank }, _) => rank,
                (true, _, Column::Sql(column)) => column,
                _ => {
                    return Err(QueryError::new(sort.at, "error-query-sort-field").with("field", &sort.field));
                }
            };
            Ok(OrderBy { column, descending: sort.descending })
        })
        .collect()
}
