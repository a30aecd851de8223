//! Changes to an input: few or many, small or large, with the words that readers of mail and of HTML take notice of.

use crate::chance::Chance;

/// Longest input; one in so many may grow to the larger size.
const USUAL_BYTES_MAX: usize = 16 * 1024;
const LARGE_BYTES_MAX: usize = 256 * 1024;
const LARGE_ONE_IN: usize = 64;

/// An input made of others.
pub(crate) fn mutated(chance: &mut Chance, seeds: &[Vec<u8>], words: &[&[u8]]) -> Vec<u8> {
    let most = if chance.below(LARGE_ONE_IN) == 0 { LARGE_BYTES_MAX } else { USUAL_BYTES_MAX };
    let mut input = chance.pick(seeds).cloned().unwrap_or_default();
    input.truncate(most);
    for _ in 0..=chance.below(8) {
        one(chance, &mut input, seeds, words);
        input.truncate(most);
    }
    input
}

fn one(chance: &mut Chance, input: &mut Vec<u8>, seeds: &[Vec<u8>], words: &[&[u8]]) {
    let at = chance.below(input.len() + 1);
    match chance.below(12) {
        0 => {
            let bit = 1 << chance.below(8);
            if let Some(byte) = input.get_mut(at) {
                *byte ^= bit;
            }
        }
        1 => {
            let value = chance.byte();
            if let Some(byte) = input.get_mut(at) {
                *byte = value;
            }
        }
        2 => insert(input, at, &[chance.byte()]),
        3..=5 => {
            let word = chance.pick(words).copied().unwrap_or_default();
            insert(input, at, word);
        }
        6 => {
            let end = at + chance.below(input.len().saturating_sub(at).min(512) + 1);
            input.drain(at..end);
        }
        7 => {
            let end = at + chance.below(input.len().saturating_sub(at).min(256) + 1);
            let piece = input.get(at..end).unwrap_or_default().repeat(1 + chance.below(40));
            insert(input, at, &piece);
        }
        8 => input.truncate(at),
        9 => {
            let other = chance.pick(seeds).map(Vec::as_slice).unwrap_or_default();
            let start = chance.below(other.len() + 1);
            let end = start + chance.below(other.len().saturating_sub(start) + 1);
            insert(input, at, other.get(start..end).unwrap_or_default());
        }
        10 => {
            let word = chance.pick(words).copied().unwrap_or_default().repeat(1 + chance.below(300));
            insert(input, at, &word);
        }
        _ => line_ends(chance, input),
    }
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    drop(input.splice(at..at, piece.iter().copied()));
}

/// All line ends become what other systems write, or lose their way.
fn line_ends(chance: &mut Chance, input: &mut Vec<u8>) {
    let ends: [&[u8]; 4] = [b"\n", b"\r\n", b"\r", b"\r\r\n"];
    let end = chance.pick(&ends).copied().unwrap_or(b"\n");
    let lines: Vec<&[u8]> = input.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line)).collect();
    *input = lines.join(end);
}
