//! The certificate that the mail doors show.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::Failure;
use crate::config::Config;

/// For STARTTLS, when a certificate is set.
pub(crate) fn acceptor(config: &Config) -> Result<Option<TlsAcceptor>, Failure> {
    let (Some(cert), Some(key)) = (&config.mail_tls_cert, &config.mail_tls_key) else { return Ok(None) };
    let unreadable = |path: &Path, error: &dyn std::fmt::Display| Failure::Failed(format!("{} cannot be read: {error}", path.display()));
    let chain =
        CertificateDer::pem_file_iter(cert).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| unreadable(cert, &error))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, &error))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let server = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private))
        .map_err(|error| Failure::Failed(format!("the certificate {} cannot be used: {error}", cert.display())))?;
    Ok(Some(TlsAcceptor::from(Arc::new(server))))
}
