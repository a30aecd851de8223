//! One request to the administration with everything that its page needs.

use std::sync::Arc;

use axum::extract::{Extension, FromRequestParts, Query};
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Redirect, Response};
use kernel::{Actor, Error, Result};
use maud::Markup;
use people::http::{Caller, Navigator, SiteSettings};
use people::pages::frame_for;
use people::{Command, ServiceDesk, Settings, policy};
use serde::Deserialize;
use store::Db;
use web::components::Frame;
use web::{ApiError, ApiResult, Words, urls};

use crate::home;

/// One request, with everything that a page of the administration needs.
#[derive(Clone)]
pub struct Visit {
    /// The desk.
    pub desk: ServiceDesk,
    /// Who asks.
    pub caller: Caller,
    /// Where the installation is.
    pub site: Arc<SiteSettings>,
    /// The frame of the page, with its navigation.
    pub frame: Frame,
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    told: Option<String>,
}

impl FromRequestParts<ServiceDesk> for Visit {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, desk: &ServiceDesk) -> ApiResult<Self> {
        let caller = Caller::from_request_parts(parts, desk).await?;
        let navigator = Extension::<Navigator>::from_request_parts(parts, desk).await;
        let Extension(navigator) = navigator.map_err(|_| Error::internal("the navigation is not in the request"))?;
        let site = Extension::<Arc<SiteSettings>>::from_request_parts(parts, desk).await;
        let Extension(site) = site.map_err(|_| Error::internal("the site is not in the request"))?;
        let asked = Query::<Asked>::try_from_uri(&parts.uri).map(|Query(asked)| asked).unwrap_or_default();
        let mut frame = frame_for(desk, &caller, &parts.headers, parts.uri.path());
        frame.nav = Some(navigator.nav(desk, &caller).await?);
        frame.told = asked.told.as_deref().and_then(|key| home::told(key, &frame.words));
        Ok(Self { desk: desk.clone(), caller, site, frame })
    }
}

impl Visit {
    /// The reader's words.
    #[must_use]
    pub const fn words(&self) -> &Words {
        &self.frame.words
    }

    /// As the author of commands.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.caller.actor()
    }

    /// Whether the reader may change what they see; an auditor reads.
    #[must_use]
    pub fn may_change(&self) -> bool {
        policy::administers(&self.actor())
    }

    /// Reads.
    pub async fn read<T: Send + 'static>(&self, job: impl FnOnce(&mut Db<'_>, &Settings) -> Result<T> + Send + 'static) -> Result<T> {
        let settings = self.desk.settings();
        self.desk.read(move |db| job(db, &settings)).await
    }

    /// Runs a command as the reader.
    pub async fn run<C: Command>(&self, command: C) -> Result<C::Receipt> {
        self.desk.execute(&self.actor(), command).await
    }

    /// A page as an answer.
    #[must_use]
    pub fn html(markup: &Markup) -> Response {
        Html(markup.0.clone()).into_response()
    }

    /// Goes on at another page, which tells what was done.
    #[must_use]
    pub fn told(place: &str, what: &str) -> Response {
        Redirect::to(&urls::with_query(place, &[("told", what)])).into_response()
    }
}
