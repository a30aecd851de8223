use crate::support::{Place, finished};

#[test]
fn flags_beat_variables_beat_the_file_beats_the_default() {
    let place = Place::new();
    std::fs::write(place.path("steward.toml"), "data_dir = \"from-file\"\n").unwrap();
    std::fs::write(place.path("other.toml"), "data_dir = \"from-other\"\n").unwrap();
    let made = |args: &[&str], variable: Option<&str>| {
        let mut command = place.command(args);
        command.envs(variable.map(|value| ("STEWARD_DATA_DIR", value)));
        finished(command, "").must_succeed();
    };
    made(&["migrate", "--data-dir", "from-flag"], Some("from-variable"));
    assert!(place.path("from-flag/steward.db").exists() && !place.path("from-variable").exists());
    made(&["migrate"], Some("from-variable"));
    assert!(place.path("from-variable/steward.db").exists() && !place.path("from-file").exists());
    made(&["migrate"], None);
    assert!(place.path("from-file/steward.db").exists());
    made(&["migrate", "--config", "other.toml"], None);
    assert!(place.path("from-other/steward.db").exists() && !place.path("steward-data").exists());
}

#[test]
fn config_default_prints_a_file_that_changes_nothing() {
    let place = Place::new();
    let printed = place.run(&["config", "default"], "").must_succeed().out;
    assert!(printed.contains("# Address of pages and API.\nlisten = \"127.0.0.1:7070\""), "{printed}");
    std::fs::write(place.path("steward.toml"), printed).unwrap();
    place.run(&["migrate", "status"], "").must_succeed();
}

#[test]
fn wrong_usage_ends_with_2_and_one_sentence() {
    let place = Place::new();
    for line in [
        &["serv"][..],
        &["serve", "--lisen", "x"],
        &["user", "add"],
        &["backup"],
        &["setup", "--admin-email", "a@b.c", "--admin-name", "A", "--locale", "tlh"],
    ] {
        let ended = place.run(line, PASSWORD_LINE);
        assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
        ended.must_fail(2, "");
    }
    place.run(&["serve", "--listen", "everywhere"], "").must_fail(2, "listen (--listen): expected an address with a port");
    std::fs::write(place.path("steward.toml"), "lisen = \"127.0.0.1:1\"\n").unwrap();
    place.run(&["serve"], "").must_fail(2, "there is no setting lisen; did you mean listen?");
    place.run(&["serve", "--config", "nowhere.toml"], "").must_fail(2, "nowhere.toml cannot be read");
}

const PASSWORD_LINE: &str = crate::support::PASSWORD;

#[test]
fn help_and_version_end_with_0() {
    let place = Place::new();
    let help = place.run(&["--help"], "").must_succeed().out;
    for command in ["serve", "setup", "user", "token", "mail", "migrate", "backup", "restore", "verify", "doctor", "config"] {
        assert!(help.contains(&format!("  {command} ")), "{command}: {help}");
    }
    assert!(place.run(&["--version"], "").must_succeed().out.starts_with("steward "));
    assert!(place.run(&["serve", "--help"], "").must_succeed().out.contains("--lmtp-listen <ADDR>"));
}
