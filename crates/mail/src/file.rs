//! Mail as RFC 5322 files. A file appears whole or not at all: it is written under another name
//! and renamed. The same mail sent twice is the same file.

use async_trait::async_trait;
use lettre::{
    Message,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
};
use ports::{Mail, Mailer, SendError};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

/// Puts mail into a directory.
#[derive(Debug, Clone)]
pub struct FileMailer {
    directory: PathBuf,
    domain: String,
}

impl FileMailer {
    /// Mail into `directory`, which is made when the first mail comes; `domain` ends the
    /// `Message-ID`s.
    pub fn new(directory: impl AsRef<Path>, domain: impl Into<String>) -> Self {
        Self {
            directory: directory.as_ref().to_owned(),
            domain: domain.into(),
        }
    }

    /// Where a mail with this id is put.
    pub fn path(&self, id: &str) -> PathBuf {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() || "-_".contains(c) {
                c
            } else {
                '_'
            }
        };
        let name: String = id.chars().map(plain).take(120).collect();
        self.directory.join(format!("{name}.eml"))
    }

    async fn put(&self, path: PathBuf, bytes: Vec<u8>) -> std::io::Result<()> {
        let directory = self.directory.clone();
        let put = move || {
            fs::create_dir_all(directory)?;
            let half = path.with_extension("part");
            let mut file = fs::File::create(&half)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            drop(file);
            fs::rename(half, path)
        };
        // One visit to a thread that may wait for the disk, not one per step.
        tokio::task::spawn_blocking(put).await?
    }
}

#[async_trait]
impl Mailer for FileMailer {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let message = compose(mail, &self.domain)?;
        let put = self.put(self.path(&mail.id), message.formatted()).await;
        put.map_err(|e| SendError::Later(e.to_string()))
    }

    async fn forget(&self, id: &str) -> Result<(), SendError> {
        let path = self.path(id);
        let gone = tokio::task::spawn_blocking(move || fs::remove_file(path)).await;
        match gone.map_err(std::io::Error::other).flatten() {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                Err(SendError::Later(e.to_string()))
            }
            _ => Ok(()),
        }
    }
}

/// The mail as a message. An address nobody can write to is never deliverable.
pub fn compose(mail: &Mail, domain: &str) -> Result<Message, SendError> {
    let never = |what: &str, e: String| SendError::Never(format!("{what}: {e}"));
    let address = |text: &str, what: &str| -> Result<Mailbox, SendError> {
        text.parse()
            .map_err(|e: lettre::address::AddressError| never(what, e.to_string()))
    };
    let one_line: String = mail
        .subject
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let mut message = Message::builder()
        .message_id(Some(format!("<{}@{domain}>", mail.id)))
        .from(address(&mail.from, "sender")?)
        .to(address(&mail.to, "recipient")?)
        .subject(one_line);
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(address(reply_to, "reply-to")?);
    }
    let text = SinglePart::plain(mail.text.clone());
    let words = match &mail.html {
        Some(html) => MultiPart::alternative()
            .singlepart(text)
            .singlepart(SinglePart::html(html.clone())),
        None => MultiPart::alternative().singlepart(text),
    };
    let mut all = MultiPart::mixed().multipart(words);
    for file in &mail.attachments {
        let kind =
            ContentType::parse(&file.media_type).map_err(|e| never("attachment", e.to_string()))?;
        let part = Attachment::new(file.name.clone()).body(file.content.clone(), kind);
        all = all.singlepart(part);
    }
    message
        .multipart(all)
        .map_err(|e| never("mail", e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> Mail {
        Mail {
            id: "job_1".into(),
            from: "\"Müller & Söhne\" <help@alfa.example>".into(),
            to: "kim@shopper.example".into(),
            reply_to: None,
            subject: "Ihre Rückgabe\r\nBcc: all@shopper.example".into(),
            text: "Guten Tag".into(),
            html: Some("<p>Guten Tag</p>".into()),
            attachments: vec![ports::Attachment {
                name: "receipt.pdf".into(),
                media_type: "application/pdf".into(),
                content: b"%PDF-1.7".to_vec(),
            }],
        }
    }

    #[tokio::test]
    async fn a_mail_is_one_whole_file_however_often_it_is_sent() {
        let dir = tempfile::tempdir().unwrap();
        let mailer = FileMailer::new(dir.path().join("out"), "returns.example");
        mailer.send(&mail()).await.unwrap();
        mailer.send(&mail()).await.unwrap();
        let files: Vec<_> = std::fs::read_dir(dir.path().join("out")).unwrap().collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(mailer.path("job_1")).unwrap();
        assert!(
            text.contains("Message-ID: <job_1@returns.example>"),
            "{text}"
        );
        assert!(text.contains("Content-Type: application/pdf"), "{text}");
        assert!(
            !text.lines().any(|l| l.starts_with("Bcc:")),
            "no header can be slipped in"
        );
    }

    #[tokio::test]
    async fn names_stay_inside_the_directory_and_bad_addresses_are_final() {
        let mailer = FileMailer::new("out", "returns.example");
        assert_eq!(mailer.path("../../x"), Path::new("out/______x.eml"));
        let nobody = Mail {
            to: "nobody".into(),
            ..mail()
        };
        assert!(matches!(
            mailer.send(&nobody).await,
            Err(SendError::Never(_))
        ));
    }

    #[tokio::test]
    async fn a_full_or_missing_disk_is_tried_again() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("out"), "a file").unwrap();
        let mailer = FileMailer::new(dir.path().join("out"), "returns.example");
        assert!(matches!(
            mailer.send(&mail()).await,
            Err(SendError::Later(_))
        ));
    }
}
