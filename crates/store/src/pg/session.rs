//! One session: a client and its prepared statements.

use std::collections::HashMap;
use std::time::Duration;

use kernel::{Error, Result};
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Row, Statement};

use super::cells::Bound;
use super::translate;
use crate::{Value, fault};

const STATEMENTS_CACHED: usize = 500;
const CONNECT_SECONDS_MAX: u64 = 5;
/// A peer that stays silent this long over a cut network is given up.
const SILENCE_SECONDS_MAX: u64 = 10;

/// Reads a `postgres://` address and adds what every session needs.
pub(crate) fn config(url: &str) -> Result<Config> {
    // The parser's message may quote the password.
    let mut config: Config = url.parse().map_err(|_| Error::internal("the database address cannot be read"))?;
    config
        .application_name("steward")
        .connect_timeout(Duration::from_secs(CONNECT_SECONDS_MAX))
        .tcp_user_timeout(Duration::from_secs(SILENCE_SECONDS_MAX))
        .keepalives_idle(Duration::from_secs(SILENCE_SECONDS_MAX));
    Ok(config)
}

/// Opens a connection with the settings that hold for all of ours.
pub(crate) fn connect(config: &Config) -> std::result::Result<Client, postgres::Error> {
    let mut client = config.connect(NoTls)?;
    // Statements are short: to compile one for the processor takes longer than to run it.
    client.batch_execute(
        "SET synchronous_commit = on; SET client_min_messages = warning; SET lock_timeout = '10s';
         SET idle_in_transaction_session_timeout = '60s'; SET TIME ZONE 'UTC';
         SET jit = off",
    )?;
    Ok(client)
}

/// A client with its prepared statements.
pub(crate) struct Session {
    pub(crate) client: Client,
    /// What is prepared, with the turn in which it was used last.
    statements: HashMap<Box<str>, (Statement, u64)>,
    turn: u64,
    /// Whether an error said that the session is lost.
    pub(crate) broken: bool,
    /// Whether a statement of this transaction failed: the server has given the transaction up then, down to the last savepoint.
    pub(crate) failed: bool,
    /// Whether this transaction changed anything that others may wait for.
    pub(crate) told: bool,
}

impl Session {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, statements: HashMap::new(), turn: 0, broken: false, failed: false, told: false }
    }

    fn prepared(&mut self, sql: &str, values: usize) -> Result<Statement> {
        self.turn += 1;
        let statement = match self.statements.get_mut(sql) {
            Some((statement, used)) => {
                *used = self.turn;
                statement.clone()
            }
            None => {
                self.make_room();
                let prepared = self.client.prepare(&translate(sql));
                let statement = prepared.map_err(|error| self.note(&error, sql))?;
                self.statements.insert(sql.into(), (statement.clone(), self.turn));
                statement
            }
        };
        let wanted = statement.params().len();
        if wanted != values {
            return Err(Error::internal(format!("{wanted} placeholders but {values} values in: {sql}")));
        }
        Ok(statement)
    }

    /// Composed statements are many: of a full cache, the half that was not used for longest goes.
    fn make_room(&mut self) {
        if self.statements.len() < STATEMENTS_CACHED {
            return;
        }
        let mut turns: Vec<u64> = self.statements.values().map(|(_, used)| *used).collect();
        let (_, middle, _) = turns.select_nth_unstable(STATEMENTS_CACHED / 2);
        let middle = *middle;
        self.statements.retain(|_, (_, used)| *used > middle);
    }

    /// Every row of the answer.
    pub(crate) fn query(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>> {
        self.told |= !sql.starts_with("SELECT ");
        let statement = self.prepared(sql, values.len())?;
        let bound: Vec<Bound<'_>> = values.iter().map(Bound).collect();
        let params = params(&bound);
        self.client.query(&statement, &params).map_err(|error| self.note(&error, sql))
    }

    /// Hands over every row of the answer as it comes, so that a long one is never held whole; it takes half as long again.
    pub(crate) fn each(&mut self, sql: &str, values: &[Value<'_>], mut visit: impl FnMut(&Row) -> Result<()>) -> Result<()> {
        self.told |= !sql.starts_with("SELECT ");
        let statement = self.prepared(sql, values.len())?;
        let bound: Vec<Bound<'_>> = values.iter().map(Bound).collect();
        let read = match self.client.query_raw(&statement, params(&bound)) {
            Ok(mut rows) => loop {
                match rows.next() {
                    Ok(Some(row)) => visit(&row)?,
                    Ok(None) => break Ok(()),
                    Err(error) => break Err(error),
                }
            },
            Err(error) => Err(error),
        };
        read.map_err(|error| self.note(&error, sql))
    }

    /// Runs a statement; tells how many rows changed.
    pub(crate) fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        self.told = true;
        let statement = self.prepared(sql, values.len())?;
        let bound: Vec<Bound<'_>> = values.iter().map(Bound).collect();
        let params = params(&bound);
        self.client.execute(&statement, &params).map_err(|error| self.note(&error, sql))
    }

    /// Sets, leaves or returns to a savepoint; a transaction that has returned is sound again.
    pub(crate) fn savepoint(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(|error| self.note(&error, sql))?;
        if sql.starts_with("ROLLBACK TO") {
            self.failed = false;
        }
        Ok(())
    }

    /// Runs plain commands without preparing them.
    pub(crate) fn batch(&mut self, sql: &str) -> std::result::Result<(), postgres::Error> {
        self.client.batch_execute(sql).inspect_err(|error| {
            self.broken |= fault::pg_is_broken(error);
        })
    }

    fn note(&mut self, error: &postgres::Error, sql: &str) -> Error {
        self.failed = true;
        self.broken |= fault::pg_is_broken(error);
        // A table changed under a prepared statement: prepare again next time.
        if error.code() == Some(&postgres::error::SqlState::FEATURE_NOT_SUPPORTED) {
            self.statements.clear();
        }
        fault::pg(error, sql)
    }
}

fn params<'a>(bound: &'a [Bound<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    bound.iter().map(|value| -> &(dyn ToSql + Sync) { value }).collect()
}
