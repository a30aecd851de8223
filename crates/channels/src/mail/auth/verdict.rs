//! From what was found to a conclusion.

use desk::conversation::{Authentication, Verdict};

use super::results::{Results, Statement};

/// What is known after all checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// DKIM or SPF passed for a domain that speaks for that of `From`.
    pub(super) aligned: bool,
    /// Something that could have passed got no answer.
    pub(super) uncertain: bool,
    /// A signature of the domain itself does not fit the message.
    pub(super) broken: bool,
    /// It is known which server handed the message over, or a relay that knew it has judged.
    pub(super) handed_over: bool,
    /// What the domain asks for: none, quarantine, reject; empty without a record.
    pub(super) policy: String,
    /// What a trusted relay says about DMARC: pass, fail or something else.
    pub(super) relay: Option<String>,
    /// A trusted server saw the message pass before it was changed on the way.
    pub(super) vouched: bool,
}

impl Evidence {
    /// The conclusion.
    pub(super) fn verdict(&self) -> Verdict {
        let relay = self.relay.as_deref();
        if self.aligned || self.vouched || relay == Some("pass") {
            return Verdict::Pass;
        }
        if !matches!(self.policy.as_str(), "quarantine" | "reject") {
            return Verdict::None;
        }
        if relay == Some("fail") {
            return Verdict::Fail;
        }
        if !self.uncertain && (self.handed_over || self.broken) { Verdict::Fail } else { Verdict::None }
    }
}

/// Readers could disagree about the sender: nothing is looked up for it.
pub(super) fn ambiguous() -> Authentication {
    Authentication { verdict: Verdict::Ambiguous, by: "steward".to_owned(), ..Authentication::default() }
}

/// Whether a domain speaks for another without a record that says so: it is the same, or the one above it, to whom the name belongs.
pub(super) fn speaks_for(domain: &str, of: &str) -> bool {
    domain == of || (domain.contains('.') && of.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
}

/// Whether two domains could belong together by what any record says: the one below the other, or the last two labels the same. Only for
/// these are signatures looked at; all others could cost time and change nothing.
pub(super) fn could_align(domain: &str, with: &str) -> bool {
    let ending = |name: &str| name.rmatch_indices('.').nth(1).map_or(0, |(at, _)| at + 1);
    let (ours, theirs) = (with.get(ending(with)..), domain.get(ending(domain)..));
    domain.contains('.') && ours.is_some() && ours == theirs
}

/// The statement about DMARC for this very domain.
pub(super) fn dmarc_of<'a>(results: &'a Results, domain: &str) -> Option<&'a Statement> {
    results.first("dmarc").filter(|statement| statement.domain("header.from") == Some(domain))
}

/// Whether a server says that the message passed for this domain.
pub(super) fn passed(results: &Results, domain: &str) -> bool {
    if let Some(dmarc) = results.first("dmarc").filter(|dmarc| dmarc.result != "none") {
        return dmarc.result == "pass" && dmarc.domain("header.from") == Some(domain);
    }
    let pass = |statement: &Statement, names: &[&str]| {
        statement.result == "pass" && names.iter().find_map(|name| statement.domain(name)).is_some_and(|named| speaks_for(named, domain))
    };
    results.all("dkim").any(|dkim| pass(dkim, &["header.d", "header.i"])) || results.all("spf").any(|spf| pass(spf, &["smtp.mailfrom"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enforced() -> Evidence {
        Evidence { policy: "reject".to_owned(), handed_over: true, ..Evidence::default() }
    }

    #[test]
    fn t_m1_only_a_published_policy_with_everything_evaluated_is_a_failure() {
        assert_eq!(enforced().verdict(), Verdict::Fail);
        assert_eq!(Evidence { policy: "quarantine".to_owned(), ..enforced() }.verdict(), Verdict::Fail);
        for policy in ["", "none"] {
            assert_eq!(Evidence { policy: policy.to_owned(), broken: true, ..enforced() }.verdict(), Verdict::None, "{policy}");
        }
        assert_eq!(Evidence { uncertain: true, ..enforced() }.verdict(), Verdict::None);
        assert_eq!(Evidence { handed_over: false, ..enforced() }.verdict(), Verdict::None);
        assert_eq!(Evidence { handed_over: false, broken: true, ..enforced() }.verdict(), Verdict::Fail);
    }

    #[test]
    fn any_proof_passes_with_and_without_a_policy() {
        for policy in ["", "none", "reject"] {
            let evidence = Evidence { policy: policy.to_owned(), ..enforced() };
            assert_eq!(Evidence { aligned: true, uncertain: true, ..evidence.clone() }.verdict(), Verdict::Pass);
            assert_eq!(Evidence { vouched: true, broken: true, ..evidence.clone() }.verdict(), Verdict::Pass);
            assert_eq!(Evidence { relay: Some("pass".to_owned()), ..evidence }.verdict(), Verdict::Pass);
        }
        assert_eq!(Evidence { relay: Some("fail".to_owned()), uncertain: true, ..enforced() }.verdict(), Verdict::Fail);
        assert_eq!(Evidence { relay: Some("fail".to_owned()), policy: String::new(), ..enforced() }.verdict(), Verdict::None);
    }

    #[test]
    fn t_m1_a_domain_is_spoken_for_from_above_and_not_from_below() {
        assert!(speaks_for("bank.net", "bank.net") && speaks_for("bank.net", "mail.bank.net"));
        for (domain, of) in
            [("mail.bank.net", "bank.net"), ("ank.net", "bank.net"), ("net", "bank.net"), ("", "bank.net"), ("evil.net", "bank.net")]
        {
            assert!(!speaks_for(domain, of), "{domain} {of}");
        }
        for (domain, with) in
            [("bank.net", "bank.net"), ("a.bank.net", "b.bank.net"), ("bank.net", "x.bank.net"), ("x.bank.net", "bank.net")]
        {
            assert!(could_align(domain, with), "{domain} {with}");
        }
        for (domain, with) in
            [("evil.net", "bank.net"), ("net", "bank.net"), ("xbank.net", "bank.net"), ("bank.net.evil.org", "bank.net"), ("", "")]
        {
            assert!(!could_align(domain, with), "{domain} {with}");
        }
    }
}
