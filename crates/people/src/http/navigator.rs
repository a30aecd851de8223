//! The navigation of the workspace for pages that are not the workspace's own. It shows figures that only the workspace keeps, so it is
//! handed over as a function, in an extension of the request.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use kernel::Result;
use web::components::Nav;

use super::Caller;
use crate::ServiceDesk;

type Making = Pin<Box<dyn Future<Output = Result<Nav>> + Send>>;
type Make = dyn Fn(ServiceDesk, Caller) -> Making + Send + Sync;

/// Makes the navigation of a reader.
#[derive(Clone)]
pub struct Navigator(Arc<Make>);

impl Navigator {
    /// By this function.
    pub fn new(make: impl Fn(ServiceDesk, Caller) -> Making + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }
    /// The navigation of this reader.
    pub async fn nav(&self, desk: &ServiceDesk, caller: &Caller) -> Result<Nav> {
        (self.0)(desk.clone(), caller.clone()).await
    }
}

impl fmt::Debug for Navigator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Navigator")
    }
}
