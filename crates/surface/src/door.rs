//! Who may use a route, declared where the route is made. A surface gives its routes as [`Doors`],
//! which take none without a [`Door`]; what a door declares is also what is checked, before the
//! handler runs: who is asking, whether the client in the address is theirs, whether they hold
//! the right. The handlers' own checks stay: a door is the outer wall, not the only one.
//!
//! Nothing here decides what a role may do: [`kernel::Scope::may`] answers.

use crate::{
    Caller, Failure, Signed,
    entrance::{self, Looked},
    signed::{Known, session_token},
};
use app::{App, AppError, refusals::Refusal, signin::Person};
use axum::{
    Router,
    extract::{FromRequestParts, MatchedPath, OriginalUri, RawPathParams, Request},
    handler::Handler,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodFilter, on},
};
use kernel::{ClientId, Permission, Permissions};
use redress_http::{Problem, peer};
use std::{convert::Infallible, future::Future, pin::Pin};
use tower::{Layer, Service};
use wire::cards;

/// Who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anybody,
    /// Who holds the secret link of the address.
    Link,
    /// A shopper who proved to know the order.
    Shopper,
    /// A carrier or a provider, by the signature of its message.
    Sender,
    /// The operator's collector, by its token, or an administrator.
    Operator,
    /// Who holds a session that is not locked, also one that came by an invitation and may do
    /// nothing else yet.
    Holder,
    /// Everybody who is signed in.
    Person,
    /// Who holds this right.
    Right(Permission),
    /// Who holds one of these rights.
    AnyOf(&'static [Permission]),
}

impl Who {
    /// Whether somebody with these rights comes in; `None` where rights do not decide.
    pub fn admits(self, rights: Permissions) -> Option<bool> {
        match self {
            Self::Person | Self::Holder => Some(true),
            Self::Right(right) => Some(rights.has(right)),
            Self::AnyOf(list) => Some(list.iter().any(|right| rights.has(*right))),
            Self::Anybody | Self::Link | Self::Shopper | Self::Sender | Self::Operator => None,
        }
    }

    /// The right whose lack is named to who lacks it.
    fn missing(self) -> Permission {
        match self {
            Self::Right(right) => right,
            Self::AnyOf(list) => list.first().copied().unwrap_or(Permission::Administer),
            _ => Permission::Administer,
        }
    }
}

/// Which client's data an address is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tenant {
    /// No client's.
    None,
    /// Those within reach of who asks: lists, forms that name their client.
    Reach,
    /// The client whose number stands in the address as `{client}`.
    Number,
    /// The client whose short name stands in the address as `{client}`.
    Slug,
}

/// Whether a route changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It only looks.
    Reads,
    /// It changes something.
    Changes,
}

/// What a route declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// Who may come in.
    pub who: Who,
    /// Whose data it is about.
    pub tenant: Tenant,
}

impl Door {
    const fn new(who: Who, tenant: Tenant) -> Self {
        Self { who, tenant }
    }

    /// For everybody.
    pub const fn anybody() -> Self {
        Self::new(Who::Anybody, Tenant::None)
    }

    /// For who holds the secret link.
    pub const fn link() -> Self {
        Self::new(Who::Link, Tenant::None)
    }

    /// For the shopper of an order of the client in the address.
    pub const fn shopper() -> Self {
        Self::new(Who::Shopper, Tenant::Slug)
    }

    /// For a sender who signs for the client in the address.
    pub const fn sender() -> Self {
        Self::new(Who::Sender, Tenant::Slug)
    }

    /// For the operator.
    pub const fn operator() -> Self {
        Self::new(Who::Operator, Tenant::None)
    }

    /// For who holds a session: pages about themselves.
    pub const fn holder() -> Self {
        Self::new(Who::Holder, Tenant::None)
    }

    /// For everybody who is signed in.
    pub const fn person() -> Self {
        Self::new(Who::Person, Tenant::None)
    }

    /// For who holds a right, about the clients within their reach.
    pub const fn right(right: Permission) -> Self {
        Self::new(Who::Right(right), Tenant::Reach)
    }

    /// For who holds one of these rights, about the clients within their reach.
    pub const fn any_of(rights: &'static [Permission]) -> Self {
        Self::new(Who::AnyOf(rights), Tenant::Reach)
    }

    /// About the client whose number is in the address.
    pub const fn at_number(self) -> Self {
        Self::new(self.who, Tenant::Number)
    }

    /// About the client whose short name is in the address.
    pub const fn at_slug(self) -> Self {
        Self::new(self.who, Tenant::Slug)
    }

    /// About no client.
    pub const fn of_the_house(self) -> Self {
        Self::new(self.who, Tenant::None)
    }

    /// Lets a request in, or says why not. A client that is not there and one that is not the
    /// caller's get the same answer, before any right is looked at.
    async fn admit(
        self,
        by: By,
        parts: &mut Parts,
        app: &App,
        seen: &mut Seen,
    ) -> Result<Admitted, Failure> {
        let named = match self.tenant {
            Tenant::None | Tenant::Reach => None,
            Tenant::Number | Tenant::Slug => Some(self.named(parts, app).await),
        };
        seen.client = named.flatten();
        if !matches!(
            self.who,
            Who::Holder | Who::Person | Who::Right(_) | Who::AnyOf(_)
        ) {
            // What is asked without a person sees the client of the address; a client that is
            // not there has nothing to see. Without one it is the house's own business.
            return Ok(Admitted {
                sees: named.map(|client| client.into_iter().collect()),
            });
        }
        let person: Person = match by {
            _ if self.who == Who::Holder => holder(parts, app).await?,
            By::Session => Signed::from_request_parts(parts, app).await?.0,
            By::Key => Caller::from_request_parts(parts, app).await?.0,
        };
        let sees = person.scope.clients().map(<[ClientId]>::to_vec);
        let rights = person.scope.permissions();
        let reaches = |client: Option<ClientId>| client.is_some_and(|c| person.scope.reaches(c));
        seen.actor = person.id.to_string();
        if named.is_some_and(|client| !reaches(client)) {
            // It is told to those the caller works for, not to those they asked about.
            seen.foreign = true;
            seen.client = sees.as_ref().and_then(|list| list.first().copied());
            return Err(Problem::not_found().into());
        }
        if self.who.admits(rights) != Some(true) {
            return Err(AppError::Denied(self.who.missing()).into());
        }
        if self.who != Who::Holder {
            parts.extensions.insert(Known(person));
        }
        Ok(Admitted { sees })
    }

    /// The client the address names, if there is one.
    async fn named(self, parts: &mut Parts, app: &App) -> Option<ClientId> {
        let params = RawPathParams::from_request_parts(parts, app).await.ok()?;
        let (_, text) = params.iter().find(|(name, _)| *name == "client")?;
        let directory = app.directory();
        let client = match self.tenant {
            Tenant::Number => directory.client(text.parse().ok()?),
            _ => directory.client_by_slug(text),
        };
        client.map(|client| client.id)
    }
}

/// Who holds the session of a request.
async fn holder(parts: &Parts, app: &App) -> Result<Person, Failure> {
    let token = session_token(app, &parts.headers).ok_or(Problem::sign_in())?;
    let held = app.holder(token).await?.ok_or(Problem::sign_in())?;
    if held.locked {
        return Err(Failure(Problem::new(StatusCode::UNAUTHORIZED, "locked")));
    }
    Ok(held.person)
}

/// Who was let in, as the database is told.
struct Admitted {
    /// The clients whose rows may be seen; all of them for the house's own business.
    sees: Option<Vec<ClientId>>,
}

/// How people show who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The session of a browser.
    Session,
    /// An API key, or the session of a browser.
    Key,
}

/// A route as it was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: &'static str,
    /// Its address, as the router knows it.
    pub path: String,
    /// Who may use it.
    pub door: Door,
    /// Whether it changes anything.
    pub effect: Effect,
    /// How people show who they are.
    pub by: By,
}

/// A handler behind its door.
#[derive(Debug, Clone)]
pub struct Guarded<H> {
    door: Door,
    by: By,
    inner: H,
}

impl<H> Guarded<H> {
    /// Puts `inner` behind `door`.
    pub const fn new(door: Door, by: By, inner: H) -> Self {
        Self { door, by, inner }
    }
}

impl<T: 'static, H: Handler<T, App>> Handler<T, App> for Guarded<H> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, app: App) -> Self::Future {
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let mut seen = Seen::of(&parts);
            let door = self.door;
            let admitted = door.admit(self.by, &mut parts, &app, &mut seen).await;
            let request = Request::from_parts(parts, body);
            let answer = match admitted {
                Ok(Admitted { sees }) => {
                    let answer = self.through(request, &app, &mut seen);
                    app::walls::seeing(sees.as_deref(), answer).await
                }
                Err(refused) => refused.into_response(),
            };
            seen.tell(&app, door, answer.status());
            answer
        })
    }
}

impl<H> Guarded<H> {
    /// The handler's answer to what was let in, without the card numbers in it.
    async fn through<T>(self, request: Request, app: &App, seen: &mut Seen) -> Response
    where
        H: Handler<T, App>,
    {
        // What a sender signed is read as it was signed.
        let looked = if self.door.who == Who::Sender {
            Ok((request, Looked::default()))
        } else {
            entrance::looked_through(request).await
        };
        let (request, looked) = match looked {
            Ok(looked) => looked,
            Err(problem) => return problem.into_response(),
        };
        seen.cards = looked.found;
        let mut answer = self.inner.call(request, app.clone()).await;
        looked.tell(answer.headers_mut());
        answer
    }
}

/// What is kept of a request that is refused.
struct Seen {
    client: Option<ClientId>,
    actor: String,
    route: String,
    object: String,
    address: String,
    foreign: bool,
    cards: usize,
}

impl Seen {
    fn of(parts: &Parts) -> Self {
        let route = parts.extensions.get::<MatchedPath>();
        let whole = parts.extensions.get::<OriginalUri>();
        let path = whole.map_or(parts.uri.path(), |OriginalUri(uri)| uri.path());
        Self {
            client: None,
            actor: String::new(),
            route: route.map_or("", MatchedPath::as_str).to_owned(),
            object: cards::mask(path).map_or_else(|| path.to_owned(), |masked| masked.text),
            address: peer::of(&parts.extensions)
                .map(peer::masked)
                .unwrap_or_default(),
            foreign: false,
            cards: 0,
        }
    }

    /// Takes down what deserves it.
    fn tell(mut self, app: &App, door: Door, status: StatusCode) {
        let about = self.route.contains('{');
        let signed = !self.actor.is_empty();
        let kind = match status {
            _ if self.foreign => Some("foreign"),
            StatusCode::UNAUTHORIZED => Some("signed_out"),
            StatusCode::FORBIDDEN => Some("denied"),
            StatusCode::TOO_MANY_REQUESTS => Some("too_many"),
            StatusCode::NOT_FOUND if signed && about => Some("missing"),
            _ => None,
        };
        if !signed {
            let actor = match door.who {
                Who::Shopper => "shopper",
                Who::Sender => "sender",
                _ => "nobody",
            };
            actor.clone_into(&mut self.actor);
        }
        // The secret of a link stays one.
        if door.who == Who::Link {
            self.object.clone_from(&self.route);
        }
        let card = (self.cards > 0).then_some("card_number");
        for kind in [kind, card].into_iter().flatten() {
            app.refused(Refusal {
                client: self.client,
                kind,
                actor: self.actor.clone(),
                route: self.route.clone(),
                object: self.object.clone(),
                address: self.address.clone(),
            });
        }
    }
}

/// The routes of a surface, each with its door. There is no way to add one without.
#[must_use]
#[derive(Debug)]
pub struct Doors {
    by: By,
    router: Router<App>,
    declared: Vec<Declared>,
}

impl Doors {
    /// No routes yet, for pages: people have a session.
    pub fn pages() -> Self {
        Self::of(By::Session)
    }

    /// No routes yet, for programs: callers have a key, or a session.
    pub fn programs() -> Self {
        Self::of(By::Key)
    }

    fn of(by: By) -> Self {
        Self {
            by,
            router: Router::new(),
            declared: Vec::new(),
        }
    }

    /// What is looked at here.
    pub fn get<T: 'static>(self, path: &str, door: Door, handler: impl Handler<T, App>) -> Self {
        self.on("GET", path, (door, Effect::Reads), handler)
    }

    /// What is changed here.
    pub fn post<T: 'static>(self, path: &str, door: Door, handler: impl Handler<T, App>) -> Self {
        self.on("POST", path, (door, Effect::Changes), handler)
    }

    /// What is asked with a form and changes nothing.
    pub fn ask<T: 'static>(self, path: &str, door: Door, handler: impl Handler<T, App>) -> Self {
        self.on("POST", path, (door, Effect::Reads), handler)
    }

    fn on<T: 'static>(
        mut self,
        method: &'static str,
        path: &str,
        (door, effect): (Door, Effect),
        handler: impl Handler<T, App>,
    ) -> Self {
        let filter = match method {
            "GET" => MethodFilter::GET,
            _ => MethodFilter::POST,
        };
        let guarded = Guarded::new(door, self.by, handler);
        self.router = self.router.route(path, on(filter, guarded));
        self.declared.push(Declared {
            method,
            path: path.to_owned(),
            door,
            effect,
            by: self.by,
        });
        self
    }

    /// The routes of another room as well.
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.declared.extend(other.declared);
        self
    }

    /// Something around every route so far.
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<axum::routing::Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        self.router = self.router.layer(layer);
        self
    }

    /// Routes that were put behind their doors elsewhere, as those with an OpenAPI description.
    pub fn with(mut self, router: Router<App>, declared: Vec<Declared>) -> Self {
        self.router = self.router.merge(router);
        self.declared.extend(declared);
        self
    }

    /// What was declared.
    pub fn declared(&self) -> &[Declared] {
        &self.declared
    }

    /// The router.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
