//! Files that are made to harm whoever reads them: each is handed to the process that reads files, which ends within its limits and costs
//! nothing but itself.

use std::io::{Cursor, Write};
use std::time::Duration;

use filetext::{Reader, Reading, Why};
use tokio::runtime::Runtime;
use zip::write::SimpleFileOptions;

use crate::faults::until;

/// One reader for all files of a test.
struct Reads {
    runtime: Runtime,
    reader: Reader,
}

impl Reads {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { runtime, reader: Reader::at(env!("CARGO_BIN_EXE_steward")) }
    }

    fn read(&self, name: &str, bytes: &[u8]) -> Reading {
        self.runtime.block_on(self.reader.read(name, bytes)).unwrap()
    }

    /// It ends without text, for one of these reasons.
    fn refuses(&self, name: &str, bytes: &[u8], allowed: &[Why]) {
        match self.read(name, bytes) {
            Reading::Nothing(why) => assert!(allowed.contains(&why), "{name}: {why:?}"),
            Reading::Text { text, .. } => panic!("{name} has text: {}", text.chars().take(80).collect::<String>()),
        }
    }

    /// Whatever else is in it, these words are found.
    fn finds(&self, name: &str, bytes: &[u8], words: &str) {
        match self.read(name, bytes) {
            Reading::Text { text, .. } => assert_eq!(text.chars().take(words.chars().count()).collect::<String>(), words, "{name}"),
            Reading::Nothing(why) => panic!("{name}: {why:?}"),
        }
    }
}

/// A zip of these parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A text document with this text.
fn document(text: &str) -> Vec<u8> {
    zip(&[("word/document.xml", body(text).as_bytes())])
}

fn body(text: &str) -> String {
    format!("<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>")
}

/// A PDF of these objects, numbered from 1; the first is its root.
fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let (mut out, mut places) = (b"%PDF-1.7\n".to_vec(), Vec::new());
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let (table, size) = (out.len(), objects.len() + 1);
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF").bytes());
    out
}

fn stream(about: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{about}/Length {}>>\nstream\n", bytes.len()).into_bytes();
    out.extend(bytes);
    out.extend(b"\nendstream");
    out
}

const WORD: &str = "BT /F 1 Tf (bollard) Tj ET";

/// The objects of a PDF with one page; whoever wants a worse one puts another in the place of one of them.
fn page(content: Vec<u8>) -> Vec<Vec<u8>> {
    vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>".to_vec(),
        content,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>", b"/X Do /X Do"),
    ]
}

/// Zlib data that unpacks to 258 zeros for every 13 bits of it: nothing packs more tightly.
fn zeros(times: usize) -> Vec<u8> {
    // A last block of fixed codes; the literal 0; then "the byte before, 258 times", again and again.
    let start = [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0];
    let again = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0];
    let bits: Vec<u8> = start.into_iter().chain(again.into_iter().cycle().take(13 * times)).collect();
    let bytes = bits.chunks(8).map(|chunk| chunk.iter().enumerate().fold(0, |byte, (at, bit)| byte | (bit << at)));
    [0x78, 0x01].into_iter().chain(bytes).collect()
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../testdata/attachments/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn t_s3_an_archive_that_unpacks_to_too_much_is_left() {
    let reads = Reads::new();
    reads.refuses("spaces.docx", &document(&" ".repeat(16_000_000)), &[Why::TooLarge]);
    // Many parts of a megabyte each: none of them is large.
    let (large, word) = (body(&" ".repeat(1_000_000)), body("bollard"));
    let names: Vec<String> = (0..24).map(|at| format!("word/header{at}.xml")).collect();
    let mut parts = vec![("word/document.xml", word.as_bytes())];
    parts.extend(names.iter().map(|name| (name.as_str(), large.as_bytes())));
    let Reading::Text { text, whole } = reads.read("parts.docx", &zip(&parts)) else { panic!() };
    assert_eq!((text.as_str(), whole), ("bollard", false), "what came before is kept, and said not to be all");
    // What is packed in what is packed stays so.
    let inner = document("inner");
    reads.finds("outer.docx", &zip(&[("word/document.xml", body("outer").as_bytes()), ("word/embeddings/a.docx", &inner)]), "outer");
    reads.refuses("a.zip", &zip(&[("b.zip", &zip(&[("c.docx", &inner)]))]), &[Why::Kind]);
    let empty: Vec<String> = (0..20_000).map(|at| format!("x{at}")).collect();
    let mut parts = vec![("word/document.xml", word.as_bytes())];
    parts.extend(empty.iter().map(|name| (name.as_str(), &b""[..])));
    reads.finds("entries.docx", &zip(&parts), "bollard");
}

#[test]
fn t_s3_xml_declares_nothing_and_its_depth_and_width_cost_nothing() {
    let reads = Reads::new();
    let laughs: String = ('b'..='k').zip('a'..).map(|(one, of)| format!("<!ENTITY {one} \"{}\">", format!("&{of};").repeat(10))).collect();
    let part = |text: &str| zip(&[("word/document.xml", text.as_bytes())]);
    let word = body("bollard");
    reads.refuses("laughs.docx", &part(&format!("<!DOCTYPE x [<!ENTITY a \"ha\">{laughs}]>{}", body("&k;"))), &[Why::Damaged]);
    let outside = format!("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>{}", body("&a;"));
    reads.refuses("outside.docx", &part(&outside), &[Why::Damaged]);
    reads.refuses("unknown.docx", &part(&body("&a;&b;")), &[Why::NoWords]);
    reads.finds("deep.docx", &part(&format!("{}{word}{}", "<a>".repeat(100_000), "</a>".repeat(100_000))), "bollard");
    let keys: String = (0..1_000_000).map(|at| format!(" k{at}=\"\"")).collect();
    reads.finds("wide.docx", &part(&format!("<a{keys}/>{word}")), "bollard");
    reads.finds("deep.html", format!("<html>{}bollard", "<div><table><tr><td>".repeat(50_000)).as_bytes(), "bollard");
}

#[test]
fn t_s3_a_pdf_that_goes_round_in_circles_or_lies_about_itself_is_read_as_far_as_it_goes() {
    let reads = Reads::new();
    let with = |at: usize, object: Vec<u8>| {
        let mut objects = page(stream("", WORD.as_bytes()));
        objects[at] = object;
        pdf(&objects, "")
    };
    reads.finds("sound.pdf", &pdf(&page(stream("", WORD.as_bytes())), ""), "bollard");
    reads.finds("million.pdf", &with(1, b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>".to_vec()), "bollard");
    let all = format!("<</Type/Pages/Kids[{}]/Count 200000>>", "3 0 R ".repeat(200_000));
    reads.finds("pages.pdf", &with(1, all.into_bytes()), "bollard");
    reads.finds("circle.pdf", &with(1, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>".to_vec()), "bollard");
    reads.finds("drawn.pdf", &with(3, stream("", format!("{WORD} /X Do").as_bytes())), "bollard");
    reads.finds("before.pdf", &pdf(&page(stream("", WORD.as_bytes())), "/Prev 9"), "bollard");
    reads.refuses("itself.pdf", &pdf(&[b"1 0 R".to_vec()], ""), &[Why::Damaged]);
    reads.refuses("other.pdf", &pdf(&[b"2 0 R".to_vec(), b"1 0 R".to_vec()], ""), &[Why::Damaged]);
    let deep = format!("<</Type/Catalog/Pages 2 0 R/X {}{}>>", "[".repeat(100_000), "]".repeat(100_000));
    reads.refuses("arrays.pdf", &with(0, deep.into_bytes()), &[Why::Damaged]);
    reads.refuses("content.pdf", &with(3, stream("", format!("{} {WORD}", "[".repeat(100_000)).as_bytes())), &[Why::NoWords]);
    reads.finds("states.pdf", &with(3, stream("", format!("{}{WORD}", "q ".repeat(100_000)).as_bytes())), "bollard");
    let much = format!("BT /F 1 Tf {} ET", "(bollard ) Tj ".repeat(40_000));
    let Reading::Text { text, whole } = reads.read("much.pdf", &with(3, stream("", much.as_bytes()))) else { panic!() };
    assert!(text.len() <= filetext::TEXT_BYTES_MAX && text.len() + 20 > filetext::TEXT_BYTES_MAX && !whole);
}

#[test]
fn t_s3_a_reader_that_runs_out_of_memory_or_time_costs_that_file_alone() {
    let reads = Reads::new();
    let mut objects = page(stream("/Filter/FlateDecode", &zeros(1_500_000)));
    reads.refuses("zeros.pdf", &pdf(&objects, ""), &[Why::Damaged, Why::TooSlow]);
    objects[3] = stream("/Filter[/FlateDecode/FlateDecode]", &zeros(1_500_000));
    reads.refuses("twice.pdf", &pdf(&objects, ""), &[Why::Damaged, Why::TooSlow]);
    let impatient = Reader::at(env!("CARGO_BIN_EXE_steward")).within(Duration::ZERO);
    let reading = reads.runtime.block_on(impatient.read("a.txt", b"bollard")).unwrap();
    assert_eq!(reading, Reading::Nothing(Why::Interrupted));
    reads.runtime.block_on(Reader::at("/nowhere/steward").read("a.txt", b"bollard")).unwrap_err();
    reads.refuses("large.txt", &vec![b'a'; filetext::FILE_BYTES_MAX + 1], &[Why::TooLarge]);
    reads.finds("sound.pdf", &pdf(&page(stream("", WORD.as_bytes())), ""), "bollard");
}

#[test]
fn t_s3_a_file_that_is_cut_anywhere_is_read_or_refused() {
    let reads = Reads::new();
    for name in ["invoice.pdf", "handbook.docx"] {
        let bytes = fixture(name);
        for part in 0..50 {
            // What a reader that died would be told by is an error of this.
            reads.read(name, &bytes[..bytes.len() * part / 50]);
        }
        reads.read(name, &[&bytes[..bytes.len() / 2], &[0xFF; 4_000], &bytes[bytes.len() / 2..]].concat());
    }
    let noise: Vec<u8> = (0..200_000_u32).map(|at| at.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
    reads.refuses("noise.pdf", &[b"%PDF-1.7\n", noise.as_slice()].concat(), &[Why::Damaged]);
    reads.refuses("noise.docx", &[b"PK\x03\x04", noise.as_slice()].concat(), &[Why::Damaged]);
    reads.finds("handbook.docx", &fixture("handbook.docx"), "Deck handbook");
}

/// Before it looks at a file it has taken away from itself what reading needs not; while it waits for the file others can see that.
#[test]
fn t_s3_the_process_that_reads_can_open_nothing_and_write_nowhere() {
    let mut child = Reader::at(env!("CARGO_BIN_EXE_steward")).process("notes.txt").spawn().unwrap();
    let limits = format!("/proc/{}/limits", child.id());
    let limit = |name: &str| {
        let text = std::fs::read_to_string(&limits).unwrap();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{text}"));
        line[name.len()..].split_whitespace().next().unwrap().to_owned()
    };
    until("it has confined itself", || limit("Max open files") == "0");
    assert_eq!([limit("Max file size"), limit("Max core file size"), limit("Max processes")], ["0", "0", "0"]);
    assert_eq!(limit("Max cpu time"), "20");
    let memory: u64 = limit("Max address space").parse().unwrap();
    assert!(memory < 1024 * 1024 * 1024, "{memory}");
    child.stdin.take().unwrap().write_all(b"bollard").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), &b"bollard"[..]));
}
