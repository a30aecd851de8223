//! The files that people attached, made from their texts.

use std::fmt::Write as _;

use desk::conversation::MailFile;

use super::texts::FileText;

/// The file with the type that its name says.
pub(super) fn made(file: &FileText) -> MailFile {
    let (content_type, bytes) = match file.name.rsplit('.').next() {
        Some("pdf") => ("application/pdf", pdf(&file.text)),
        Some("csv") => ("text/csv", file.text.clone().into_bytes()),
        _ => ("text/plain", file.text.clone().into_bytes()),
    };
    MailFile { filename: file.name.clone(), content_type: content_type.to_owned(), bytes, content_id: None, inline: false }
}

/// One page of these lines (ISO 32000-1): the smallest document that readers open without complaint.
fn pdf(text: &str) -> Vec<u8> {
    let mut page = String::from("BT /F1 11 Tf 15 TL 56 780 Td\n");
    for line in text.lines() {
        let safe: String = line.chars().map(|c| if matches!(c, ' '..='~') { c } else { '?' }).collect();
        let safe = safe.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        let _ = writeln!(page, "({safe}) Tj T*");
    }
    page.push_str("ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(places, "{:010} 00000 n ", out.len());
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let (count, table) = (objects.len() + 1, out.len());
    let _ = write!(out, "xref\n0 {count}\n{places}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::pdf;

    #[test]
    fn the_table_of_a_pdf_points_at_its_objects() {
        let text = String::from_utf8(pdf("Delivered (by meter): 86.4 t\nĀ")).unwrap();
        assert!(text.contains(r"(Delivered \(by meter\): 86.4 t) Tj") && text.contains("(?) Tj"));
        let start: usize = text.lines().rev().nth(1).unwrap().parse().unwrap();
        let table: Vec<&str> = text.get(start..).unwrap().lines().collect();
        assert_eq!(table[0], "xref");
        for (number, line) in table[3..8].iter().enumerate() {
            let place: usize = line.get(..10).unwrap().parse().unwrap();
            assert!(text.get(place..).unwrap().starts_with(&format!("{} 0 obj", number + 1)), "{line}");
            assert_eq!(line.len() + 1, 20);
        }
    }
}
