//! A throw-away PostgreSQL server that flushes to disk as a real one does; it ends with its standard input.
#![expect(clippy::print_stdout, reason = "its address is for the program that started this one")]

use std::io::Read;

use store::testing::Cluster;

fn main() -> std::io::Result<()> {
    let cluster = Cluster::start(true);
    println!("{}", cluster.url);
    std::io::stdin().read_to_end(&mut Vec::new())?;
    drop(cluster);
    Ok(())
}
