use super::*;
use crate::Failure;

fn load_from(flags: &[(&str, &str)], environment: &[(&str, &str)], file: Option<&str>) -> Result<Config, Failure> {
    let dir = tempfile::tempdir().unwrap();
    let path = file.map(|text| {
        let path = dir.path().join("steward.toml");
        std::fs::write(&path, text).unwrap();
        path
    });
    let find = |pairs: &[(&str, &str)], name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    load(&Given { flags: &|key| find(flags, key.name), environment: &|name| find(environment, name), file: path })
}

#[test]
fn flags_beat_environment_beats_file_beats_default() {
    let file = "listen = \"127.0.0.1:1\"\nmail_domain = \"file.example\"\nrequests_per_minute = 1_000\nlog_level = \"warn\"";
    let environment = [("STEWARD_LISTEN", "127.0.0.1:2"), ("STEWARD_MAIL_DOMAIN", "env.example")];
    let config = load_from(&[("listen", "127.0.0.1:3")], &environment, Some(file)).unwrap();
    assert_eq!(config.listen, "127.0.0.1:3");
    assert_eq!(config.mail_domain.as_deref(), Some("env.example"));
    assert_eq!(config.requests_per_minute, 1_000);
    assert_eq!(config.log_level, "warn");
    assert_eq!(config.data_dir, PathBuf::from("./steward-data"));
    assert_eq!(config.database_url(), "sqlite:./steward-data/steward.db");
}

#[test]
fn an_unknown_key_is_an_error_that_names_the_nearest() {
    let error = load_from(&[], &[], Some("lisen = \"127.0.0.1:1\"")).err().unwrap();
    assert!(error.to_string().contains("there is no setting lisen; did you mean listen?"), "{error}");
    assert!(matches!(error, Failure::Usage(_)));
}

#[test]
fn a_wrong_value_names_its_key_and_place() {
    for (key, value) in [
        ("listen", "nowhere"),
        ("base_url", "help.example.org/desk"),
        ("database", "mysql://x"),
        ("smtp_relay", "http://x"),
        ("mail_bytes_max", "lots"),
        ("trusted_proxies", "10.0.0.0/99"),
        ("dns_resolver", "somewhere"),
        ("trusted_sealers", "a b"),
        ("dkim_key", "/nowhere/key.pem"),
        ("log_format", "xml"),
        ("blob_store", "s3"),
    ] {
        let error = load_from(&[], &[(&format!("STEWARD_{}", key.to_uppercase()), value)], None).err().unwrap();
        let wanted = if key == "blob_store" { "s3_endpoint" } else { key };
        assert!(error.to_string().contains(wanted), "{key}: {error}");
    }
    let error = load_from(&[], &[], Some("listen = [")).err().unwrap();
    assert!(error.to_string().contains("line 1"), "{error}");
}

#[test]
fn a_secret_in_a_wrong_relay_address_is_not_repeated() {
    let error = load_from(&[("smtp_relay", "smtp://user:hunter22@host:port")], &[], None).err().unwrap();
    assert!(!error.to_string().contains("hunter22"), "{error}");
}

#[test]
fn the_printed_defaults_are_the_defaults() {
    let printed: String = KEYS.iter().map(|key| format!("{} = {}\n", key.name, key.default_in_toml())).collect();
    let (from_file, plain) = (load_from(&[], &[], Some(&printed)).unwrap(), load_from(&[], &[], None).unwrap());
    assert_eq!(from_file.listen, plain.listen);
    assert_eq!(from_file.mail_bytes_max, kernel::limits::MAIL_BYTES_MAX);
    assert_eq!(from_file.database_url(), plain.database_url());
}

#[test]
fn a_misspelt_variable_is_noticed() {
    let names = ["STEWARD_LISTN", "STEWARD_LISTEN", "HOME", "STEWARD_BIN"].map(str::to_owned);
    assert_eq!(unknown_environment(names.into_iter()), [("STEWARD_LISTN".to_owned(), Some("STEWARD_LISTEN".to_owned()))]);
}

#[test]
fn a_name_server_is_an_address_the_machine_s_or_none() {
    for (value, choice) in [
        ("system", ResolverChoice::System),
        ("off", ResolverChoice::Off),
        ("127.0.0.1:5353", ResolverChoice::Address("127.0.0.1:5353".parse().unwrap())),
        ("9.9.9.9", ResolverChoice::Address("9.9.9.9:53".parse().unwrap())),
        ("::1", ResolverChoice::Address("[::1]:53".parse().unwrap())),
        ("[::1]:5353", ResolverChoice::Address("[::1]:5353".parse().unwrap())),
    ] {
        assert_eq!(load_from(&[("dns_resolver", value)], &[], None).unwrap().dns_resolver, choice, "{value}");
    }
    assert_eq!(load_from(&[], &[], None).unwrap().dns_resolver, ResolverChoice::System);
}

#[test]
fn each_signing_key_has_a_name_and_a_domain() {
    let wrong = |flags: &[(&str, &str)]| load_from(flags, &[], None).err().unwrap().to_string();
    assert!(wrong(&[("dkim_key", "a.pem")]).contains("mail_domain"));
    assert!(wrong(&[("dkim_key", "a.pem,b.pem"), ("mail_domain", "desk.net")]).contains("dkim_selector"));
    let two = [("dkim_key", "a.pem, b.pem"), ("dkim_selector", "one,two"), ("mail_domain", "desk.net")];
    let config = load_from(&two, &[], None).unwrap();
    assert_eq!((config.dkim_key.len(), config.dkim_domain()), (2, Some("desk.net")));
    assert!(config.signer().err().unwrap().contains("a.pem"));
    assert!(load_from(&[], &[], None).unwrap().signer().unwrap().is_none());
}
