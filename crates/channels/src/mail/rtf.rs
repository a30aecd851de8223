//! Rich Text Format as Outlook packs it: unpacked (MS-OXRTFCP), and read for its words.

use filetext::rtf::Read;

use super::charset;

/// Most bytes that are unpacked.
const UNPACKED_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Size of the window of the packing.
const WINDOW: usize = 4096;
/// With what the window begins.
const PRESET: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// Unpacks; none when the bytes are not packed in this way.
pub(crate) fn decompress(packed: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_le_bytes(packed.get(at..at + 4)?.try_into().ok()?));
    let size = usize::try_from(number(4)?).ok()?.min(UNPACKED_BYTES_MAX);
    let data = packed.get(16..)?;
    match number(8)? {
        // "MELA": not packed.
        0x414C_454D => Some(data.get(..size.min(data.len()))?.to_vec()),
        // "LZFu".
        0x7546_5A4C => Some(unpack(data, size)),
        _ => None,
    }
}

fn unpack(data: &[u8], size: usize) -> Vec<u8> {
    let mut window = [b' '; WINDOW];
    for (slot, byte) in window.iter_mut().zip(PRESET) {
        *slot = *byte;
    }
    let mut write = PRESET.len();
    let mut out: Vec<u8> = Vec::with_capacity(size.min(data.len().saturating_mul(4)));
    let mut bytes = data.iter().copied();
    let mut put = |byte: u8, window: &mut [u8; WINDOW], write: &mut usize| {
        if let Some(slot) = window.get_mut(*write % WINDOW) {
            *slot = byte;
        }
        *write = (*write + 1) % WINDOW;
        out.push(byte);
        out.len() < size
    };
    'blocks: while let Some(flags) = bytes.next() {
        for bit in 0..8 {
            let Some(first) = bytes.next() else { break 'blocks };
            if flags >> bit & 1 == 0 {
                if !put(first, &mut window, &mut write) {
                    break 'blocks;
                }
                continue;
            }
            let Some(second) = bytes.next() else { break 'blocks };
            let from = usize::from(first) << 4 | usize::from(second) >> 4;
            if from == write {
                break 'blocks;
            }
            for step in 0..usize::from(second & 0x0F) + 2 {
                let byte = window.get((from + step) % WINDOW).copied().unwrap_or(b' ');
                if !put(byte, &mut window, &mut write) {
                    break 'blocks;
                }
            }
        }
    }
    out
}

/// Reads the words of a text.
pub(crate) fn read(rtf: &[u8]) -> Read {
    filetext::rtf::read(rtf, &|bytes, codepage| charset::decode(bytes, Some(codepage), None).text.into_owned())
}

#[cfg(test)]
mod tests;
