//! The tree of clean HTML, as places in its text. Serialised HTML is regular: a `<` begins a tag, attributes stand in double quotes, every
//! element that can be closed is. So the tree is read off without a second parser, and what is put into the text at those places leaves
//! all of it as it was.

/// A tag, a text, or the whole.
#[derive(Debug)]
pub(super) struct Node<'h> {
    pub(super) what: What<'h>,
    /// Bytes from the first of the node to the one after its last.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) parent: usize,
    pub(super) children: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What<'h> {
    Element { tag: &'h str, attributes: &'h str },
    Text(&'h str),
}

/// Most nodes, the texts among them; more than the sanitiser lets through.
const NODES_MAX: usize = 250_000;

/// Elements without content.
const VOID: [&str; 5] = ["br", "hr", "img", "col", "wbr"];

impl<'h> Node<'h> {
    pub(super) fn tag(&self) -> &'h str {
        match self.what {
            What::Element { tag, .. } => tag,
            What::Text(_) => "",
        }
    }
    /// The value of an attribute, as it is written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'h str> {
        let What::Element { attributes, .. } = self.what else { return None };
        let mut pieces = attributes.split('"');
        while let (Some(found), Some(value)) = (pieces.next(), pieces.next()) {
            if found.trim().strip_suffix('=') == Some(name) {
                return Some(value);
            }
        }
        None
    }
    /// Whether its class, id or name is a mark of ours.
    pub(super) fn is_marked(&self, mark: &str) -> bool {
        ["class", "id", "name"].iter().any(|name| self.attribute(name) == Some(mark))
    }
}

/// The nodes in the order of the text; the first is the root. None when the text is not what a serialiser writes.
pub(super) fn read(html: &str) -> Option<Vec<Node<'_>>> {
    let root = Node { what: What::Element { tag: "", attributes: "" }, start: 0, end: html.len(), parent: 0, children: Vec::new() };
    let mut nodes = vec![root];
    let mut open = vec![0_usize];
    let mut at = 0;
    while at < html.len() {
        let rest = html.get(at..)?;
        let parent = *open.last()?;
        if !rest.starts_with('<') {
            let end = at + rest.find('<').unwrap_or(rest.len());
            add(&mut nodes, Node { what: What::Text(html.get(at..end)?), start: at, end, parent, children: Vec::new() })?;
            at = end;
            continue;
        }
        let end = at + tag_end(rest)?;
        let inner = html.get(at + 1..end - 1)?;
        if let Some(name) = inner.strip_prefix('/') {
            let closing = open.pop()?;
            if nodes.get(closing)?.tag() != name {
                return None;
            }
            nodes.get_mut(closing)?.end = end;
        } else {
            let (tag, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
            let id = add(&mut nodes, Node { what: What::Element { tag, attributes }, start: at, end, parent, children: Vec::new() })?;
            if !VOID.contains(&tag) {
                open.push(id);
            }
        }
        at = end;
    }
    (open.len() == 1).then_some(nodes)
}

fn add<'h>(nodes: &mut Vec<Node<'h>>, node: Node<'h>) -> Option<usize> {
    let id = nodes.len();
    nodes.get_mut(node.parent)?.children.push(id);
    nodes.push(node);
    (id < NODES_MAX).then_some(id)
}

/// Bytes of the tag at the beginning.
fn tag_end(text: &str) -> Option<usize> {
    let mut quoted = false;
    let end = text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })?;
    Some(end + 1)
}
