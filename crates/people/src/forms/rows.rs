//! Forms as rows.

use kernel::{Error, FormId, Result};
use store::{Db, Tx, values};

use crate::settings::Form;

/// All forms.
pub fn all(db: &mut Db<'_>) -> Result<Vec<Form>> {
    db.query("SELECT id, kind, category_id, version, definition FROM form ORDER BY kind, id", values![], |row| {
        let definition: String = row.get(4)?;
        let layout = serde_json::from_str(&definition).map_err(|error| Error::internal(format!("a form cannot be read: {error}")))?;
        Ok(Form { id: row.get(0)?, kind: row.get(1)?, category: row.get(2)?, version: row.get(3)?, layout })
    })
}

/// Writes a form, new or known.
pub fn save(tx: &mut Tx<'_>, form: &Form) -> Result<()> {
    let definition = serde_json::to_string(&form.layout).map_err(|error| Error::internal(format!("a form cannot be written: {error}")))?;
    let now = tx.now();
    tx.execute(
        "INSERT INTO form (id, kind, category_id, version, definition, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET version = excluded.version, definition = excluded.definition, updated_at = excluded.updated_at",
        values![form.id, &form.kind, form.category, form.version, definition, now],
    )?;
    Ok(())
}

/// Takes a form away; false when there was none.
pub fn delete(tx: &mut Tx<'_>, id: FormId) -> Result<bool> {
    Ok(tx.execute("DELETE FROM form WHERE id = ?1", values![id])? > 0)
}
