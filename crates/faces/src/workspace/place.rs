//! Which list a page shows: a built-in view or a desk, with the query that it stands for.

use people::Settings;
use people::http::Caller;
use people::settings::Desk;
use web::components::{Here, view_name};
use web::{Words, urls};

use crate::pages::models::Back;

/// A list with an address of its own.
#[derive(Clone, Debug)]
pub(super) struct Place {
    kind: Kind,
    path: String,
    query: String,
}

#[derive(Clone, Debug)]
enum Kind {
    View(urls::View),
    Desk(kernel::DeskId, String),
}

impl Place {
    /// A built-in view, over the desks that the caller works on.
    pub(super) fn view(view: urls::View, settings: &Settings, caller: &Caller) -> Self {
        let access = &caller.identity.access;
        let everywhere = access.admin || access.auditor || settings.desks.iter().all(|desk| access.works_on(desk.id));
        let mut query = view.query().to_owned();
        if !everywhere && view != urls::View::Mine {
            let own: Vec<&str> = settings.desks.iter().filter(|desk| access.works_on(desk.id)).map(|desk| desk.key.as_str()).collect();
            query = format!("{query} desk:{}", own.join(","));
        }
        // One's own list is short: it is grouped by whose turn it is. Others are in the order of their last change.
        if view == urls::View::Mine {
            query.push_str(" sort:-turn,-updated");
        }
        Self { kind: Kind::View(view), path: urls::view(view), query }
    }

    /// The open tickets of a desk.
    pub(super) fn desk(desk: &Desk) -> Self {
        Self { kind: Kind::Desk(desk.id, desk.name.clone()), path: urls::desk(desk.id), query: format!("desk:{} is:open", desk.key) }
    }

    /// The list that an address names, with the query in it; one's own list for anything else.
    pub(super) fn of_list(address: Option<&str>, settings: &Settings, caller: &Caller) -> (Self, Option<String>) {
        let address = address.unwrap_or(urls::DESK);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let typed = query.split('&').find_map(|pair| pair.strip_prefix("q=")).map(decoded);
        let view = path.strip_prefix("/desk/views/").and_then(urls::View::find);
        let desk = path
            .strip_prefix("/desk/desks/")
            .and_then(|id| settings.desk_called(id))
            .filter(|desk| caller.identity.access.works_on(desk.id));
        let place = match (view, desk) {
            (Some(view), _) => Self::view(view, settings, caller),
            (None, Some(desk)) => Self::desk(desk),
            (None, None) => Self::view(urls::View::Mine, settings, caller),
        };
        (place, typed)
    }

    pub(super) fn here(&self) -> Here {
        match &self.kind {
            Kind::View(view) => Here::View(*view),
            Kind::Desk(id, _) => Here::Desk(*id),
        }
    }
    pub(super) fn title(&self, words: &Words) -> String {
        match &self.kind {
            Kind::View(view) => view_name(*view, words),
            Kind::Desk(_, name) => name.clone(),
        }
    }
    pub(super) fn path(&self) -> &str {
        &self.path
    }
    /// The query that the place stands for.
    pub(super) fn query(&self) -> &str {
        &self.query
    }
    pub(super) fn is_grouped(&self) -> bool {
        matches!(self.kind, Kind::View(urls::View::Mine))
    }
    pub(super) fn back(&self, words: &Words) -> Back {
        Back { href: self.path.clone(), title: self.title(words) }
    }
}

/// Undoes percent-encoding; what is not UTF-8 then is shown as such.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |digit: Option<u8>| digit.and_then(|digit| char::from(digit).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match (hex(rest.next()), hex(rest.next())) {
                (Some(high), Some(low)) => bytes.push(high * 16 + low),
                _ => bytes.push(b'%'),
            },
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
