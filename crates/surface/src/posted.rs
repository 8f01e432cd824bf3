//! Forms as they are posted, with the files that come along. How large one may be is said by its
//! route.

use crate::Failure;
use axum::http::header;
use redress_http::Problem;

/// A posted form: names and values in the order sent, bounded by the frame's own limit.
#[derive(Debug, Default)]
pub struct Posted(pub Vec<(String, String)>);

/// The most fields a form sends.
const FIELDS_MAX: usize = 2_048;

impl Posted {
    /// The first value under `name`, trimmed; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, v)| v.trim())
    }

    /// Every value under `name`.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, v)| v.trim())
    }
}

impl<S: Send + Sync> axum::extract::FromRequest<S> for Posted {
    type Rejection = Failure;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Failure> {
        let bytes = axum::body::Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|_| Problem::too_large())?;
        let fields = form_urlencoded::parse(&bytes).into_owned().take(FIELDS_MAX);
        Ok(Self(fields.collect()))
    }
}

/// A posted form with the files that came with it.
#[derive(Debug, Default)]
pub struct Uploaded {
    /// The fields.
    pub posted: Posted,
    /// The files, as sent; empty ones left out.
    pub files: Vec<axum::body::Bytes>,
}

/// The most files one form sends; what is beyond is not read.
const FILES_MAX: usize = 12;

impl<S: Send + Sync> axum::extract::FromRequest<S> for Uploaded {
    type Rejection = Failure;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        if !kind.is_some_and(|k| k.as_bytes().starts_with(b"multipart/form-data")) {
            let posted = Posted::from_request(request, state).await?;
            return Ok(Self {
                posted,
                files: Vec::new(),
            });
        }
        let cut = |_| Problem::too_large();
        let parts = axum::extract::Multipart::from_request(request, state).await;
        let mut parts = parts.map_err(|_| Problem::too_large())?;
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = parts.next_field().await.map_err(cut)? {
            let name = part.name().unwrap_or_default().to_owned();
            if part.file_name().is_some() {
                let bytes = part.bytes().await.map_err(cut)?;
                if !bytes.is_empty() && files.len() < FILES_MAX {
                    files.push(bytes);
                }
            } else if fields.len() < FIELDS_MAX {
                fields.push((name, part.text().await.map_err(cut)?));
            }
        }
        Ok(Self {
            posted: Posted(fields),
            files,
        })
    }
}
