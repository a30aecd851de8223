//! Whether the files of an index are as they were written: each ends with a checksum of what stands before it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use serde::Deserialize;
use tantivy::Index;

/// Behind the checksum's own text stand its length and a number that says what it is.
const TAIL_BYTES: u64 = 8;
const SUM_BYTES_MAX: u64 = 50_000;
const PIECE_BYTES: usize = 64 * 1024;

#[derive(Deserialize)]
struct Sum {
    crc: u32,
}

/// Whether every file that the index needs is whole. They are read piece by piece: mapped, a large index would become memory.
pub(crate) fn is_whole(index: &Index, folder: &Path) -> bool {
    let Ok(meta) = index.load_metas() else { return false };
    meta.list_segment_files().iter().all(|name| {
        let file = folder.join(name);
        match is_as_written(&file) {
            Ok(whole) => whole,
            // A kind of file that this index does not use; one that is missing and needed fails when the index is opened.
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => {
                tracing::warn!(file = %file.display(), %error, "a file of the search index cannot be read");
                false
            }
        }
    })
}

fn is_as_written(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let bytes = file.metadata()?.len();
    let Some(at) = bytes.checked_sub(TAIL_BYTES) else { return Ok(false) };
    file.seek(SeekFrom::Start(at))?;
    let mut length = [0; 4];
    file.read_exact(&mut length)?;
    let length = u64::from(u32::from_le_bytes(length));
    let Some(body) = at.checked_sub(length).filter(|_| length <= SUM_BYTES_MAX) else { return Ok(false) };
    file.seek(SeekFrom::Start(body))?;
    let mut text = Vec::new();
    (&file).take(length).read_to_end(&mut text)?;
    let Ok(sum) = serde_json::from_slice::<Sum>(&text) else { return Ok(false) };
    file.seek(SeekFrom::Start(0))?;
    let (mut hasher, mut piece, mut rest) = (crc32fast::Hasher::new(), vec![0; PIECE_BYTES], (&file).take(body));
    loop {
        let read = rest.read(&mut piece)?;
        if read == 0 {
            return Ok(hasher.finalize() == sum.crc);
        }
        hasher.update(piece.get(..read).unwrap_or_default());
    }
}
