//! A browser without script over the router: cookies, forms with their hidden fields, redirects.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
    middleware,
};
use redress_http::{csrf, problem, security, trace};
use std::collections::BTreeMap;
use testkit::World;
use tower::ServiceExt as _;

/// An answer.
#[derive(Debug, Clone)]
pub struct Page {
    pub url: String,
    pub status: u16,
    pub location: String,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub text: String,
}

impl Page {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }
}

/// The browser.
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
}

/// The portal with everything the binary puts around it.
pub fn served(world: &World) -> Router {
    let csrf = csrf::Csrf::new([7; 32], "session", None);
    let policy = security::Policy {
        private: true,
        hsts: false,
    };
    portal::router()
        .into_router()
        .with_state(world.app.clone())
        .layer(middleware::from_fn_with_state(csrf, csrf::check))
        .layer(middleware::from_fn(problem::negotiate))
        .layer(middleware::from_fn_with_state(policy, security::apply))
        .layer(middleware::from_fn(trace::request))
}

impl Browser {
    pub fn new(world: &World) -> Self {
        Self {
            router: served(world),
            cookies: BTreeMap::new(),
        }
    }

    async fn ask(&mut self, method: &str, url: &str, body: String) -> Page {
        self.send_body(
            method,
            url,
            "application/x-www-form-urlencoded",
            body.into(),
        )
        .await
    }

    async fn send_body(&mut self, method: &str, url: &str, kind: &str, body: Vec<u8>) -> Page {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let request = Request::builder()
            .method(method)
            .uri(url)
            .header(header::ACCEPT, "text/html")
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::COOKIE, cookies.join("; "))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        for set in headers.get_all(header::SET_COOKIE) {
            let (pair, attributes) = set.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(answer.into_body(), 1 << 24)
            .await
            .unwrap()
            .to_vec();
        // Nonce, request id and form keys differ from answer to answer.
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((_, rest)) = text.clone().split_once("nonce=\"") {
            text = text.replace(rest.split('"').next().unwrap_or_default(), "NONCE");
        }
        let location = headers.get(header::LOCATION).and_then(|v| v.to_str().ok());
        Page {
            url: url.to_owned(),
            status,
            location: location.unwrap_or_default().to_owned(),
            bytes,
            text,
            headers,
        }
    }

    pub async fn get(&mut self, url: &str) -> Page {
        self.ask("GET", url, String::new()).await
    }

    /// Follows the redirects of an answer.
    pub async fn follow(&mut self, answer: Page) -> Page {
        let mut page = answer;
        for _ in 0..5 {
            if page.status != 303 {
                return page;
            }
            page = self.get(&page.location.clone()).await;
        }
        panic!("redirects never end: {}", page.location);
    }

    /// Sends the first form of a page with its hidden fields and these answers.
    pub async fn send(&mut self, page: &Page, answers: &[(&str, &str)]) -> Page {
        let forms = page.text.split("<form").skip(1);
        let form = forms
            .map(|f| f.split("</form>").next().unwrap())
            .find(|f| f.contains("method=\"post\""));
        let form = form.unwrap_or_else(|| panic!("no form on {}: {}", page.url, page.text));
        let action = form
            .split("action=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let action = action.replace("&amp;", "&");
        self.send_form(form, &action, answers).await
    }

    /// Sends a form to this address with the token of the page.
    pub async fn send_to(&mut self, page: &Page, to: &str, answers: &[(&str, &str)]) -> Page {
        let form = page
            .text
            .split("<form")
            .find(|f| f.contains("name=\"_csrf\""))
            .unwrap();
        let token = form
            .split("<input")
            .find(|i| i.contains("name=\"_csrf\""))
            .unwrap()
            .to_owned();
        self.send_form(&format!("<input{token}"), to, answers).await
    }

    /// Sends a form with files to this address, with the token of the page.
    pub async fn upload(
        &mut self,
        page: &Page,
        to: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Page {
        let token = page.text.split("name=\"_csrf\" value=\"").nth(1).unwrap();
        let token = token.split('"').next().unwrap();
        let mut body = Vec::new();
        let fields = [("_csrf", token)].into_iter().chain(fields.iter().copied());
        for (name, value) in fields {
            let head = "--edge\r\nContent-Disposition: form-data; name=";
            body.extend(format!("{head}\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        for (name, bytes) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{name}\"; \
                 filename=\"IMG_1.JPG\"\r\nContent-Type: image/jpeg\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--edge--\r\n");
        self.send_body("POST", to, "multipart/form-data; boundary=edge", body)
            .await
    }

    async fn send_form(&mut self, form: &str, to: &str, answers: &[(&str, &str)]) -> Page {
        let mut body = form_urlencoded::Serializer::new(String::new());
        for input in form
            .split("<input")
            .skip(1)
            .filter(|i| i.contains("type=\"hidden\""))
        {
            let value = |name: &str| {
                let after = input.split(&format!("{name}=\"")).nth(1)?;
                after.split('"').next()
            };
            body.append_pair(value("name").unwrap(), value("value").unwrap_or_default());
        }
        body.extend_pairs(answers);
        let body = body.finish();
        self.ask("POST", to, body).await
    }
}
