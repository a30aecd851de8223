//! What is counted, in the words of Prometheus.

mod rows;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use kernel::Result;
use people::{ServiceDesk, policy};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use rows::Snapshot;

const BUCKETS_SECONDS: [f64; 14] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// What requests are counted under that no route wanted.
const NO_ROUTE: &str = "none";

/// Labels of a counted request; the texts are those of the policy's table, so that nobody outside can make new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: &'static str,
    status: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: &'static str,
}

type Methods = Vec<(&'static str, &'static str)>;

/// Counters of this process.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    open: Gauge,
    routes: HashMap<&'static str, Methods>,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("steward");
        let requests = Family::<Asked, Counter>::default();
        let seconds: Family<Route, Histogram, fn() -> Histogram> = Family::new_with_constructor(|| Histogram::new(BUCKETS_SECONDS));
        let open = Gauge::default();
        registry.register("http_requests", "Requests by route and status", requests.clone());
        registry.register_with_unit("http_request_duration", "Time until an answer began", Unit::Seconds, seconds.clone());
        registry.register("http_requests_in_progress", "Requests that are being answered", open.clone());
        let mut routes: HashMap<&'static str, Methods> = HashMap::new();
        for rule in policy::rules() {
            routes.entry(rule.path).or_default().push((rule.method, rule.path));
        }
        Self { registry, requests, seconds, open, routes }
    }

    fn route(&self, method: &str, matched: Option<&str>) -> Route {
        let method = if method == "HEAD" { "GET" } else { method };
        let known = matched.and_then(|path| self.routes.get(path));
        let found = known.and_then(|methods| methods.iter().find(|(known, _)| *known == method));
        let (method, route) = found.copied().unwrap_or(("other", NO_ROUTE));
        Route { method, route }
    }

    /// Everything, in the text format.
    pub(crate) async fn render(&self, desk: &ServiceDesk) -> Result<String> {
        let snapshot = desk.read(rows::snapshot).await?;
        let mut now = Registry::with_prefix("steward");
        gauges(&mut now, &snapshot);
        store_gauges(&mut now, desk);
        process(&mut now);
        let mut text = String::new();
        let failed = |_| kernel::Error::internal("metrics cannot be written");
        encode_registry(&mut text, &self.registry).map_err(failed)?;
        encode_registry(&mut text, &now).map_err(failed)?;
        encode_eof(&mut text).map_err(failed)?;
        Ok(text)
    }
}

/// Middleware: counts and times every request, and writes its line into the log for whoever debugs.
pub(crate) async fn observe(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let route = metrics.route(request.method().as_str(), matched.map(MatchedPath::as_str));
    metrics.open.inc();
    let started = Instant::now();
    let response = next.run(request).await;
    let took = started.elapsed();
    metrics.open.dec();
    let status = response.status().as_u16();
    metrics.requests.get_or_create(&Asked { method: route.method, route: route.route, status }).inc();
    metrics.seconds.get_or_create(&route).observe(took.as_secs_f64());
    tracing::debug!(
        method = route.method,
        route = route.route,
        status,
        ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        "answered"
    );
    response
}

fn gauges(registry: &mut Registry, snapshot: &Snapshot) {
    let mut gauge = |name: &str, help: &str, value: i64| registry.register(name, help, ConstGauge::new(value));
    gauge("journal_position", "Place of the last fact in the journal", snapshot.position);
    gauge("journal_unplaced_facts", "Facts that wait for their place", snapshot.unplaced);
    gauge("mail_intake_waiting", "Incoming mails that are stored and not yet read", snapshot.intake_waiting);
    gauge("mail_outgoing_waiting", "Outgoing mails that wait for the relay", snapshot.outgoing_waiting);
    gauge("mail_outgoing_failed", "Outgoing mails that were given up", snapshot.outgoing_failed);
    gauge("files_unread", "Attached files whose text was not read yet", snapshot.files_unread);
    gauge("sessions", "Browsers that are signed in", snapshot.sessions);
    let (lag, parked) = (Family::<Vec<(String, String)>, Gauge>::default(), Family::<Vec<(String, String)>, Gauge>::default());
    for reactor in &snapshot.reactors {
        let label = vec![("reactor".to_owned(), reactor.name.clone())];
        lag.get_or_create(&label).set(snapshot.position + snapshot.unplaced - reactor.position);
        parked.get_or_create(&label).set(reactor.parked);
    }
    registry.register("reactor_lag_facts", "Facts that a reactor has still to see", lag);
    registry.register("reactor_parked_facts", "Facts that a reactor has set aside", parked);
}

fn store_gauges(registry: &mut Registry, desk: &ServiceDesk) {
    let stats = desk.store().stats();
    let mut gauge = |name: &str, help: &str, value: u64| registry.register(name, help, ConstGauge::new(value));
    gauge("store_writes_waiting", "Writing jobs that wait", stats.writes_waiting);
    gauge("store_reads_waiting", "Reading jobs that wait", stats.reads_waiting);
    gauge("store_readers_busy", "Readers at work", stats.readers_busy);
    gauge("store_blobs_waiting", "Blobs that are still in the database", stats.blobs_waiting);
    let mut counter = |name: &str, help: &str, value: u64| registry.register(name, help, ConstCounter::new(value));
    counter("store_commits", "Commits since the start", stats.commits);
    counter("store_jobs", "Writing jobs in those commits", stats.jobs);
    counter("store_reads", "Reading jobs since the start", stats.reads);
}

fn process(registry: &mut Registry) {
    let build = Family::<Vec<(String, String)>, Gauge>::default();
    build.get_or_create(&vec![("version".to_owned(), env!("CARGO_PKG_VERSION").to_owned())]).set(1);
    registry.register("build_info", "What is running", build);
    if let Some(bytes) = resident_bytes() {
        registry.register_with_unit("process_resident_memory", "Resident memory", Unit::Bytes, ConstGauge::new(bytes));
    }
}

/// From `/proc`, so that no system call of our own is needed; none elsewhere.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_outside_can_make_new_labels() {
        let metrics = Metrics::new();
        assert_eq!(
            metrics.route("GET", Some("/api/v1/tickets/{reference}")),
            Route { method: "GET", route: "/api/v1/tickets/{reference}" }
        );
        for (method, path) in [("BREW", Some("/api/v1/tickets")), ("GET", Some("/made/up")), ("GET", None)] {
            assert_eq!(metrics.route(method, path), Route { method: "other", route: NO_ROUTE });
        }
    }

    #[test]
    fn memory_is_known_on_this_machine() {
        assert!(resident_bytes().is_some_and(|bytes| bytes > 1_000_000));
    }
}
