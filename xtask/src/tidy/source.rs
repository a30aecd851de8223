//! The files of the tree, with Rust source read as tokens so that comments and texts are never taken for code.

use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// One text file of the tree.
pub(crate) struct File {
    /// Its path from the top of the checkout, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    code: Code,
}

/// What the rules look at in Rust source. Attributes and documentation are no code.
#[derive(Default)]
struct Code {
    words: Vec<Word>,
    strings: Vec<Literal>,
    attributes: Vec<Attribute>,
    test_lines: Vec<(usize, usize)>,
}

/// An identifier in code.
pub(crate) struct Word {
    /// The identifier.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) line: usize,
    /// What follows it.
    pub(crate) next: Next,
    /// Whether only tests run it.
    pub(crate) in_test: bool,
}

/// What follows an identifier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Next {
    /// `::`
    Path,
    /// `(…)`
    Call,
    /// Anything else.
    Other,
}

/// A string in code, with its quotes and escapes taken off as far as the rules need.
pub(crate) struct Literal {
    /// Its text.
    pub(crate) text: String,
    /// Where it starts.
    pub(crate) line: usize,
    /// Whether only tests use it.
    pub(crate) in_test: bool,
}

/// An attribute, without its `#` and brackets.
pub(crate) struct Attribute {
    /// Its tokens, as text.
    pub(crate) text: String,
    /// Where it starts.
    pub(crate) line: usize,
}

impl File {
    /// Takes a file's text; Rust source that is no Rust source has no code.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let mut code = Code::default();
        if path.ends_with(".rs")
            && let Ok(tokens) = text.parse::<TokenStream>()
        {
            code.read(tokens, is_test_file(path));
        }
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code,
        }
    }

    /// Its name without the folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Whether this file itself or any folder above it has this name.
    pub(crate) fn is_in(&self, folder: &str) -> bool {
        self.path.split('/').any(|part| part == folder)
    }

    /// The crate that it belongs to, by its folder.
    pub(crate) fn crate_name(&self) -> Option<&str> {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next(),
            Some("xtask") => Some("xtask"),
            _ => None,
        }
    }

    /// Whether only tests read it.
    pub(crate) fn is_test(&self) -> bool {
        is_test_file(&self.path)
    }

    /// Every identifier of its code.
    pub(crate) fn words(&self) -> &[Word] {
        &self.code.words
    }

    /// Every string of its code.
    pub(crate) fn strings(&self) -> &[Literal] {
        &self.code.strings
    }

    /// Every attribute but the documentation.
    pub(crate) fn attributes(&self) -> &[Attribute] {
        &self.code.attributes
    }

    /// How many lines it has without the tests inside it.
    pub(crate) fn lines_without_tests(&self) -> usize {
        let tests: usize = self
            .code
            .test_lines
            .iter()
            .map(|(first, last)| last + 1 - first)
            .sum();
        self.text.lines().count().saturating_sub(tests)
    }
}

fn is_test_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "tests.rs")
        || name.ends_with(".test.mjs")
        || path
            .split('/')
            .any(|part| matches!(part, "tests" | "testdata"))
}

impl Code {
    fn read(&mut self, tokens: TokenStream, in_test: bool) {
        let mut tokens = tokens.into_iter().peekable();
        let mut test_item_from = None;
        while let Some(token) = tokens.next() {
            let inside = in_test || test_item_from.is_some();
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    if let Some(TokenTree::Punct(bang)) = tokens.peek()
                        && bang.as_char() == '!'
                    {
                        tokens.next();
                    }
                    if let Some(TokenTree::Group(group)) = tokens.peek()
                        && group.delimiter() == Delimiter::Bracket
                    {
                        if self.attribute(group) {
                            test_item_from.get_or_insert(mark.span().start().line);
                        }
                        tokens.next();
                    }
                }
                TokenTree::Punct(mark) if mark.as_char() == ';' => test_item_from = None,
                TokenTree::Punct(_) => {}
                TokenTree::Ident(word) => {
                    let next = match tokens.peek() {
                        Some(TokenTree::Group(group))
                            if group.delimiter() == Delimiter::Parenthesis =>
                        {
                            Next::Call
                        }
                        Some(TokenTree::Punct(mark))
                            if mark.as_char() == ':' && is_joined(mark) =>
                        {
                            Next::Path
                        }
                        _ => Next::Other,
                    };
                    let line = word.span().start().line;
                    self.words.push(Word {
                        text: word.to_string(),
                        line,
                        next,
                        in_test: inside,
                    });
                }
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    if let Some(text) = string_of(&literal.to_string()) {
                        self.strings.push(Literal {
                            text,
                            line,
                            in_test: inside,
                        });
                    }
                }
                TokenTree::Group(group) => {
                    self.read(group.stream(), inside);
                    if group.delimiter() == Delimiter::Brace
                        && let Some(first) = test_item_from.take()
                        && !in_test
                    {
                        self.test_lines.push((first, group.span_close().end().line));
                    }
                }
            }
        }
    }

    /// Notes an attribute and tells whether the item below it is for tests alone.
    fn attribute(&mut self, group: &Group) -> bool {
        let text = group.stream().to_string();
        if text.starts_with("doc ") || text.starts_with("doc=") {
            return false;
        }
        let bare: String = text.split_whitespace().collect();
        self.attributes.push(Attribute {
            text,
            line: group.span_open().start().line,
        });
        let name = bare.split('(').next().unwrap_or(&bare);
        name == "test" || name.ends_with("::test") || bare == "cfg(test)"
    }
}

fn is_joined(mark: &proc_macro2::Punct) -> bool {
    mark.spacing() == proc_macro2::Spacing::Joint
}

fn string_of(literal: &str) -> Option<String> {
    let start = literal.find('"')?;
    let mut prefix = literal.chars().take_while(|&sign| sign != '"');
    if !prefix.all(|sign| matches!(sign, 'b' | 'c' | 'r' | '#')) {
        return None;
    }
    let text = literal.get(start..)?.trim_matches('#').trim_matches('"');
    // A string may begin with `\` and a line end to stand flush left.
    Some(text.trim_start_matches('\\').to_owned())
}

/// Reads every text file of the tree, but not what builds and programs leave there.
pub(crate) fn read_tree(root: &Path) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    read_folder(root, "", &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

const NOT_OURS: [&str; 5] = [
    ".git",
    "target",
    "node_modules",
    "test-results",
    "steward-data",
];

fn read_folder(root: &Path, folder: &str, files: &mut Vec<File>) -> Result<(), String> {
    let complain = |error: std::io::Error| format!("{folder}/: {error}");
    for entry in std::fs::read_dir(root.join(folder)).map_err(complain)? {
        let entry = entry.map_err(complain)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        let path = if folder.is_empty() {
            name
        } else {
            format!("{folder}/{name}")
        };
        let kind = entry.file_type().map_err(complain)?;
        if kind.is_dir() {
            read_folder(root, &path, files)?;
        } else if kind.is_file()
            && let Ok(text) = String::from_utf8(std::fs::read(entry.path()).map_err(complain)?)
        {
            files.push(File::new(&path, &text));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r##"
//! A page about "SELECT 1".
/// Says "hello".
fn greet() -> &'static str {
    // "not code"
    kernel::say("hello", b"bytes", r#"raw "one""#, 'x')
}

#[cfg(test)]
mod tests {
    #[test]
    fn greets() {
        assert_eq!(super::greet(), "in a test");
    }
}
"##;

    #[test]
    fn comments_and_documentation_are_no_code() {
        let file = File::new("crates/a/src/lib.rs", SOURCE);
        let strings: Vec<_> = file
            .strings()
            .iter()
            .map(|string| (string.text.as_str(), string.in_test))
            .collect();
        assert_eq!(
            strings,
            [
                ("hello", false),
                ("bytes", false),
                ("raw \"one", false),
                ("in a test", true)
            ]
        );
    }

    #[test]
    fn words_know_what_follows_them() {
        let file = File::new("crates/a/src/lib.rs", SOURCE);
        let next = |word: &str| {
            file.words()
                .iter()
                .find(|found| found.text == word)
                .unwrap()
                .next
        };
        assert_eq!(
            (next("kernel"), next("say"), next("str")),
            (Next::Path, Next::Call, Next::Other)
        );
    }

    #[test]
    fn tests_inside_a_file_do_not_make_it_longer() {
        let file = File::new("crates/a/src/lib.rs", SOURCE);
        assert_eq!(file.lines_without_tests(), 8);
    }

    #[test]
    fn a_file_of_tests_is_all_test() {
        for path in [
            "crates/a/tests/all.rs",
            "crates/a/src/b/tests.rs",
            "crates/a/src/tests/mail.rs",
        ] {
            assert!(
                File::new(path, SOURCE)
                    .words()
                    .iter()
                    .all(|word| word.in_test),
                "{path}"
            );
        }
    }

    #[test]
    fn a_module_after_the_tests_is_code_again() {
        let file = File::new("a.rs", "#[cfg(test)]\nmod tests;\nfn run() {}\n");
        assert!(
            !file
                .words()
                .iter()
                .any(|word| word.text == "run" && word.in_test)
        );
    }
}
