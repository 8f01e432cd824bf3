//! Prints, renders with poppler and reads back with decoders that share no code with us.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: a failure here fails the test"
)]

use logistics::{Address, LabelCaptions, LabelData, Rma, Sscc};
use paper::{
    Align, Block, Column, Document, PackedLine, PaperError, SlipWords, Table, document_pdf,
    label_pdf, label_zpl, packing_slip,
};
use rxing::{BarcodeFormat, DecodeHints, Exceptions};
use std::{path::Path, path::PathBuf, process::Command};

fn label() -> LabelData {
    let captions = [
        "From",
        "Return to",
        "Return number",
        "Your order",
        "Weight",
        "Send by",
    ];
    let [from, to, rma, reference, weight, return_by] = captions.map(str::to_owned);
    let lines = |lines: &[&str]| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
    LabelData {
        brand: "Świerk & Söhne".to_owned(),
        service: "Return Standard".to_owned(),
        from: Address {
            name: "Małgorzata Żółć-Größmann".to_owned(),
            lines: lines(&["ul. Świętojańska 12/4", "81-372 Gdynia", "Polska"]),
        },
        to: Address {
            name: "Returns Centre Leipzig".to_owned(),
            lines: lines(&[
                "Dock 14",
                "Straße der Rückgabe 7",
                "04356 Leipzig",
                "Germany",
            ]),
        },
        sscc: Sscc::new(3, &"9521234".parse().unwrap(), 42).unwrap(),
        rma: Rma::from_random_bits(0x1_2345_6789),
        qr_text: "https://returns.example.com/r/R-93D5-F3W9?c=swierk".to_owned(),
        reference: "SO-2026-104233".to_owned(),
        weight: "1.2 kg".to_owned(),
        return_by: "14 December 2026".to_owned(),
        instructions: lines(&[
            "Remove or cover old labels. Put the packing slip inside.",
            "Hand in at any drop-off point and keep the receipt.",
        ]),
        captions: LabelCaptions {
            from,
            to,
            rma,
            reference,
            weight,
            return_by,
        },
    }
}

fn receipt(rows: usize) -> Document {
    let column = |title: &str, share, align| Column {
        title: title.to_owned(),
        share,
        align,
    };
    let row = |i: usize| {
        let title = "WHITE HANGING HEART T-LIGHT HOLDER, handmade, with a long description";
        vec![
            format!("8512{i}"),
            title.to_owned(),
            "2".to_owned(),
            "€ 5.10".to_owned(),
        ]
    };
    let mut table = Table {
        columns: vec![
            column("Article", 18, Align::Start),
            column("Description", 50, Align::Start),
            column("Units", 12, Align::End),
            column("Refund", 20, Align::End),
        ],
        rows: (0..rows).map(row).collect(),
        total: true,
    };
    let total = ["Total", "", "", "€ 15.30"].map(str::to_owned);
    table.rows.push(total.to_vec());
    let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
    Document {
        title: "Receipt of your withdrawal".to_owned(),
        issuer: "Świerk & Söhne".to_owned(),
        lang: "en".to_owned(),
        blocks: vec![
            Block::KeyValue(vec![
                pair("Return number", "R-93D5-F3W9"),
                pair("Received", "23 November 2026, 14:05 CET"),
                pair(
                    "Customer",
                    "Małgorzata Żółć-Größmann\nul. Świętojańska 12/4\n81-372 Gdynia",
                ),
            ]),
            Block::Paragraph(
                "We have received your declaration of withdrawal from the contract for the goods \
                 below. This receipt repeats its content with date and time."
                    .to_owned(),
            ),
            Block::Heading("Goods".to_owned()),
            Block::Table(table),
            Block::Heading("What happens next".to_owned()),
            Block::Paragraph("You get your money back within 14 days. ".repeat(6)),
        ],
        footer: "Świerk & Söhne · R-93D5-F3W9".to_owned(),
    }
}

/// Renders the first page as a PNG beside the other test output; `None` without poppler.
fn rendered(pdf: &[u8], name: &str, dpi: &str) -> Option<PathBuf> {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = dir.join(format!("{name}.pdf"));
    std::fs::write(&file, pdf).unwrap();
    let stem = dir.join(name);
    let run = Command::new("pdftoppm")
        .args(["-r", dpi, "-png", "-singlefile"])
        .args([&file, &stem])
        .status();
    let Ok(status) = run else {
        eprintln!("skipped: pdftoppm is not installed");
        return None;
    };
    assert!(status.success(), "pdftoppm refused {name}");
    Some(stem.with_extension("png"))
}

/// All text of the PDF as poppler sees it; `None` without poppler.
fn extracted(pdf: &[u8], name: &str) -> Option<String> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&file, pdf).unwrap();
    let Ok(out) = Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output()
    else {
        eprintln!("skipped: pdftotext is not installed");
        return None;
    };
    Some(String::from_utf8(out.stdout).unwrap())
}

fn decode(luma: &[u8], width: u32, height: u32, kind: BarcodeFormat) -> Result<String, Exceptions> {
    let mut hints = DecodeHints {
        TryHarder: Some(true),
        AssumeGs1: Some(true),
        ..DecodeHints::default()
    };
    rxing::helpers::detect_in_luma_with_hints(luma.to_vec(), width, height, Some(kind), &mut hints)
        .map(|found| found.getText().to_owned())
}

#[test]
fn the_label_reads_back_at_the_resolution_of_a_thermal_printer() {
    let label = label();
    for dpi in ["203", "300"] {
        let Some(png) = rendered(&label_pdf(&label).unwrap(), &format!("label-{dpi}"), dpi) else {
            return;
        };
        let picture = image::open(&png).unwrap().to_luma8();
        let (w, h) = picture.dimensions();
        let qr = decode(picture.as_raw(), w, h, BarcodeFormat::QR_CODE).unwrap();
        assert_eq!(qr, label.qr_text);
        // With AssumeGs1 an FNC1 in first place is reported as the identifier of GS1-128.
        let bars = decode(picture.as_raw(), w, h, BarcodeFormat::CODE_128).unwrap();
        assert_eq!(bars, format!("]C1{}", label.sscc.symbol_data()));

        let Ok(out) = Command::new("zbarimg")
            .args(["-q", "--raw"])
            .arg(&png)
            .output()
        else {
            eprintln!("skipped: zbarimg is not installed");
            continue;
        };
        let read = String::from_utf8(out.stdout).unwrap();
        assert!(read.lines().any(|l| l == label.qr_text), "{read}");
        assert!(
            read.lines().any(|l| l.ends_with(&label.sscc.symbol_data())),
            "{read}"
        );
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    assert_eq!(label_pdf(&label()).unwrap(), label_pdf(&label()).unwrap());
    assert_eq!(
        document_pdf(&receipt(3)).unwrap(),
        document_pdf(&receipt(3)).unwrap()
    );
    let mut other = label();
    other.weight = "1.3 kg".to_owned();
    assert_ne!(label_pdf(&label()).unwrap(), label_pdf(&other).unwrap());
    let pdf = label_pdf(&label()).unwrap();
    assert!(!pdf.windows(13).any(|w| w == b"/CreationDate"));
}

#[test]
fn all_words_of_the_label_can_be_copied_out_of_it() {
    let label = label();
    let Some(text) = extracted(&label_pdf(&label).unwrap(), "label-text") else {
        return;
    };
    for word in [
        &label.brand,
        &label.from.name,
        &label.to.lines[1],
        &label.return_by,
    ] {
        assert!(text.contains(word.as_str()), "{word} is not in {text}");
    }
    assert!(text.contains(&label.rma.to_string()) && text.contains(&label.sscc.grouped()));
}

#[test]
fn the_widest_label_still_reads_back() {
    let mut label = label();
    let long = "Wörterweitwurfmeisterschaft ".repeat(4);
    label.brand = long.clone();
    label.from.lines = vec![long.clone(); LabelData::MAX_ADDRESS_LINES];
    label.to.lines = vec![long.clone(); LabelData::MAX_ADDRESS_LINES];
    label.instructions = vec![long; LabelData::MAX_INSTRUCTIONS];
    label.qr_text = format!(
        "https://returns.example.com/{}",
        "x".repeat(LabelData::MAX_QR - 28)
    );
    let Some(png) = rendered(&label_pdf(&label).unwrap(), "label-wide", "203") else {
        return;
    };
    let picture = image::open(&png).unwrap().to_luma8();
    let (w, h) = picture.dimensions();
    let qr = decode(picture.as_raw(), w, h, BarcodeFormat::QR_CODE).unwrap();
    assert_eq!(qr, label.qr_text);
    label.qr_text.push('x');
    assert!(matches!(label_pdf(&label), Err(PaperError::Label(_))));
}

#[test]
fn long_documents_are_paginated_and_lose_no_row() {
    let Some(text) = extracted(&document_pdf(&receipt(90)).unwrap(), "receipt-long") else {
        return;
    };
    for i in 0..90 {
        assert!(text.contains(&format!("8512{i}")), "row {i} is missing");
    }
    let pages = text.matches('\u{c}').count();
    assert!(pages > 2, "{pages}");
    for page in 1..=pages {
        let number = format!("{page}/{pages}");
        assert!(
            text.replace(' ', "").contains(&number),
            "page number {number}"
        );
    }
    // The column titles come again on every page the table reaches.
    assert!(text.matches("Description").count() >= pages - 1);
    rendered(&document_pdf(&receipt(4)).unwrap(), "receipt", "80");
    rendered(&document_pdf(&receipt(90)).unwrap(), "receipt-long", "80");
}

#[test]
fn documents_that_cannot_be_set_are_refused() {
    let mut ragged = receipt(1);
    for block in &mut ragged.blocks {
        if let Block::Table(table) = block {
            table.rows[0].pop();
        }
    }
    let cells = PaperError::Cells {
        row: 1,
        cells: 3,
        columns: 4,
    };
    assert_eq!(document_pdf(&ragged), Err(cells));
    let endless = Document {
        blocks: vec![Block::Paragraph("word\n".repeat(60_000))],
        ..Document::default()
    };
    assert_eq!(document_pdf(&endless), Err(PaperError::TooLong));
    assert!(document_pdf(&Document::default()).is_ok());
}

#[test]
fn the_slip_lists_what_is_packed() {
    let words = [
        "en",
        "Packing slip",
        "Put this slip into the parcel.",
        "Article",
        "Description",
    ];
    let [lang, title, instruction, sku, description] = words.map(str::to_owned);
    let [units, reason, parcel] = ["Units", "Reason", "Parcel"].map(str::to_owned);
    let words = SlipWords {
        lang,
        title,
        instruction,
        sku,
        description,
        units,
        reason,
        parcel,
    };
    let line = PackedLine {
        sku: "85123A".to_owned(),
        title: "Cream hanging heart".to_owned(),
        units: 3,
        reason: "Too small".to_owned(),
    };
    let pdf = document_pdf(&packing_slip(&label(), &[line], &words)).unwrap();
    let Some(text) = extracted(&pdf, "slip") else {
        return;
    };
    for word in [
        "85123A",
        "Cream hanging heart",
        "Too small",
        "3 9521 2340 0000 0042",
    ] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    rendered(&pdf, "slip", "80");
}

/// A strict reader of the ZPL subset we write: every command known, every field closed, all on
/// the label, data plain ASCII without a command character.
#[test]
fn zpl_is_well_formed_whatever_the_data_says() {
    let mut label = label();
    label.from.name = "^XZ~JA Bobby _Tables_ \\& Łódź".to_owned();
    label.qr_text = "https://example.com/a_b~c^d".to_owned();
    let zpl = label_zpl(&label).unwrap();
    assert_eq!(zpl, label_zpl(&label).unwrap());
    assert!(zpl.is_ascii());
    assert!(!zpl.contains('~'));
    assert!(zpl.starts_with("^XA") && zpl.ends_with("^XZ\n"));
    assert_eq!(
        (zpl.matches("^XA").count(), zpl.matches("^XZ").count()),
        (1, 1)
    );
    for line in zpl.lines() {
        let mut open = false;
        for command in line.split('^').skip(1) {
            let code: String = command.chars().take(2).collect();
            match code.as_str() {
                "FO" => {
                    assert!(!open, "a field inside a field: {line}");
                    open = true;
                    let (x, y) = command[2..].split_once(',').unwrap();
                    assert!(x.parse::<u32>().unwrap() < 812 && y.parse::<u32>().unwrap() < 1218);
                }
                "FS" => {
                    assert!(open, "an end without a field: {line}");
                    open = false;
                }
                "XA" | "XZ" | "CI" | "PW" | "LL" | "LH" => assert!(!open, "{line}"),
                "A0" | "FH" | "FD" | "GB" | "BY" | "BC" | "BQ" | "FB" => assert!(open, "{line}"),
                other => panic!("unknown command {other} in {line}"),
            }
        }
        assert!(!open, "an open field: {line}");
    }
    assert!(
        zpl.contains("^BY4^BCN,254,N,N,N,D^FD(00)395212340000000427^FS"),
        "{zpl}"
    );
    assert!(
        zpl.contains("^FH^FDMA,https://example.com/a_5Fb_7Ec_5Ed^FS"),
        "{zpl}"
    );
}
