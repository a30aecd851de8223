//! Custom fields as rows.

use kernel::{FieldId, Result};
use store::{Db, Tx, values};

use crate::settings::{CustomField, FieldType};

/// All custom fields, in the order in which they were declared.
pub fn all(db: &mut Db<'_>) -> Result<Vec<CustomField>> {
    let sql =
        "SELECT id, desk_id, kind, key, label, type, options, required, category_id, shape, archived_at FROM custom_field ORDER BY id";
    db.query(sql, values![], |row| {
        let (word, options, shape): (String, String, String) = (row.get(5)?, row.get(6)?, row.get(9)?);
        let archived: Option<i64> = row.get(10)?;
        Ok(CustomField {
            id: row.get(0)?,
            desk: row.get(1)?,
            kind: row.get(2)?,
            category: row.get(8)?,
            key: row.get(3)?,
            label: row.get(4)?,
            field_type: FieldType::by_word(&word).unwrap_or(FieldType::Text),
            options: serde_json::from_str(&options).unwrap_or_default(),
            required: row.get(7)?,
            archived: archived.is_some(),
            shape: serde_json::from_str(&shape).unwrap_or_default(),
        })
    })
}

/// One of them.
pub fn by_id(db: &mut Db<'_>, id: FieldId) -> Result<Option<CustomField>> {
    Ok(all(db)?.into_iter().find(|field| field.id == id))
}

/// Writes a new custom field.
pub fn insert(tx: &mut Tx<'_>, field: &CustomField) -> Result<()> {
    let (options, shape) = texts(field);
    let now = tx.now();
    tx.execute(
        "INSERT INTO custom_field (id, desk_id, kind, key, label, type, options, required, category_id, shape, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        values![
            field.id, field.desk, field.kind.as_deref(), &field.key, &field.label, field.field_type.word(), options, field.required,
            field.category, shape, now
        ],
    )?;
    Ok(())
}

/// Writes what changed of a custom field; its key and type stay for ever.
pub fn update(tx: &mut Tx<'_>, field: &CustomField) -> Result<()> {
    let (options, shape) = texts(field);
    let archived = field.archived.then(|| tx.now());
    tx.execute(
        "UPDATE custom_field SET desk_id = ?2, kind = ?3, label = ?4, options = ?5, required = ?6, category_id = ?7, shape = ?8, archived_at = ?9 WHERE id = ?1",
        values![field.id, field.desk, field.kind.as_deref(), &field.label, options, field.required, field.category, shape, archived],
    )?;
    Ok(())
}

fn texts(field: &CustomField) -> (String, String) {
    (serde_json::to_string(&field.options).unwrap_or_default(), serde_json::to_string(&field.shape).unwrap_or_default())
}
