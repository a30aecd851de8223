//! The dedicated session of a node: it holds the node's number and hears when other nodes have changed something.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use kernel::{Error, Result};
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, Config};

use super::session::connect;
use crate::fault;
use crate::shared::{Bell, Shared};

/// First key of the advisory locks on node numbers ("node" in ASCII).
const NODE_LOCKS: i32 = 0x6e6f_6465;
const NODES_MAX: u16 = 1_023;
const LISTEN: Duration = Duration::from_millis(200);
const RETRY: Duration = Duration::from_millis(500);

/// The session before its thread is started.
pub(crate) struct Listener {
    client: Client,
    config: Config,
    pub(crate) node: u16,
}

impl Listener {
    /// Connects and takes the first free node number.
    pub(crate) fn open(config: &Config) -> Result<Self> {
        let failed = |error: postgres::Error| fault::pg(&error, "taking a node number");
        let mut client = connect(config).map_err(failed)?;
        for node in 1..=NODES_MAX {
            if take(&mut client, node).map_err(failed)? {
                client.batch_execute("LISTEN steward").map_err(failed)?;
                return Ok(Self { client, config: config.clone(), node });
            }
        }
        Err(Error::unavailable("every node number is taken"))
    }
}

fn take(client: &mut Client, node: u16) -> std::result::Result<bool, postgres::Error> {
    client.query_one("SELECT pg_try_advisory_lock($1, $2)", &[&NODE_LOCKS, &i32::from(node)])?.try_get(0)
}

/// Starts listening until `stop` is set.
pub(crate) fn start(listener: Listener, shared: &Arc<Shared>, stop: &Arc<AtomicBool>, bell: Bell) -> Result<JoinHandle<()>> {
    let (shared, stop) = (Arc::clone(shared), Arc::clone(stop));
    Builder::new()
        .name("store-listen".into())
        .spawn(move || run(listener, &shared, &stop, &bell))
        .map_err(|error| Error::unavailable(format!("no thread for listening: {error}")))
}

fn run(listener: Listener, shared: &Shared, stop: &AtomicBool, bell: &Bell) {
    let Listener { client, config, node } = listener;
    let mut client = Some(client);
    while !stop.load(Ordering::Acquire) {
        let heard = match &mut client {
            Some(client) => listen(client, shared),
            None => rejoin(&config, node).map(|joined| client = Some(joined)),
        };
        match heard {
            Ok(()) => shared.node_held.store(true, Ordering::Release),
            Err(why) => {
                tracing::warn!(%why, node, "the listening session is lost; no writing until the node's number is held again");
                shared.node_held.store(false, Ordering::Release);
                client = None;
                bell.wait(RETRY);
            }
        }
    }
}

fn listen(client: &mut Client, shared: &Shared) -> std::result::Result<(), String> {
    let mut notes = client.notifications();
    let heard = notes.timeout_iter(LISTEN).next().map_err(|error| error.to_string())?.is_some();
    while notes.iter().next().map_err(|error| error.to_string())?.is_some() {}
    drop(notes);
    if heard {
        shared.bump();
    }
    if client.is_closed() {
        return Err("the server closed the session".into());
    }
    Ok(())
}

fn rejoin(config: &Config, node: u16) -> std::result::Result<Client, String> {
    let mut client = connect(config).map_err(|error| fault::pg(&error, "connecting").to_string())?;
    let taken = take(&mut client, node).map_err(|error| error.to_string())?;
    client.batch_execute("LISTEN steward").map_err(|error| error.to_string())?;
    if taken { Ok(client) } else { Err("another session holds the node's number".into()) }
}
