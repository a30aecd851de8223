//! A name server for tests: small, and as ill-mannered as asked.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};

type Zone = HashMap<(String, u16), Vec<Vec<u8>>>;

/// Serves until dropped.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    asked: Arc<AtomicUsize>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Server {
    /// Lines of `name TYPE data`. The name decides about manners: below `silent.net` there is no answer, below `failing.net` SERVFAIL, below
    /// `refusing.net` REFUSED, below `garbage.net` noise, below `large.net` a cut answer by UDP and the whole one by TCP.
    pub(super) async fn start(zone: &str) -> Self {
        let zone = Arc::new(read(zone));
        let asked = Arc::new(AtomicUsize::new(0));
        let (udp, tcp) = loop {
            let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
            if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()).await {
                break (udp, tcp);
            }
        };
        let address = udp.local_addr().unwrap();
        let by_udp = {
            let (zone, asked) = (Arc::clone(&zone), Arc::clone(&asked));
            tokio::spawn(async move {
                let mut query = [0_u8; 4_096];
                while let Ok((length, from)) = udp.recv_from(&mut query).await {
                    asked.fetch_add(1, Ordering::Relaxed);
                    if let Some(answer) = answer(&zone, &query[..length], false) {
                        let _ = udp.send_to(&answer, from).await;
                    }
                }
            })
        };
        let by_tcp = tokio::spawn(async move {
            while let Ok((mut stream, _)) = tcp.accept().await {
                let zone = Arc::clone(&zone);
                tokio::spawn(async move {
                    while let Ok(length) = stream.read_u16().await {
                        let mut query = vec![0; usize::from(length)];
                        if stream.read_exact(&mut query).await.is_err() {
                            return;
                        }
                        let Some(answer) = answer(&zone, &query, true) else { return };
                        let _ = stream.write_u16(u16::try_from(answer.len()).unwrap()).await;
                        let _ = stream.write_all(&answer).await;
                    }
                });
            }
        });
        Self { address, asked, tasks: vec![by_udp, by_tcp] }
    }

    /// Questions so far.
    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

fn read(text: &str) -> Zone {
    let mut zone = Zone::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut fields = line.splitn(3, ' ');
        let (name, kind, data) = (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap());
        let (kind, data) = match kind {
            "A" => (1, data.parse::<std::net::Ipv4Addr>().unwrap().octets().to_vec()),
            "AAAA" => (28, data.parse::<std::net::Ipv6Addr>().unwrap().octets().to_vec()),
            "CNAME" => (5, labels(data)),
            "MX" => (15, [vec![0, 10], labels(data)].concat()),
            "TXT" => (16, data.as_bytes().chunks(255).flat_map(counted).collect()),
            other => panic!("{other}"),
        };
        zone.entry((name.to_owned(), kind)).or_default().push(data);
    }
    zone
}

fn counted(piece: &[u8]) -> Vec<u8> {
    [&[u8::try_from(piece.len()).unwrap()], piece].concat()
}

fn labels(name: &str) -> Vec<u8> {
    let mut out: Vec<u8> = name.split('.').flat_map(|label| counted(label.as_bytes())).collect();
    out.push(0);
    out
}

fn answer(zone: &Zone, query: &[u8], tcp: bool) -> Option<Vec<u8>> {
    let (mut at, mut name) = (12, Vec::new());
    while query[at] != 0 {
        let length = usize::from(query[at]);
        name.push(String::from_utf8_lossy(&query[at + 1..at + 1 + length]).to_lowercase());
        at += length + 1;
    }
    let name = name.join(".");
    let kind = u16::from_be_bytes([query[at + 1], query[at + 2]]);
    let question = &query[12..at + 5];
    let below = |domain: &str| name == domain || name.ends_with(&format!(".{domain}"));
    if below("silent.net") || zone.contains_key(&("dead".to_owned(), 16)) {
        return None;
    }
    if below("garbage.net") {
        return Some([&query[..2], b"\xff\xff not a dns answer \xff\xc0\x00\xc0"].concat());
    }
    let cut = below("large.net") && !tcp;
    let found = zone.get(&(name.clone(), kind)).map(Vec::as_slice).unwrap_or_default();
    let alias = zone.get(&(name.clone(), 5)).and_then(|found| found.first());
    let exists = zone.keys().any(|(known, _)| *known == name || known.ends_with(&format!(".{name}")));
    let code: u8 = match () {
        () if below("failing.net") => 2,
        () if below("refusing.net") => 5,
        () if exists || name.is_empty() => 0,
        () => 3,
    };
    let mut records = Vec::new();
    let mut count = 0_u16;
    if !cut && code == 0 {
        if let (Some(target), true) = (alias, found.is_empty()) {
            records.extend(record(&[0xc0, 12], 5, target));
            let text: Vec<_> = zone.iter().filter(|((known, is), _)| labels(known) == *target && *is == kind).collect();
            count += 1;
            for data in text.into_iter().flat_map(|(_, data)| data) {
                records.extend(record(target, kind, data));
                count += 1;
            }
        }
        for data in found {
            records.extend(record(&[0xc0, 12], kind, data));
            count += 1;
        }
    }
    let flags = [0x81 | if cut { 2 } else { 0 }, 0x80 | code];
    let counts = [&[0, 1], &count.to_be_bytes()[..], &[0, 0, 0, 0]].concat();
    Some([&query[..2], &flags, &counts, question, &records].concat())
}

fn record(name: &[u8], kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap().to_be_bytes();
    [name, &kind.to_be_bytes(), &[0, 1], &[0, 0, 0, 60], &length, data].concat()
}
