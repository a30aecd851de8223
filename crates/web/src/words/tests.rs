use super::*;

#[test]
fn numbers_are_grouped_as_the_language_does() {
    let say = |locale, n| Words::new(locale, "UTC").number(n);
    assert_eq!(say(Locale::En, 1_234_567), "1,234,567");
    assert_eq!(say(Locale::Vi, 1_234), "1.234");
    assert_eq!(say(Locale::Lv, 1_234), "1234");
    assert_eq!(say(Locale::Lv, 12_345), "12\u{a0}345");
    assert_eq!(say(Locale::Ru, -1_234), "\u{2212}1\u{a0}234");
    assert_eq!(say(Locale::En, 999), "999");
}

#[test]
fn sizes_are_told_in_round_figures() {
    let words = Words::new(Locale::Ro, "UTC");
    assert_eq!(words.bytes(412_000), "412 kB");
    assert_eq!(words.bytes(2_450_000), "2,4 MB");
    assert_eq!(words.bytes(12), "12 B");
}
