//! Stands between the program and a PostgreSQL server, and cuts the line when a test says so.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A line that can be cut.
pub struct Proxy {
    address: SocketAddr,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<(TcpStream, UnixStream)>>>,
}

impl Proxy {
    /// A line to the server that listens in this directory.
    pub fn to(socket_dir: &str) -> Self {
        let socket = PathBuf::from(socket_dir).join(".s.PGSQL.5432");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (cut, open) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (is_cut, lines) = (Arc::clone(&cut), Arc::clone(&open));
        thread::spawn(move || {
            for caller in listener.incoming().map_while(Result::ok) {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(server) = UnixStream::connect(&socket) else { continue };
                lines.lock().unwrap().push((caller.try_clone().unwrap(), server.try_clone().unwrap()));
                let (mut from_caller, mut from_server) = (caller.try_clone().unwrap(), server.try_clone().unwrap());
                let (mut to_caller, mut to_server) = (caller, server);
                thread::spawn(move || {
                    copy(&mut from_caller, &mut to_server);
                    drop(to_server.shutdown(Shutdown::Both));
                });
                thread::spawn(move || {
                    copy(&mut from_server, &mut to_caller);
                    drop(to_caller.shutdown(Shutdown::Both));
                });
            }
        });
        Self { address, cut, open }
    }

    /// A database of the server, through this line.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@{}/{database}", self.address)
    }

    /// Ends every connection and takes no new ones.
    pub fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        for (caller, server) in self.open.lock().unwrap().drain(..) {
            drop(caller.shutdown(Shutdown::Both));
            drop(server.shutdown(Shutdown::Both));
        }
    }

    /// Takes connections again.
    pub fn mend(&self) {
        self.cut.store(false, Ordering::SeqCst);
    }
}

fn copy(from: &mut impl Read, to: &mut impl Write) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read) = from.read(&mut buffer) {
        if read == 0 || to.write_all(buffer.get(..read).unwrap_or_default()).is_err() {
            return;
        }
    }
}
