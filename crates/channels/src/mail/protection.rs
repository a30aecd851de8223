//! Signed and encrypted mail, recognised by its structure. Nothing is verified and nothing here says that a signature
//! is valid; what matters is that a signature over one part is never shown as if it covered another (T-M9).

use desk::conversation::Protection;

use super::structure::{Branch, Leaf, Structure};

const SMIME: &str = "smime";
const OPENPGP: &str = "openpgp";

/// What the parts of a message say.
pub(crate) fn of_structure(structure: &Structure) -> Option<Protection> {
    let branches = structure.branches.iter().filter_map(|branch| of_branch(structure, branch));
    let mut found: Vec<Protection> = branches.collect();
    let alone = structure.leaves.iter().filter(|leaf| !leaf.enclosed).count() == 1;
    found.extend(structure.leaves.iter().filter_map(|leaf| of_leaf(leaf, alone)));
    let whole = found.len() == 1 && found.iter().all(|protection| protection.whole);
    // An encrypted part inside a signed one, or the other way round, is both; which of them spans what is not told.
    found
        .into_iter()
        .reduce(|a, b| Protection {
            standard: a.standard,
            signed: a.signed || b.signed,
            encrypted: a.encrypted || b.encrypted,
            whole: false,
        })
        .map(|protection| Protection { whole, ..protection })
}

fn of_branch(structure: &Structure, branch: &Branch) -> Option<Protection> {
    let at = structure.branches.iter().position(|other| std::ptr::eq(other, branch));
    let kinds = || structure.leaves.iter().filter(|leaf| leaf.parent == at).map(|leaf| leaf.kind.sub.as_str());
    let standard = match () {
        () if branch.protocol.contains("pgp") || kinds().any(|sub| sub.starts_with("pgp-")) => OPENPGP,
        () if branch.protocol.contains("pkcs7") || kinds().any(|sub| sub.contains("pkcs7-")) => SMIME,
        () => return None,
    };
    let (signed, encrypted) = (branch.sub == "signed", branch.sub == "encrypted");
    // Whole means: the outermost part, with exactly what the standard names and nothing beside it.
    let whole = branch.parent.is_none() && branch.parts == 2;
    (signed || encrypted).then(|| Protection { standard: standard.to_owned(), signed, encrypted, whole })
}

fn of_leaf(leaf: &Leaf, alone: bool) -> Option<Protection> {
    let named = |ending: &str| leaf.filename.as_deref().is_some_and(|name| name.to_ascii_lowercase().ends_with(ending));
    if leaf.kind.is("application", "pkcs7-mime")
        || leaf.kind.is("application", "x-pkcs7-mime")
        || (leaf.kind.is("application", "octet-stream") && named(".p7m"))
    {
        let signed = leaf.detail == "signed-data" || (leaf.detail.is_empty() && is_signed_data(&leaf.bytes));
        let other = matches!(leaf.detail.as_str(), "certs-only" | "compressed-data");
        return (!other).then(|| Protection { standard: SMIME.to_owned(), signed, encrypted: !signed, whole: alone });
    }
    None
}

/// The type of a CMS message stands in its first bytes: 1.2.840.113549.1.7.2 is signed data.
fn is_signed_data(bytes: &[u8]) -> bool {
    const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
    bytes.get(..bytes.len().min(30)).unwrap_or_default().windows(SIGNED_DATA.len()).any(|window| window == SIGNED_DATA)
}

/// OpenPGP written into the text itself; `alone` when the message has only this part.
pub(crate) fn of_texts<'t>(texts: impl Iterator<Item = &'t str>, alone: bool) -> Option<Protection> {
    let mut found: Option<Protection> = None;
    for text in texts {
        let signed = has_line(text, "-----BEGIN PGP SIGNED MESSAGE-----") && has_line(text, "-----BEGIN PGP SIGNATURE-----");
        let encrypted = has_line(text, "-----BEGIN PGP MESSAGE-----");
        if !signed && !encrypted {
            continue;
        }
        let lines = || text.lines().map(str::trim_end).filter(|line| !line.is_empty());
        let first = if signed { "-----BEGIN PGP SIGNED MESSAGE-----" } else { "-----BEGIN PGP MESSAGE-----" };
        let last = if signed { "-----END PGP SIGNATURE-----" } else { "-----END PGP MESSAGE-----" };
        // Two blocks, or words above or below one, and not all of the text is covered.
        let one = lines().filter(|line| line.starts_with("-----BEGIN PGP ")).count() == if signed { 2 } else { 1 };
        let whole =
            alone && found.is_none() && one && signed != encrypted && lines().next() == Some(first) && lines().next_back() == Some(last);
        found = Some(Protection { standard: OPENPGP.to_owned(), signed, encrypted, whole });
    }
    found
}

fn has_line(text: &str, line: &str) -> bool {
    text.match_indices(line).any(|(at, _)| at == 0 || text.get(..at).is_some_and(|before| before.ends_with('\n')))
}

#[cfg(test)]
mod tests;
