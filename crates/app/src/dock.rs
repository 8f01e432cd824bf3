//! Goods that came unannounced: the dock opens a case for them from the order number in the box.

use crate::{
    App, AppError,
    cases::{Answer, Call, OrderKey},
};
use kernel::{ClientId, Permission};
use returns::{Command, Path};

impl App {
    /// Opens a case without lines for a parcel nobody announced; what is in it is counted next.
    /// With an idempotency key, asking again gives the stored answer.
    ///
    /// # Errors
    /// [`AppError::Missing`] when the client has no such order; by scope.
    pub async fn open_unannounced(
        &self,
        call: &Call<'_>,
        client: ClientId,
        order: &OrderKey,
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, Permission::DockWork, client)?;
        let command = Command::Request {
            lines: Vec::new(),
            path: Path::Ordinary,
            notice_sent_on: None,
            declared: None,
            wishes: Vec::new(),
            claim: None,
        };
        self.open_case(call, client, order, &command).await
    }
}
