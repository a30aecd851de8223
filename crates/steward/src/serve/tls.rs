//! The certificate that the mail doors show. A renewed one is taken up without a restart: certificates live for weeks, and a
//! door that shows an expired one loses the encryption of every sender that looks.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio_rustls::TlsAcceptor;

use crate::Failure;
use crate::config::Config;

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(60);

/// For STARTTLS, when a certificate is set.
pub(crate) fn acceptor(config: &Config) -> Result<Option<TlsAcceptor>, Failure> {
    let (Some(cert), Some(key)) = (&config.mail_tls_cert, &config.mail_tls_key) else { return Ok(None) };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let certificate = Files { cert: cert.clone(), key: key.clone(), provider: Arc::clone(&provider) };
    let renewed = Renewed::load(certificate).map_err(Failure::Failed)?;
    let server = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Failure::Failed(format!("TLS cannot be used: {error}")))?
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(renewed));
    Ok(Some(TlsAcceptor::from(Arc::new(server))))
}

/// Where a certificate is.
#[derive(Debug)]
struct Files {
    cert: PathBuf,
    key: PathBuf,
    provider: Arc<CryptoProvider>,
}

impl Files {
    fn read(&self) -> Result<Arc<CertifiedKey>, String> {
        let unreadable = |path: &Path, error: &dyn std::fmt::Display| format!("{} cannot be read: {error}", path.display());
        let chain = CertificateDer::pem_file_iter(&self.cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let chain = chain.map_err(|error| unreadable(&self.cert, &error))?;
        let private = PrivateKeyDer::from_pem_file(&self.key).map_err(|error| unreadable(&self.key, &error))?;
        let certified = CertifiedKey::from_der(chain, private, &self.provider);
        certified.map(Arc::new).map_err(|error| format!("the certificate {} cannot be used: {error}", self.cert.display()))
    }

    /// When each file was last changed.
    fn changed_at(&self) -> [Option<SystemTime>; 2] {
        [&self.cert, &self.key].map(|path| std::fs::metadata(path).and_then(|facts| facts.modified()).ok())
    }
}

/// The certificate as it is in its files now.
#[derive(Debug)]
struct Renewed {
    files: Files,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    looked_at: Instant,
    changed_at: [Option<SystemTime>; 2],
    certified: Arc<CertifiedKey>,
}

impl Renewed {
    fn load(files: Files) -> Result<Self, String> {
        let changed_at = files.changed_at();
        let certified = files.read()?;
        Ok(Self { files, state: Mutex::new(State { looked_at: Instant::now(), changed_at, certified }) })
    }

    fn at(&self, now: Instant) -> Arc<CertifiedKey> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if now.saturating_duration_since(state.looked_at) >= LOOK_EVERY {
            state.looked_at = now;
            let changed_at = self.files.changed_at();
            if changed_at != state.changed_at {
                match self.files.read() {
                    Ok(certified) => {
                        tracing::info!(certificate = %self.files.cert.display(), "the renewed certificate is shown from now on");
                        (state.certified, state.changed_at) = (certified, changed_at);
                    }
                    // Perhaps one file is new and the other is not yet: the old pair still works, and it is looked at again.
                    Err(problem) => tracing::warn!(%problem, "the mail doors keep the certificate that they have"),
                }
            }
        }
        Arc::clone(&state.certified)
    }
}

impl ResolvesServerCert for Renewed {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.at(Instant::now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pem(kind: &str, der: &[u8]) -> String {
        use base64::Engine;
        format!("-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n", base64::engine::general_purpose::STANDARD.encode(der))
    }

    #[test]
    fn a_renewed_certificate_is_shown_without_a_restart_and_a_broken_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let [cert, key] = ["cert.pem", "key.pem"].map(|name| folder.path().join(name));
        let certificate = pem("CERTIFICATE", include_bytes!("../../../channels/testdata/tls/test-only-certificate.der"));
        std::fs::write(&cert, &certificate).unwrap();
        std::fs::write(&key, pem("PRIVATE KEY", include_bytes!("../../../channels/testdata/tls/test-only-key.der"))).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let renewed = Renewed::load(Files { cert: cert.clone(), key, provider }).unwrap();
        let mut now = Instant::now();
        let first = renewed.at(now);
        let touch = |content: &str, seconds: u64| {
            std::fs::write(&cert, content).unwrap();
            let file = std::fs::File::options().write(true).open(&cert).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        };
        touch("nothing that could be a certificate", 1_000);
        now += LOOK_EVERY;
        assert!(Arc::ptr_eq(&first, &renewed.at(now)));
        touch(&certificate, 2_000);
        assert!(Arc::ptr_eq(&first, &renewed.at(now)), "the files are not looked at for each caller");
        assert!(!Arc::ptr_eq(&first, &renewed.at(now + LOOK_EVERY)));
    }
}
