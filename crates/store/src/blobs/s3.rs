//! Blobs in a bucket of an S3-compatible service.

use futures_util::{StreamExt, TryStreamExt, stream};
use kernel::{Error, Result, Stamp};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};
use tokio::runtime::{Builder, Runtime};

use super::{Backing, BlobHash, BlobSettings};

const PUTS_AT_ONCE: usize = 8;

pub(crate) struct Bucket {
    bucket: AmazonS3,
    prefix: String,
    runtime: Runtime,
}

fn failed(what: &str, error: &object_store::Error) -> Error {
    Error::unavailable(format!("{what} in the bucket: {error}"))
}

impl Bucket {
    pub(crate) fn open(settings: &BlobSettings) -> Result<Self> {
        let BlobSettings::S3 { endpoint, bucket, region, access_key, secret_key, prefix } = settings else {
            return Err(Error::internal("these are not settings of a bucket"));
        };
        let bucket = AmazonS3Builder::new()
            .with_endpoint(endpoint)
            .with_bucket_name(bucket)
            .with_region(region)
            .with_access_key_id(access_key)
            .with_secret_access_key(secret_key)
            .with_allow_http(endpoint.starts_with("http://"))
            .build()
            .map_err(|error| failed("cannot open the store", &error))?;
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("store-bucket")
            .enable_all()
            .build()
            .map_err(|error| Error::unavailable(format!("no thread for the bucket: {error}")))?;
        Ok(Self { bucket, prefix: prefix.trim_matches('/').to_owned(), runtime })
    }

    fn path(&self, hash: &BlobHash) -> Path {
        let digits = hash.as_str();
        let folders = [digits.get(0..2), digits.get(2..4)].map(Option::unwrap_or_default);
        Path::from(format!("{}/{}/{}/{digits}", self.prefix, folders[0], folders[1]))
    }
}

impl Backing for Bucket {
    fn put_all(&self, objects: &[(BlobHash, Vec<u8>)]) -> Result<()> {
        self.runtime.block_on(async {
            stream::iter(objects)
                .map(|(hash, bytes)| async move {
                    let put = self.bucket.put(&self.path(hash), PutPayload::from(bytes.clone())).await;
                    put.map(|_| ()).map_err(|error| failed("cannot write", &error))
                })
                .buffer_unordered(PUTS_AT_ONCE)
                .try_collect()
                .await
        })
    }

    fn get(&self, hash: &BlobHash) -> Result<Option<Vec<u8>>> {
        self.runtime.block_on(async {
            match self.bucket.get(&self.path(hash)).await {
                Ok(found) => found.bytes().await.map(|bytes| Some(bytes.to_vec())).map_err(|error| failed("cannot read", &error)),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(failed("cannot read", &error)),
            }
        })
    }

    fn older_than(&self, before: Stamp) -> Result<Vec<BlobHash>> {
        let prefix = Path::from(self.prefix.as_str());
        let listed: Vec<_> =
            self.runtime.block_on(self.bucket.list(Some(&prefix)).try_collect()).map_err(|error| failed("cannot list", &error))?;
        let old = listed.into_iter().filter(|object| object.last_modified.timestamp_micros() < before.micros());
        Ok(old.filter_map(|object| BlobHash::parse(object.location.filename()?)).collect())
    }

    fn remove(&self, hash: &BlobHash) -> Result<()> {
        match self.runtime.block_on(self.bucket.delete(&self.path(hash))) {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed("cannot remove", &error)),
        }
    }
}
