use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

use super::*;

const BASE: &str = "https://desk.example";

/// A device in software.
struct Device {
    key: EcdsaKeyPair,
    counter: u32,
}

struct Said<'a> {
    kind: &'a str,
    challenge: &'a str,
    origin: &'a str,
    domain: &'a str,
    flags: u8,
}

const GOOD: Said<'static> =
    Said { kind: "webauthn.get", challenge: "c2VjcmV0", origin: BASE, domain: "desk.example", flags: PRESENT | VERIFIED };

impl Device {
    fn new() -> Self {
        Self { key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(), counter: 0 }
    }
    fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.public_key().as_der().unwrap().as_ref())
    }
    fn data(&self, said: &Said<'_>) -> Vec<u8> {
        let mut data = Sha256::digest(said.domain.as_bytes()).to_vec();
        data.push(said.flags);
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }
    fn client(said: &Said<'_>) -> String {
        serde_json::json!({ "type": said.kind, "challenge": said.challenge, "origin": said.origin, "crossOrigin": false }).to_string()
    }
    fn sign(&self, said: &Said<'_>) -> Assertion {
        let (data, client) = (self.data(said), Self::client(said));
        let mut message = data.clone();
        message.extend_from_slice(&Sha256::digest(client.as_bytes()));
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        Assertion {
            id: URL_SAFE_NO_PAD.encode("credential"),
            client_data: URL_SAFE_NO_PAD.encode(client),
            authenticator_data: URL_SAFE_NO_PAD.encode(data),
            signature: URL_SAFE_NO_PAD.encode(signature.as_ref()),
            site: Site::of(BASE),
        }
    }
    fn register(&self) -> Registration {
        let said = Said { kind: "webauthn.create", flags: PRESENT | HAS_CREDENTIAL, ..GOOD };
        let mut data = self.data(&said);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&10u16.to_be_bytes());
        data.extend_from_slice(b"credential");
        Registration {
            id: URL_SAFE_NO_PAD.encode("credential"),
            client_data: URL_SAFE_NO_PAD.encode(Self::client(&said)),
            authenticator_data: URL_SAFE_NO_PAD.encode(data),
            public_key: self.public_key(),
            algorithm: ES256,
        }
    }
}

#[test]
fn a_passkey_is_bound_to_a_name_and_to_encryption() {
    let domain = |url| Site::of(url).map(|site| (site.origin, site.domain));
    let found = |origin: &str, domain: &str| Some((origin.to_owned(), domain.to_owned()));
    assert_eq!(domain("https://Desk.Example/"), found("https://desk.example", "desk.example"));
    assert_eq!(domain("http://localhost:7070"), found("http://localhost:7070", "localhost"));
    for none in ["http://desk.example", "http://127.0.0.1:7070", "https://[::1]:7070", "https://192.0.2.7", "desk.example", "https://"] {
        assert_eq!(domain(none), None, "{none}");
    }
}

#[test]
fn t_l6_what_a_passkey_signed_holds_only_for_this_site_this_key_and_once() {
    let device = Device::new();
    let key = device.public_key();
    let known = Known { public_key: &key, algorithm: ES256, counter: 0 };
    let fine = device.sign(&GOOD);
    assert_eq!(answered(&fine).unwrap(), "c2VjcmV0");
    assert!(signed(&fine, &known).unwrap().verified);
    assert!(!signed(&device.sign(&Said { flags: PRESENT, ..GOOD }), &known).unwrap().verified);
    for wrong in [
        Said { kind: "webauthn.create", ..GOOD },
        Said { origin: "https://desk.example.evil.example", ..GOOD },
        Said { origin: "http://desk.example", ..GOOD },
    ] {
        assert!(answered(&device.sign(&wrong)).is_err());
    }
    assert!(signed(&device.sign(&Said { domain: "evil.example", ..GOOD }), &known).is_err());
    assert!(signed(&device.sign(&Said { flags: VERIFIED, ..GOOD }), &known).is_err(), "nobody was there");
    assert!(signed(&Device::new().sign(&GOOD), &known).is_err(), "another key");
    let mut other = fine.clone();
    other.client_data = URL_SAFE_NO_PAD.encode(Device::client(&Said { challenge: "b3RoZXI", ..GOOD }));
    assert!(signed(&other, &known).is_err(), "signed over another challenge");
    assert!(signed(&Assertion { site: None, ..fine.clone() }, &known).is_err());
    for cut in 0..fine.authenticator_data.len() {
        let mut short = fine.clone();
        short.authenticator_data.truncate(cut);
        assert!(signed(&short, &known).is_err());
    }
    let counted = Device { counter: 5, ..device };
    let again = counted.sign(&GOOD);
    assert_eq!(signed(&again, &Known { counter: 4, ..known }).unwrap().counter, 5);
    assert!(signed(&again, &Known { public_key: &key, algorithm: ES256, counter: 5 }).is_err(), "a copied key");
}

#[test]
fn a_new_passkey_names_its_own_credential_and_brings_a_key_that_can_be_used() {
    let (device, site) = (Device::new(), Site::of(BASE).unwrap());
    let fine = device.register();
    let new = registered(&fine, &site).unwrap();
    assert_eq!((new.challenge.as_str(), new.credential.as_str()), ("c2VjcmV0", fine.id.as_str()));
    let changed = |change: fn(&mut Registration)| {
        let mut one = fine.clone();
        change(&mut one);
        registered(&one, &site)
    };
    assert!(changed(|one| one.id = URL_SAFE_NO_PAD.encode("another")).is_err());
    assert!(changed(|one| one.algorithm = -65_535).is_err());
    assert!(changed(|one| one.algorithm = EDDSA).is_err(), "a key of another kind");
    assert!(changed(|one| one.public_key = "AAAA".to_owned()).is_err());
    assert!(changed(|one| one.client_data = "e30".to_owned()).is_err());
    assert!(changed(|one| one.public_key = "A".repeat(10_000)).is_err());
}
