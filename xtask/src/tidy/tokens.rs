//! Rust source read as tokens, so that comments and texts are never taken for code.

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};

/// What the rules look at in Rust source. Attributes and documentation are no code.
#[derive(Default)]
pub(super) struct Code {
    /// Every identifier.
    pub(super) words: Vec<Word>,
    /// Every string.
    pub(super) strings: Vec<Literal>,
    /// Every attribute but the documentation.
    pub(super) attributes: Vec<Attribute>,
    /// Every function with a body.
    pub(super) functions: Vec<Function>,
    /// First and last line of everything that is there for tests alone.
    pub(super) test_lines: Vec<(usize, usize)>,
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

/// A function with a body.
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// Where its head starts.
    pub(crate) line: usize,
    /// How many lines it has, head and braces included.
    pub(crate) lines: usize,
    /// Whether only tests call it.
    pub(crate) in_test: bool,
}

impl Code {
    /// Reads a file of source; what is no Rust has no code.
    pub(super) fn read(text: &str, in_test: bool) -> Self {
        let mut code = Self::default();
        if let Ok(tokens) = text.parse::<TokenStream>() {
            code.walk(tokens, in_test);
        }
        code
    }

    fn walk(&mut self, tokens: TokenStream, in_test: bool) {
        let mut tokens = tokens.into_iter().peekable();
        let mut test_from = None;
        let mut head: Option<(String, usize)> = None;
        while let Some(token) = tokens.next() {
            let inside = in_test || test_from.is_some();
            match token {
                TokenTree::Punct(mark) if mark.as_char() == '#' => {
                    tokens.next_if(|next| matches!(next, TokenTree::Punct(bang) if bang.as_char() == '!'));
                    let group = tokens.next_if(|next| matches!(next, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket));
                    if let Some(TokenTree::Group(group)) = group
                        && self.attribute(&group)
                    {
                        test_from.get_or_insert(mark.span().start().line);
                    }
                }
                TokenTree::Punct(mark) if mark.as_char() == ';' => (test_from, head) = (None, None),
                TokenTree::Punct(_) => {}
                TokenTree::Ident(word) => {
                    let line = word.span().start().line;
                    if word == "fn"
                        && let Some(TokenTree::Ident(name)) = tokens.peek()
                    {
                        head = Some((name.to_string(), line));
                    }
                    let next = next_of(tokens.peek());
                    self.words.push(Word { text: word.to_string(), line, next, in_test: inside });
                }
                TokenTree::Literal(literal) => {
                    let line = literal.span().start().line;
                    if let Some(text) = string_of(&literal.to_string()) {
                        self.strings.push(Literal { text, line, in_test: inside });
                    }
                }
                TokenTree::Group(group) => {
                    if group.delimiter() == Delimiter::Brace {
                        self.close(&group, head.take(), inside);
                        if let Some(first) = test_from.take()
                            && !in_test
                        {
                            self.test_lines.push((first, group.span_close().end().line));
                        }
                    }
                    self.walk(group.stream(), inside);
                }
            }
        }
    }

    /// Notes the function whose body this is, if it is one.
    fn close(&mut self, body: &Group, head: Option<(String, usize)>, in_test: bool) {
        if let Some((name, line)) = head {
            let lines = body.span_close().end().line + 1 - line;
            self.functions.push(Function { name, line, lines, in_test });
        }
    }

    /// Notes an attribute and tells whether the item below it is for tests alone.
    fn attribute(&mut self, group: &Group) -> bool {
        let text = group.stream().to_string();
        if text.starts_with("doc ") || text.starts_with("doc=") {
            return false;
        }
        let bare: String = text.split_whitespace().collect();
        let line = group.span_open().start().line;
        self.attributes.push(Attribute { text, line });
        let name = bare.split('(').next().unwrap_or(&bare);
        name == "test" || name.ends_with("::test") || bare == "cfg(test)"
    }
}

fn next_of(token: Option<&TokenTree>) -> Next {
    let joined = |mark: &Punct| mark.as_char() == ':' && mark.spacing() == Spacing::Joint;
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => Next::Call,
        Some(TokenTree::Punct(mark)) if joined(mark) => Next::Path,
        _ => Next::Other,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::File;

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
        let strings: Vec<_> = file.strings().iter().map(|string| (string.text.as_str(), string.in_test)).collect();
        assert_eq!(strings, [("hello", false), ("bytes", false), ("raw \"one", false), ("in a test", true)]);
    }

    #[test]
    fn words_know_what_follows_them() {
        let file = File::new("crates/a/src/lib.rs", SOURCE);
        let next = |word: &str| file.words().iter().find(|found| found.text == word).unwrap().next;
        assert_eq!((next("kernel"), next("say"), next("str")), (Next::Path, Next::Call, Next::Other));
    }

    #[test]
    fn tests_inside_a_file_do_not_make_it_longer() {
        let file = File::new("crates/a/src/lib.rs", SOURCE);
        assert_eq!(file.lines_without_tests(), 8);
    }

    #[test]
    fn a_file_of_tests_is_all_test() {
        for path in ["crates/a/tests/all.rs", "crates/a/src/b/tests.rs", "crates/a/src/tests/mail.rs"] {
            assert!(File::new(path, SOURCE).words().iter().all(|word| word.in_test), "{path}");
        }
    }

    #[test]
    fn a_module_after_the_tests_is_code_again() {
        let file = File::new("a.rs", "#[cfg(test)]\nmod tests;\nfn run() {}\n");
        assert!(!file.words().iter().any(|word| word.text == "run" && word.in_test));
    }
}
