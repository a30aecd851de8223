//! `cargo xtask relevance`: whether people find what they look for, as the labelled sets of the tests tell it, for `docs/performance.md`.

use std::fs;
use std::path::Path;

use crate::process::{cargo, output};

pub(crate) const BEGIN: &str = "<!-- relevance: begin -->";
const END: &str = "<!-- relevance: end -->";

/// Runs the labelled sets and writes what they say into the page.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let tests = ["test", "-p", "steward", "--test", "all", "--", "relevance::", "similar::", "--nocapture"];
    let said = output(cargo(root).args(tests))?;
    let section = section(&String::from_utf8_lossy(&said))?;
    println!("{section}");
    let page = root.join("docs/performance.md");
    let before = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    fs::write(&page, placed(&before, &section)).map_err(|error| format!("{}: {error}", page.display()))
}

/// A language, its queries, recall at 10, how many had an answer first; and precision at 5 of what is similar.
#[derive(Debug, PartialEq)]
struct Line<'s> {
    language: &'s str,
    queries: &'s str,
    recall: &'s str,
    first: &'s str,
    precision: &'s str,
}

fn between<'s>(text: &'s str, begin: &str, end: &str) -> Option<&'s str> {
    let rest = text.split_once(begin)?.1;
    Some(rest.split_once(end).map_or(rest, |(found, _)| found))
}

fn lines(said: &str) -> Vec<Line<'_>> {
    let precision = |language: &str| said.lines().find_map(|line| between(line, &format!("{language}: precision at 5 "), " "));
    let read = |line| -> Option<Line<'_>> {
        let (language, rest) = str::split_once(line, ": ")?;
        let (queries, first) = (rest.split_once(" queries")?.0, between(rest, ", first ", ",")?);
        Some(Line { language, queries, recall: between(rest, "recall at 10 ", ",")?, first, precision: precision(language)? })
    };
    said.lines().filter_map(read).collect()
}

fn section(said: &str) -> Result<String, String> {
    let lines = lines(said);
    if lines.is_empty() {
        return Err("the labelled sets said nothing".to_owned());
    }
    let row = |line: &Line<'_>| {
        let Line { language, queries, recall, first, precision } = line;
        format!("| {language} | {queries} | {recall} | {first} | {precision} |\n")
    };
    let rows: String = lines.iter().map(row).collect();
    Ok(format!(
        "{BEGIN}\n\n## Whether things are found\n\nBy `cargo xtask relevance`, with the requests of all six languages in one desk. The queries and their answers are written by hand, in the style of
real requests (`testdata/search`); recall is the part of the answers that is among the first ten. Precision is that of the five tickets shown as similar, over the
labelled requests of the sample company; what is not shown counts like what is wrong. Tests hold both: 0.95 and 0.75.\n
| language | queries | recall at 10 | with an answer in the first place | precision at 5 of similar tickets |\n|---|--:|--:|--:|--:|\n{rows}\n{END}"
    ))
}

/// The page with this section in the place of the one before, or at its end.
fn placed(page: &str, section: &str) -> String {
    let (before, rest) = page.split_once(BEGIN).unwrap_or((page, ""));
    let behind = rest.split_once(END).map_or("", |(_, behind)| behind);
    format!("{}\n\n{section}\n\n{}", before.trim_end(), behind.trim()).trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_sets_say_is_read_and_takes_the_place_of_what_they_said() {
        let said = "running 2 tests\nru: precision at 5 0.867 over 30 requests; 130 of 138 shown\n\
            ru: 54 queries, recall at 10 0.963, first 52, missed [\"vpn: a\"]\ntest x ... ok\n";
        assert_eq!(lines(said), [Line { language: "ru", queries: "54", recall: "0.963", first: "52", precision: "0.867" }]);
        let section = section(said).unwrap();
        let page = placed("# Page\n", "an older one");
        let once = placed(&page.replace("an older one", &format!("{BEGIN}stale{END}\nbehind")), &section);
        assert!(
            once.starts_with("# Page\n\n<!--") && once.contains("| ru | 54 | 0.963 | 52 | 0.867 |") && !once.contains("stale"),
            "{once}"
        );
        assert!(once.ends_with("behind\n") && placed(&once, &section) == once, "{once}");
        assert!(super::section("test x ... ok").is_err());
    }
}
