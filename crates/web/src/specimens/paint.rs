//! Colours, sizes, icons and scripts.

use maud::{Markup, html};

use crate::assets;
use crate::components::{Frame, icon};

const SCRIPTS: [(&str, &str, &str); 6] = [
    ("en", "English", "The quick brown fox jumps over the lazy dog. 0123456789 £€$ “quoted” – dash"),
    (
        "vi",
        "Tiếng Việt",
        "Đang chờ chúng ta: ấn, ầm, ẩn, ẫm, ậm; ắt, ằng, ẳng, ẵng, ặt; ớt, ờ, ở, ỡ, ợ; ứ, ừ, ử, ữ, ự; kỹ thuật, nghiêm trọng",
    ),
    ("ro", "Română", "Ștefan așteaptă răspunsul; țărmul, înălțime, câine, și, împrumut, Țăndărei"),
    ("lv", "Latviešu", "Ātrums, čaula, ēna, ģimene, īpašs, ķieģelis, ļaudis, ņemt, šķiet, ūdens, žurnāls"),
    ("ru", "Русский", "Съешь ещё этих мягких французских булок, да выпей чаю. Ёж, подъезд, заявка № 1042"),
    ("zh-Hans", "简体中文", "等待我方处理。打印机无法连接，请在上午九点前回复：谢谢！“引号”、顿号、《书名》"),
];

const SIZES: [(&str, &str); 8] = [
    ("type-8", "40 Portal greeting"),
    ("type-7", "28 Page title, figure"),
    ("type-6", "20 Ticket title"),
    ("type-5", "16 Portal text"),
    ("type-4", "14 Forms, messages"),
    ("type-3", "13 Workspace text 0123456789"),
    ("type-2", "12 Meta and chips"),
    ("type-1", "11 Column heads, key caps"),
];

pub(super) fn all(frame: &Frame) -> Markup {
    let words = &frame.words;
    html! {
        section.specimen.full {
            h2 { "Type" }
            @for (class, text) in SIZES { p class=(class) { (text) } }
            dl.specimen-scripts { @for (tag, name, text) in SCRIPTS { dt { (name) } dd lang=(tag) { p.type-6 { (text) } p { (text) } p { strong { (text) } } } } }
        }
        section.specimen.full {
            h2 { "Colours" }
            p.quiet { "Each with the value of its token; the grounds carry the ink that may stand on them." }
            ul.swatch-list { @for (name, value) in assets::colours() { li { span.swatch data-token=(name) {} b { (name) } small { code { (value) } } } } }
        }
        section.specimen.full {
            h2 { "Space and radius" }
            ul.measure-list { @for name in assets::MEASURES { li { span.measure data-token=(name) {} (name) } } }
        }
        section.specimen.full {
            h2 { "Icons" }
            p.quiet { (words.number(i64::try_from(assets::icons().len()).unwrap_or_default())) }
            ul.icon-list { @for name in assets::icons() { li { (icon(&name)) span { (name) } } } }
        }
    }
}
