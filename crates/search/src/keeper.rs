//! The one who writes the index: builds it from the database, then follows the journal. How far it came lies in each commit of the index
//! itself, so that killing the process at any moment neither loses nor repeats anything.

use std::fs;
use std::path::{Path, PathBuf};

use journal::{head, read_after};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use store::{Db, Store};
use tantivy::merge_policy::LogMergePolicy;
use tantivy::schema::Schema;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use crate::check;
use crate::directory::Folder;
use crate::rows::{self, FileText, NamedText, Table, TicketText};
use crate::schema::{Fields, VERSION, schema, tokenizers};
use crate::touching::Touched;

/// Facts that are worked on together.
const FACTS_MAX: usize = 400;
/// Rows that a rebuild reads together.
const ROWS_MAX: usize = 256;
/// Rows between two commits of a rebuild.
const ROWS_A_COMMIT: i64 = 20_000;
/// What the writer gathers before it writes a segment.
const WRITER_BYTES: usize = 40_000_000;
/// Segments with fewer rows are merged whatever their size. With twenty changes a second that happens every other second, so that a larger
/// number has thousands of rows written again each time.
const SMALL_ROWS: u32 = 500;

/// How far the index came; kept in its commits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Standing {
    version: u32,
    /// The last fact that it knows.
    pub(crate) position: i64,
    /// That fact's identifier: in the journal of another database, or of an older copy, another fact has its place.
    #[serde(default)]
    fact: i64,
    /// Where a rebuild goes on, while there is one.
    pub(crate) building: Option<Building>,
}

/// A rebuild under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Building {
    table: Table,
    below: i64,
    /// Rows that were read, of how many.
    pub(crate) done: i64,
    pub(crate) all: i64,
    /// Messages among them.
    #[serde(default)]
    pub(crate) messages: usize,
}

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// There was nothing to do.
    Idle,
    /// Something was done; there may be more.
    Worked,
}

/// The writer of an index.
pub(crate) struct Keeper {
    folder: PathBuf,
    index: Index,
    pub(crate) fields: Fields,
    writer: IndexWriter,
    pub(crate) reader: IndexReader,
    pub(crate) standing: Standing,
    /// Rows that were added since the last commit.
    uncommitted: i64,
}

pub(crate) fn fault(error: &tantivy::TantivyError) -> Error {
    Error::internal(format!("the search index: {error}"))
}

impl Keeper {
    /// Opens the index in a folder. One that is damaged, or of another version, is thrown away and begun anew.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        match Self::open_as_it_is(folder) {
            Ok(Some(keeper)) => return Ok(keeper),
            Ok(None) => tracing::info!("the search index is made anew from the database"),
            Err(tantivy::TantivyError::LockFailure(..)) => {
                return Err(Error::unavailable("another process writes the search index"));
            }
            Err(error) => tracing::warn!(%error, "the search index is damaged; it is made anew from the database"),
        }
        let unable = |error: std::io::Error| Error::unavailable(format!("the search index in {}: {error}", folder.display()));
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(unable)?;
        }
        fs::create_dir_all(folder).map_err(unable)?;
        Self::begin(folder).map_err(|error| fault(&error))
    }

    fn open_as_it_is(folder: &Path) -> tantivy::Result<Option<Self>> {
        if !folder.join("meta.json").exists() {
            return Ok(None);
        }
        let mut index = Index::open(Folder::open(folder)?)?;
        let (wanted, fields) = schema();
        let payload = index.load_metas()?.payload.unwrap_or_default();
        let Ok(standing) = serde_json::from_str::<Standing>(&payload) else { return Ok(None) };
        if standing.version != VERSION || !same(&index.schema(), &wanted) {
            return Ok(None);
        }
        if !check::is_whole(&index, folder) {
            return Err(tantivy::TantivyError::InternalError("a checksum does not fit".to_owned()));
        }
        index.set_tokenizers(tokenizers());
        Self::with(folder, index, fields, standing).map(Some)
    }

    fn begin(folder: &Path) -> tantivy::Result<Self> {
        let (schema, fields) = schema();
        let mut index = Index::create(Folder::open(folder)?, schema, tantivy::IndexSettings::default())?;
        index.set_tokenizers(tokenizers());
        let building = Building { table: Table::Ticket, below: i64::MAX, done: 0, all: 0, messages: 0 };
        let standing = Standing { version: VERSION, position: -1, fact: 0, building: Some(building) };
        let mut keeper = Self::with(folder, index, fields, standing)?;
        keeper.commit()?;
        Ok(keeper)
    }

    fn with(folder: &Path, index: Index, fields: Fields, standing: Standing) -> tantivy::Result<Self> {
        let writer = index.writer_with_num_threads(1, WRITER_BYTES)?;
        let mut merging = LogMergePolicy::default();
        merging.set_min_layer_size(SMALL_ROWS);
        writer.set_merge_policy(Box::new(merging));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { folder: folder.to_owned(), index, fields, writer, reader, standing, uncommitted: 0 })
    }

    /// Forgets everything and begins anew.
    pub(crate) fn start_over(&mut self) -> Result<()> {
        self.writer.delete_all_documents().map_err(|error| fault(&error))?;
        let building = Building { table: Table::Ticket, below: i64::MAX, done: 0, all: 0, messages: 0 };
        self.standing = Standing { version: VERSION, position: -1, fact: 0, building: Some(building) };
        self.commit().map_err(|error| fault(&error))
    }

    /// Begins anew when the journal is not the one that was followed.
    pub(crate) fn compare(&mut self, store: &Store) -> Result<()> {
        let (position, known) = (self.standing.position, self.standing.fact);
        if position < 0 || store.read_blocking(move |db| fact_at(db, position))? == known {
            return Ok(());
        }
        tracing::warn!("the search index is of another database; it is made anew");
        self.start_over()
    }

    /// Whether the files are as they were written.
    pub(crate) fn is_whole(&self) -> bool {
        check::is_whole(&self.index, &self.folder)
    }

    fn commit(&mut self) -> tantivy::Result<()> {
        let payload = serde_json::to_string(&self.standing)?;
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        self.uncommitted = 0;
        self.reader.reload()
    }

    /// Works on the next rows of a rebuild, or on what happened since.
    pub(crate) fn step(&mut self, store: &Store) -> Result<Step> {
        match self.standing.building.clone() {
            Some(building) => self.build(store, building),
            None => self.follow(store),
        }
    }

    fn build(&mut self, store: &Store, mut building: Building) -> Result<Step> {
        if self.standing.position < 0 {
            // What happens from here on is followed afterwards, whether the rebuild sees it or not.
            let (position, fact, all) = store.read_blocking(|db| {
                let position = head(db)?.position;
                Ok((position, fact_at(db, position)?, rows::how_many(db)?))
            })?;
            (self.standing.position, self.standing.fact) = (position, fact);
            building.all = all;
        }
        let (table, below) = (building.table, building.below);
        let (ids, found) = store.read_blocking(move |db| {
            let ids = rows::below(db, table, below, ROWS_MAX)?;
            let found = Found::read(db, table, &ids)?;
            Ok((ids, found))
        })?;
        building.messages += self.put(store, &found)?;
        let read = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        building.done += read;
        self.uncommitted += read;
        match (ids.last(), building.table) {
            (Some(last), _) => building.below = *last,
            (None, Table::Ticket) => (building.table, building.below) = (Table::Person, i64::MAX),
            (None, Table::Person) => (building.table, building.below) = (Table::Organisation, i64::MAX),
            (None, Table::Organisation) => {
                tracing::info!(records = building.done, messages = building.messages, "the search index is built");
                self.standing.building = None;
                self.commit().map_err(|error| fault(&error))?;
                return Ok(Step::Worked);
            }
        }
        self.standing.building = Some(building);
        if self.uncommitted >= ROWS_A_COMMIT {
            self.commit().map_err(|error| fault(&error))?;
        }
        Ok(Step::Worked)
    }

    fn follow(&mut self, store: &Store) -> Result<Step> {
        let from = self.standing.position;
        let found = store.read_blocking(move |db| {
            let entries = read_after(db, from, FACTS_MAX)?;
            let Some((position, fact)) = entries.last().and_then(|entry| Some((entry.position?, entry.id.get()))) else { return Ok(None) };
            let mut touched = Touched::default();
            entries.iter().for_each(|entry| touched.add(entry));
            // A person is also found by the name of their organisation.
            touched.people.extend(rows::people_of(db, &touched.renamed)?);
            touched.tickets.extend(rows::tickets_of_files(db, &touched.files)?);
            touched.settle();
            let mut batches = Vec::new();
            let lists =
                [(Table::Ticket, &touched.tickets), (Table::Person, &touched.people), (Table::Organisation, &touched.organisations)];
            for (table, ids) in lists.into_iter().filter(|(_, ids)| !ids.is_empty()) {
                for ids in ids.chunks(ROWS_MAX) {
                    batches.push((table, ids.to_vec(), Found::read(db, table, ids)?));
                }
            }
            Ok(Some((position, fact, batches)))
        })?;
        let Some((position, fact, batches)) = found else { return Ok(Step::Idle) };
        for (table, ids, found) in &batches {
            for id in ids {
                self.writer.delete_term(Term::from_field_text(self.fields.key, &key(*table, *id)));
            }
            self.put(store, found)?;
        }
        (self.standing.position, self.standing.fact) = (position, fact);
        // Where nothing was touched the place is kept in memory until something is: a commit costs the disk a flush.
        if !batches.is_empty() {
            self.commit().map_err(|error| fault(&error))?;
        }
        Ok(Step::Worked)
    }

    /// Adds documents; tells how many messages were in them.
    fn put(&self, store: &Store, found: &Found) -> Result<usize> {
        let mut messages = 0;
        let add = |document| self.writer.add_document(document).map_err(|error| fault(&error));
        match found {
            Found::Tickets(all) => {
                for one in all {
                    messages += one.messages;
                    let mut document = self.ticket(one);
                    if one.has_files {
                        // One ticket's files at a time: those of a whole batch could fill the memory.
                        let id = one.id;
                        self.files(&mut document, &store.read_blocking(move |db| rows::files(db, id))?);
                    }
                    add(document)?;
                }
            }
            Found::Named(table, all) => {
                for one in all {
                    add(self.named(*table, one))?;
                }
            }
        }
        Ok(messages)
    }

    fn files(&self, document: &mut TantivyDocument, files: &[FileText]) {
        for one in files {
            let field = if one.open { self.fields.files } else { self.fields.inside_files };
            document.add_text(field.plain, &one.text);
            document.add_text(field.stems, &one.text);
        }
    }

    fn ticket(&self, one: &TicketText) -> TantivyDocument {
        let fields = &self.fields;
        let mut document = self.document(Table::Ticket, one.id, one.updated_at);
        document.add_i64(fields.desk, one.desk);
        for reach in &one.reach {
            document.add_text(fields.reach, reach);
        }
        for form in one.numbers.iter().flat_map(|number| number_forms(number)) {
            document.add_text(fields.number, form);
        }
        for title in std::iter::once(&one.title).chain(&one.tags) {
            document.add_text(fields.title.plain, title);
            document.add_text(fields.title.stems, title);
        }
        for (field, texts) in [(fields.open, &one.open), (fields.inside, &one.inside)] {
            for text in texts {
                document.add_text(field.plain, text);
                document.add_text(field.stems, text);
            }
        }
        document
    }

    fn named(&self, table: Table, one: &NamedText) -> TantivyDocument {
        let fields = &self.fields;
        let mut document = self.document(table, one.id, one.updated_at);
        document.add_i64(fields.desk, 0);
        for text in [fields.name.plain, fields.name.stems] {
            document.add_text(text, &one.name);
        }
        for about in &one.about {
            document.add_text(fields.about.plain, about);
            document.add_text(fields.about.stems, about);
        }
        document
    }

    fn document(&self, table: Table, id: i64, at: i64) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.key, key(table, id));
        document.add_text(self.fields.kind, letter(table));
        document.add_i64(self.fields.id, id);
        document.add_i64(self.fields.at, at);
        document
    }
}

/// The identifier of the fact at a place; 0 when there is none.
fn fact_at(db: &mut Db<'_>, position: i64) -> Result<i64> {
    Ok(read_after(db, position - 1, 1)?.first().filter(|entry| entry.position == Some(position)).map_or(0, |entry| entry.id.get()))
}

/// Rows of one table with their words.
enum Found {
    Tickets(Vec<TicketText>),
    Named(Table, Vec<NamedText>),
}

impl Found {
    fn read(db: &mut Db<'_>, table: Table, ids: &[i64]) -> Result<Self> {
        Ok(match table {
            Table::Ticket => Self::Tickets(rows::tickets(db, ids)?),
            Table::Person => Self::Named(table, rows::people(db, ids)?),
            Table::Organisation => Self::Named(table, rows::organisations(db, ids)?),
        })
    }
}

/// How the index names a kind of record.
pub(crate) const fn letter(table: Table) -> &'static str {
    match table {
        Table::Ticket => "t",
        Table::Person => "p",
        Table::Organisation => "o",
    }
}

fn key(table: Table, id: i64) -> String {
    format!("{}{id}", letter(table))
}

/// A number as it is looked for: `inc1042` and `1042`.
fn number_forms(number: &str) -> [String; 2] {
    let lower = number.to_lowercase();
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    [lower.replace('-', ""), digits]
}

/// Whether two schemas are the same, as they are written.
fn same(one: &Schema, other: &Schema) -> bool {
    serde_json::to_string(one).ok() == serde_json::to_string(other).ok()
}

/// How far the index in a folder came, read from beside whoever writes it.
pub(crate) fn standing_of(folder: &Path) -> Option<Standing> {
    let text = fs::read_to_string(folder.join("meta.json")).ok()?;
    let meta: serde_json::Value = serde_json::from_str(&text).ok()?;
    serde_json::from_str(meta.get("payload")?.as_str()?).ok()
}
