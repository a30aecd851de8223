//! Blobs in a directory: `aa/bb/hash`, where the name is nothing but the hash.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use kernel::{Error, Result, Stamp};

use super::{Backing, BlobHash};
use crate::open::{make_dir, unusable};

pub(crate) struct Directory {
    root: PathBuf,
    /// Any file handle below the root names the file system to flush.
    handle: File,
    temporary: AtomicU64,
}

const PART: &str = "part";

impl Directory {
    pub(crate) fn open(root: &Path) -> Result<Self> {
        make_dir(root)?;
        let handle = File::open(root).map_err(|error| unusable("cannot open", root, &error))?;
        Ok(Self { root: root.to_owned(), handle, temporary: AtomicU64::new(0) })
    }

    fn folder(&self, hash: &BlobHash) -> Result<PathBuf> {
        let digits = hash.as_str();
        let (Some(first), Some(second)) = (digits.get(0..2), digits.get(2..4)) else {
            return Err(Error::internal("a hash is too short"));
        };
        Ok(self.root.join(first).join(second))
    }

    fn put(&self, hash: &BlobHash, bytes: &[u8]) -> Result<()> {
        let folder = self.folder(hash)?;
        let path = folder.join(hash.as_str());
        let failed = |error: std::io::Error| unusable("cannot write", &path, &error);
        if fs::metadata(&path).is_ok_and(|file| u64::try_from(bytes.len()).is_ok_and(|len| len == file.len())) {
            // Written before: the sweep must see it as new, for somebody is about to record it.
            return rustix::fs::utimensat(rustix::fs::CWD, &path, &now(), rustix::fs::AtFlags::empty())
                .map_err(|error| failed(error.into()));
        }
        make_dir(&folder)?;
        let number = self.temporary.fetch_add(1, Ordering::Relaxed);
        let part = folder.join(format!("{hash}.{}.{number}.{PART}", std::process::id()));
        let written = File::create(&part).and_then(|mut file| file.write_all(bytes)).and_then(|()| fs::rename(&part, &path));
        if written.is_err() {
            // A full disk must not keep the half that fitted.
            drop(fs::remove_file(&part));
        }
        written.map_err(failed)
    }
}

fn now() -> rustix::fs::Timestamps {
    let now = rustix::fs::Timespec { tv_sec: 0, tv_nsec: rustix::fs::UTIME_NOW };
    rustix::fs::Timestamps { last_access: now, last_modification: now }
}

impl Backing for Directory {
    fn put_all(&self, objects: &[(BlobHash, Vec<u8>)]) -> Result<()> {
        for (hash, bytes) in objects {
            self.put(hash, bytes)?;
        }
        // One flush of the file system makes files, names and folders of the whole batch durable.
        rustix::fs::syncfs(&self.handle).map_err(|error| unusable("cannot flush", &self.root, &error.into()))
    }

    fn get(&self, hash: &BlobHash) -> Result<Option<Vec<u8>>> {
        let path = self.folder(hash)?.join(hash.as_str());
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unusable("cannot read", &path, &error)),
        }
    }

    fn older_than(&self, before: Stamp) -> Result<Vec<BlobHash>> {
        let before = UNIX_EPOCH + Duration::from_micros(u64::try_from(before.micros()).unwrap_or_default());
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            let failed = |error: std::io::Error| unusable("cannot list", &folder, &error);
            for entry in fs::read_dir(&folder).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let about = entry.metadata().map_err(failed)?;
                if about.is_dir() {
                    folders.push(entry.path());
                } else if about.modified().map_err(failed)? < before {
                    match entry.file_name().to_str().and_then(BlobHash::parse) {
                        Some(hash) => found.push(hash),
                        // What an interrupted write left behind.
                        None if entry.path().extension().is_some_and(|extension| extension == PART) => drop(fs::remove_file(entry.path())),
                        None => {}
                    }
                }
            }
        }
        Ok(found)
    }

    fn remove(&self, hash: &BlobHash) -> Result<()> {
        let path = self.folder(hash)?.join(hash.as_str());
        match fs::remove_file(&path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(unusable("cannot remove", &path, &error)),
        }
    }
}
