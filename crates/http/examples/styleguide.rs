//! Serves the style guide with the real assets and headers on <http://127.0.0.1:8099>:
//! `/` (desk), `/portal`, `/dock`, `/missing` (a problem page).

use axum::{Router, extract::Path, http::header, middleware, response::IntoResponse, routing::get};
use redress_http::{Problem, View, assets, brand, csrf, problem, security, styleguide, trace};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let csrf = csrf::Csrf::new([7; 32], "session", None);
    let policy = security::Policy {
        private: true,
        hsts: false,
    };
    let app = Router::new()
        .route("/", get(async |view: View| styleguide::desk_sample(&view)))
        .route(
            "/portal",
            get(async |view: View| styleguide::portal_sample(&view)),
        )
        .route(
            "/dock",
            get(async |view: View| styleguide::dock_sample(&view)),
        )
        .route("/missing", get(async || Problem::not_found()))
        .route(
            "/brand/{file}",
            get(async |Path(_): Path<String>| {
                let css = brand::Accent::parse("#1f6f54")
                    .map(brand::Accent::css)
                    .unwrap_or_default();
                ([(header::CONTENT_TYPE, "text/css")], css).into_response()
            }),
        )
        .layer(middleware::from_fn_with_state(csrf, csrf::check))
        .layer(middleware::from_fn(problem::negotiate))
        .merge(assets::router())
        .layer(middleware::from_fn_with_state(policy, security::apply))
        .layer(middleware::from_fn(trace::request));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await?;
    axum::serve(listener, app).await
}
