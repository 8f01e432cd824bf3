//! Mail really goes over a socket: a small server in this test takes it, puts it off, or refuses.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use mail::SmtpMailer;
use ports::{Attachment, Mail, Mailer as _, SendError};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
    task::JoinHandle,
};

fn letter(to: &str) -> Mail {
    Mail {
        id: "job_7".into(),
        from: "\"Alfa\" <help@alfa.example>".into(),
        to: to.into(),
        reply_to: None,
        subject: "Acknowledgement".into(),
        text: "Your withdrawal was received.\n.\nA line that is only a dot.".into(),
        html: None,
        attachments: vec![Attachment {
            name: "record.txt".into(),
            media_type: "application/octet-stream".into(),
            content: b"declaration: withdrawal\n".to_vec(),
        }],
    }
}

/// A server that answers RCPT with `answer` and gives back what it was sent.
async fn server(answer: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let (read, mut write) = socket.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut taken = String::new();
        write.write_all(b"220 test ready\r\n").await.unwrap();
        let mut data = false;
        while let Ok(Some(line)) = lines.next_line().await {
            let reply = if data {
                if line != "." {
                    taken.push_str(&line);
                    taken.push('\n');
                    continue;
                }
                data = false;
                "250 taken\r\n".to_owned()
            } else {
                match line.get(..4).unwrap_or_default() {
                    "EHLO" => "250 test\r\n".to_owned(),
                    "RCPT" => format!("{answer}\r\n"),
                    "DATA" => {
                        data = true;
                        "354 go on\r\n".to_owned()
                    }
                    "QUIT" => "221 bye\r\n".to_owned(),
                    _ => "250 ok\r\n".to_owned(),
                }
            };
            if write.write_all(reply.as_bytes()).await.is_err() || line == "QUIT" {
                break;
            }
        }
        taken
    });
    (url, task)
}

#[tokio::test]
async fn a_mail_arrives_whole_under_its_own_id() {
    let (url, task) = server("250 ok").await;
    let mailer = SmtpMailer::new(&url, "returns.example").unwrap();
    mailer.send(&letter("kim@shopper.example")).await.unwrap();
    drop(mailer);
    let taken = task.await.unwrap();
    assert!(
        taken.contains("Message-ID: <job_7@returns.example>"),
        "{taken}"
    );
    assert!(taken.contains("To: kim@shopper.example"), "{taken}");
    assert!(taken.contains("record.txt"), "{taken}");
}

#[tokio::test]
async fn what_is_put_off_is_tried_again_and_what_is_refused_is_not() {
    let (url, _task) = server("451 try later").await;
    let mailer = SmtpMailer::new(&url, "returns.example").unwrap();
    let later = mailer.send(&letter("kim@shopper.example")).await;
    assert!(matches!(later, Err(SendError::Later(_))), "{later:?}");
    let (url, _task) = server("550 no such person").await;
    let mailer = SmtpMailer::new(&url, "returns.example").unwrap();
    let never = mailer.send(&letter("kim@shopper.example")).await;
    assert!(matches!(never, Err(SendError::Never(_))), "{never:?}");
}

#[tokio::test]
async fn a_server_that_is_away_is_tried_again_and_an_address_is_never_printed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let mailer = SmtpMailer::new(&url, "returns.example").unwrap();
    let away = mailer.send(&letter("kim@shopper.example")).await;
    assert!(matches!(away, Err(SendError::Later(_))), "{away:?}");
    let wrong = SmtpMailer::new("ftp://user:hunter2@host", "x").unwrap_err();
    assert!(!wrong.to_string().contains("hunter2"));
}
