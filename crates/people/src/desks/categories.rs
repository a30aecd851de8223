//! Giving a category another name.

use journal::Fact;
use kernel::limits::NAME_CHARS_MAX;
use kernel::{CategoryId, Message, Refusal, Result};

use super::{lists, rows};
use crate::{Command, Context, policy};

/// Gives a category another name. Those below it follow; tickets keep it.
#[derive(Clone, Debug)]
pub struct RenameCategory {
    /// Which.
    pub id: CategoryId,
    /// Its new name, without `/`.
    pub name: String,
}

impl Command for RenameCategory {
    type Receipt = ();
    fn run(self, cx: &mut Context<'_, '_>) -> Result<()> {
        policy::must_administer(cx.actor)?;
        let name = kernel::text::clean_line(&self.name, NAME_CHARS_MAX + 1);
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
            return Err(Refusal::invalid("name", Message::new("error-name-length").with("max", NAME_CHARS_MAX)).into());
        }
        if name.contains('/') {
            return Err(Refusal::invalid("name", Message::new("error-category-slash")).into());
        }
        let all = rows::categories(cx.tx)?;
        let category = all.iter().find(|one| one.id == self.id).ok_or(Refusal::NotFound)?;
        let above = all.iter().find(|one| Some(one.id) == category.parent);
        let path = above.map_or_else(|| name.clone(), |above| format!("{}/{name}", above.path));
        if all.iter().any(|one| one.desk == category.desk && one.id != self.id && one.path.to_lowercase() == path.to_lowercase()) {
            return Err(Refusal::invalid("name", Message::new("error-category-taken").with("path", path)).into());
        }
        lists::rename_category(cx.tx, self.id, &name, &path)?;
        let former = format!("{}/", category.path);
        for below in all.iter().filter(|one| one.desk == category.desk) {
            if let Some(rest) = below.path.strip_prefix(&former) {
                lists::rename_category(cx.tx, below.id, &below.name, &format!("{path}/{rest}"))?;
            }
        }
        cx.append(&Fact::CategoryChanged { category: self.id, fields: vec!["name".to_owned()] })?;
        cx.reconfigure()
    }
}
