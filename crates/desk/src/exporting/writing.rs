//! Lines as bytes: CSV and JSON as they come, a workbook when it is whole.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use axum::body::Bytes;
use kernel::{Error, Result};
use rust_xlsxwriter::Workbook;

use super::{Cell, Export};
use crate::ticket::view::TicketView;

/// Rows of a sheet, which is all that spreadsheets read; what does not fit goes to the next one.
const SHEET_ROWS_MAX: u32 = 1_048_576;
const CHUNK_BYTES: usize = 64 * 1024;
/// Without it, spreadsheets take UTF-8 for the letters of their country.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// As what a list is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with commas, for spreadsheets and programs.
    Csv,
    /// A workbook.
    Xlsx,
    /// Tickets as the API shows them.
    Json,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Json];

    /// The word in addresses, and the end of the file's name.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// From the word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::internal(format!("an export cannot be written: {error}"))
}

/// A file under construction.
pub(super) enum Writer {
    Csv { head: Option<Vec<String>> },
    Json { any: bool },
    Xlsx(Box<Book>),
}

/// A workbook whose rows lie on the disk until it is put together.
pub(super) struct Book {
    workbook: Workbook,
    heads: Vec<String>,
    sheet: usize,
    row: u32,
    file: File,
}

impl Writer {
    pub(super) fn begin(format: Format, heads: &[String], place: &Path) -> Result<Self> {
        Ok(match format {
            Format::Csv => Self::Csv { head: Some(heads.to_vec()) },
            Format::Json => Self::Json { any: false },
            Format::Xlsx => {
                let mut workbook = Workbook::new();
                workbook.set_tempdir(place).map_err(broken)?;
                let file = tempfile::tempfile_in(place).map_err(broken)?;
                let mut book = Book { workbook, heads: heads.to_vec(), sheet: 0, row: 0, file };
                book.open_sheet()?;
                Self::Xlsx(Box::new(book))
            }
        })
    }

    pub(super) fn write(&mut self, tickets: &[TicketView], export: &Export) -> Result<Bytes> {
        let cells = |ticket: &TicketView| -> Vec<Cell> { export.columns.iter().map(|column| (export.cell)(ticket, column)).collect() };
        match self {
            Self::Csv { head } => {
                let head = head.take();
                let mut text = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
                if let Some(head) = &head {
                    text.write_record(head.iter().map(|name| Cell::Text(name.clone()).as_text())).map_err(broken)?;
                }
                for ticket in tickets {
                    text.write_record(cells(ticket).iter().map(Cell::as_text)).map_err(broken)?;
                }
                let text = text.into_inner().map_err(broken)?;
                Ok(if head.is_some() { [BYTE_ORDER_MARK, &text].concat().into() } else { text.into() })
            }
            Self::Json { any } => {
                let mut text = String::new();
                for ticket in tickets {
                    text.push_str(if *any { ",\n" } else { "[\n" });
                    text.push_str(&serde_json::to_string(ticket).map_err(broken)?);
                    *any = true;
                }
                Ok(text.into())
            }
            Self::Xlsx(book) => {
                for ticket in tickets {
                    book.write(&cells(ticket))?;
                }
                Ok(Bytes::new())
            }
        }
    }

    /// What comes at the end.
    pub(super) fn finish(self) -> Result<Rest> {
        match self {
            Self::Csv { .. } => Ok(Rest::Bytes(None)),
            Self::Json { any } => Ok(Rest::Bytes(Some(Bytes::from_static(if any { b"\n]\n" } else { b"[]\n" })))),
            Self::Xlsx(book) => {
                let mut book = *book;
                book.workbook.save_to_writer(&mut book.file).map_err(broken)?;
                book.file.rewind().map_err(broken)?;
                Ok(Rest::File(book.file))
            }
        }
    }
}

impl Book {
    fn open_sheet(&mut self) -> Result<()> {
        let sheet = self.workbook.add_worksheet_with_constant_memory().map_err(broken)?;
        sheet.set_freeze_panes(1, 0).map_err(broken)?;
        for (at, head) in (0u16..).zip(&self.heads) {
            sheet.write_string(0, at, head).map_err(broken)?;
        }
        self.row = 1;
        Ok(())
    }

    fn write(&mut self, cells: &[Cell]) -> Result<()> {
        if self.row == SHEET_ROWS_MAX {
            self.open_sheet()?;
            self.sheet += 1;
        }
        let sheet = self.workbook.worksheet_from_index(self.sheet).map_err(broken)?;
        for (at, cell) in (0u16..).zip(cells) {
            // A text is a text, whatever it begins with.
            match cell {
                Cell::Text(text) => sheet.write_string(self.row, at, text).map_err(broken)?,
                Cell::Number(number) => sheet.write_number(self.row, at, *number).map_err(broken)?,
            };
        }
        self.row += 1;
        Ok(())
    }
}

/// The end of a file.
pub(super) enum Rest {
    Bytes(Option<Bytes>),
    File(File),
}

impl Rest {
    pub(super) fn next(&mut self) -> Result<Option<Bytes>> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.take()),
            Self::File(file) => {
                let mut chunk = Vec::with_capacity(CHUNK_BYTES);
                let limit = u64::try_from(CHUNK_BYTES).unwrap_or(u64::MAX);
                file.take(limit).read_to_end(&mut chunk).map_err(broken)?;
                Ok((!chunk.is_empty()).then(|| chunk.into()))
            }
        }
    }
}
