//! The way to a server: names, addresses, TLS. Only administrators name hosts; still, some addresses are nobody's mail server (T-S2).

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::problem::{Code, Outcome, Problem};
use super::source::Security;

/// Wait for a name, a connection or the agreement on TLS.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
/// Addresses of a name that are tried.
const ADDRESSES_MAX: usize = 4;

/// A connection, encrypted or not.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Duplex for T {}
pub(crate) type Stream = Box<dyn Duplex>;

/// How other servers are reached.
pub struct Connector {
    also: Vec<CertificateDer<'static>>,
    tls: OnceLock<Arc<ClientConfig>>,
    cleartext_anywhere: bool,
}

impl std::fmt::Debug for Connector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connector").field("cleartext_anywhere", &self.cleartext_anywhere).finish_non_exhaustive()
    }
}

impl Connector {
    /// Trusts what this machine trusts, and `also`. Passwords travel in the clear to this machine only, unless `cleartext_anywhere`.
    #[must_use]
    pub const fn new(also: Vec<CertificateDer<'static>>, cleartext_anywhere: bool) -> Self {
        Self { also, tls: OnceLock::new(), cleartext_anywhere }
    }

    /// Certificates are read when the first connection needs them.
    fn tls(&self) -> Outcome<Arc<ClientConfig>> {
        if let Some(config) = self.tls.get() {
            return Ok(Arc::clone(config));
        }
        let mut roots = RootCertStore::empty();
        let (_, unusable) = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if unusable > 0 {
            tracing::debug!(unusable, "certificates of this machine that cannot be read");
        }
        roots.add_parsable_certificates(self.also.iter().cloned());
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| Problem::new(Code::Tls, error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Arc::clone(self.tls.get_or_init(|| Arc::new(config))))
    }

    /// Whether a password may be sent to this host without encryption, as far as its name tells.
    #[must_use]
    pub fn may_be_clear(&self, host: &str) -> bool {
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback());
        self.cleartext_anywhere || here
    }

    /// A connection as a setting wants it: encrypted from the first byte, or in the clear, which beyond this machine must be followed
    /// by STARTTLS.
    pub(super) async fn open(&self, host: &str, port: u16, security: Security) -> Outcome<Stream> {
        let tcp = self.tcp(host, port).await?;
        match security {
            Security::Tls => self.encrypt(host, tcp).await,
            Security::Starttls => Ok(Box::new(tcp)),
            Security::None => {
                self.must_be_near(&tcp)?;
                Ok(Box::new(tcp))
            }
        }
    }

    /// The addresses that a name stands for.
    pub(crate) async fn addresses(&self, host: &str, port: u16) -> Outcome<Vec<SocketAddr>> {
        let found = timeout(CONNECT_TIMEOUT, lookup_host((host, port))).await;
        let found = found.map_err(|_| Problem::new(Code::NameUnknown, "no answer from the name service"))?;
        let addresses: Vec<SocketAddr> = found.map_err(|error| Problem::new(Code::NameUnknown, error.to_string()))?.collect();
        if addresses.is_empty() { Err(Problem::new(Code::NameUnknown, "the name has no address")) } else { Ok(addresses) }
    }

    /// A connection without encryption.
    pub(super) async fn tcp(&self, host: &str, port: u16) -> Outcome<TcpStream> {
        self.tcp_where(host, port, |address| !is_forbidden(address)).await
    }

    /// The same to an address that is admitted: the one that is connected to is looked at, whatever the name leads to a moment later.
    pub(crate) async fn tcp_where(&self, host: &str, port: u16, admits: impl Fn(IpAddr) -> bool) -> Outcome<TcpStream> {
        let addresses = self.addresses(host, port).await?;
        let mut problem = Problem::new(Code::NameUnknown, "the name has no address");
        for address in addresses.into_iter().take(ADDRESSES_MAX) {
            if !admits(address.ip()) {
                problem = Problem::new(Code::AddressForbidden, address.ip().to_string());
                continue;
            }
            match timeout(CONNECT_TIMEOUT, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    stream.set_nodelay(true).ok();
                    return Ok(stream);
                }
                Ok(Err(error)) => problem = Problem::new(Code::NoConnection, format!("{address}: {error}")),
                Err(_) => problem = Problem::new(Code::NoAnswer, format!("{address} does not answer")),
            }
        }
        Err(problem)
    }

    /// For what must not be sent in the clear beyond this machine.
    pub(super) fn must_be_near(&self, stream: &TcpStream) -> Outcome<()> {
        let near = stream.peer_addr().is_ok_and(|address| address.ip().to_canonical().is_loopback());
        if near || self.cleartext_anywhere { Ok(()) } else { Err(Problem::new(Code::Cleartext, "")) }
    }

    /// Encrypts a connection; the certificate must be the host's.
    pub(crate) async fn encrypt(&self, host: &str, stream: impl Duplex + 'static) -> Outcome<Stream> {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| Problem::new(Code::NameUnknown, "not a host name"))?;
        let shaken = timeout(CONNECT_TIMEOUT, TlsConnector::from(self.tls()?).connect(name, stream)).await;
        match shaken {
            Ok(Ok(stream)) => Ok(Box::new(stream)),
            Ok(Err(error)) if error.kind() == ErrorKind::UnexpectedEof => {
                Err(Problem::new(Code::Tls, "the server hung up; the port may be one without TLS"))
            }
            Ok(Err(error)) => Err(Problem::new(Code::Tls, error.to_string())),
            Err(_) => Err(Problem::new(Code::NoAnswer, "the server does not answer to TLS")),
        }
    }
}

/// Addresses at which no mail server is: those that a machine has without being asked, such as the data service of a cloud host.
fn is_forbidden(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_unspecified() || v4.is_link_local() || v4.is_multicast() || v4.is_broadcast(),
        IpAddr::V6(v6) => {
            let [first, second, ..] = v6.segments();
            let cloud_data = [0xfd00, 0x0ec2] == [first, second];
            // 64:ff9b::/96 carries an IPv4 address that a translator would connect to (RFC 6052).
            let translated = [0x0064, 0xff9b] == [first, second];
            v6.is_unspecified() || v6.is_multicast() || v6.is_unicast_link_local() || cloud_data || translated
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_s2_addresses_that_are_nobodys_mail_server_are_refused() {
        let refused = [
            "0.0.0.0",
            "169.254.169.254",
            "::ffff:169.254.169.254",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "fd00:ec2::254",
            "ff02::1",
            "64:ff9b::a9fe:a9fe",
        ];
        for address in refused {
            assert!(is_forbidden(address.parse().unwrap()), "{address}");
        }
        for address in ["127.0.0.1", "::1", "10.0.0.25", "192.168.1.2", "203.0.113.9", "2001:db8::1"] {
            assert!(!is_forbidden(address.parse().unwrap()), "{address}");
        }
    }

    #[tokio::test]
    async fn a_forbidden_address_is_not_called_however_it_is_written() {
        let connector = Connector::new(Vec::new(), false);
        for host in ["169.254.169.254", "0.0.0.0", "::ffff:169.254.169.254"] {
            assert_eq!(connector.tcp(host, 80).await.unwrap_err().code, Code::AddressForbidden, "{host}");
        }
    }
}
