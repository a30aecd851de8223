//! Templates of letters as rows. Desk 0 stands for every desk.

use kernel::{DeskId, Locale, Result};
use store::{Db, Row, Tx, values};

use super::{LetterKind, Place, Source};

fn desk_number(desk: Option<DeskId>) -> i64 {
    desk.map_or(0, DeskId::get)
}

fn source(row: &Row<'_>, first: usize) -> Result<Source> {
    Ok(Source { subject: row.get(first)?, text: row.get(first + 1)?, html: row.get(first + 2)? })
}

/// The template for letters of a desk in a language: the desk's own, else the one of every desk.
pub fn best(db: &mut Db<'_>, desk: DeskId, kind: LetterKind, locale: Locale) -> Result<Option<Source>> {
    db.query_opt(
        "SELECT subject, body_text, body_html FROM mail_template WHERE desk_id IN (?1, 0) AND kind = ?2 AND locale = ?3 ORDER BY desk_id DESC LIMIT 1",
        values![desk, kind.word(), locale.tag()],
        |row| source(row, 0),
    )
}

/// All that were written.
pub fn all(db: &mut Db<'_>) -> Result<Vec<(Place, Source)>> {
    let found: Vec<(i64, String, String, Source)> = db.query(
        "SELECT desk_id, kind, locale, subject, body_text, body_html FROM mail_template ORDER BY desk_id, kind, locale",
        values![],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, source(row, 3)?)),
    )?;
    let place = |(desk, kind, locale, source): (i64, String, String, Source)| {
        let place = Place {
            desk: (desk != 0).then_some(DeskId(desk)),
            kind: LetterKind::by_word(&kind)?,
            locale: Locale::ALL.into_iter().find(|known| known.tag() == locale)?,
        };
        Some((place, source))
    };
    Ok(found.into_iter().filter_map(place).collect())
}

/// The template of this place itself, when one was written.
pub fn at(db: &mut Db<'_>, place: Place) -> Result<Option<Source>> {
    db.query_opt(
        "SELECT subject, body_text, body_html FROM mail_template WHERE desk_id = ?1 AND kind = ?2 AND locale = ?3",
        values![desk_number(place.desk), place.kind.word(), place.locale.tag()],
        |row| source(row, 0),
    )
}

/// Rises with each change: the moment of the last one; 0 where nothing was written.
pub fn version(db: &mut Db<'_>, place: Place) -> Result<i64> {
    let found: Option<i64> = db.query_opt(
        "SELECT updated_at FROM mail_template WHERE desk_id = ?1 AND kind = ?2 AND locale = ?3",
        values![desk_number(place.desk), place.kind.word(), place.locale.tag()],
        |row| row.get(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// Writes one.
pub fn put(tx: &mut Tx<'_>, place: Place, source: &Source) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO mail_template (desk_id, kind, locale, subject, body_text, body_html, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (desk_id, kind, locale) DO UPDATE SET subject = excluded.subject, body_text = excluded.body_text, body_html = excluded.body_html, updated_at = excluded.updated_at",
        values![
            desk_number(place.desk), place.kind.word(), place.locale.tag(), &source.subject, source.text.as_deref(),
            source.html.as_deref(), now
        ],
    )?;
    Ok(())
}

/// Takes one away; false when there was none.
pub fn delete(tx: &mut Tx<'_>, place: Place) -> Result<bool> {
    let sql = "DELETE FROM mail_template WHERE desk_id = ?1 AND kind = ?2 AND locale = ?3";
    Ok(tx.execute(sql, values![desk_number(place.desk), place.kind.word(), place.locale.tag()])? > 0)
}
