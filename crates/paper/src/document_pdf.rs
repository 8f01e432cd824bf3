//! Sets a [`Document`] on A4 pages.

use crate::{
    Align, Block, Document, PaperError, Table,
    fonts::{Face, Fonts},
    sheet::{Area, BLACK, MM, Mark, count, render},
};

const WIDTH: f32 = 210.0 * MM;
const HEIGHT: f32 = 297.0 * MM;
const LEFT: f32 = 22.0 * MM;
const TOP: f32 = 22.0 * MM;
const MEASURE: f32 = WIDTH - 2.0 * LEFT;
/// Content ends here; the footer stands below.
const BOTTOM: f32 = HEIGHT - 28.0 * MM;
const BODY: f32 = 9.5;
const LEADING: f32 = 14.0;
const GREY: u8 = 90;
const HAIR: u8 = 190;
/// Width of the names in a key-value block.
const KEY: f32 = 45.0 * MM;
/// Space left and right of the text in a table cell.
const GUTTER: f32 = 8.0;

/// Pages under construction: `y` is the top of the next free line.
struct Setter<'f> {
    fonts: &'f Fonts,
    pages: Vec<Vec<Mark>>,
    page: Vec<Mark>,
    y: f32,
}

/// One cell, wrapped, with its place.
struct Cell {
    lines: Vec<String>,
    x: f32,
    width: f32,
    align: Align,
}

/// Sets the document in pages of A4; the same document gives the same bytes.
pub fn document_pdf(document: &Document) -> Result<Vec<u8>, PaperError> {
    let fonts = Fonts::load(&document.lang)?;
    let mut out = Setter {
        fonts: &fonts,
        pages: vec![],
        page: vec![],
        y: TOP,
    };
    out.title(document);
    for block in &document.blocks {
        match block {
            Block::Heading(text) => out.heading(text)?,
            Block::Paragraph(text) => out.paragraph(text)?,
            Block::KeyValue(pairs) => out.pairs(pairs)?,
            Block::Table(table) => out.table(table)?,
        }
    }
    let pages = out.finish(&document.footer);
    render(
        &fonts,
        &document.title,
        &document.lang,
        (WIDTH, HEIGHT),
        &pages,
    )
}

impl Setter<'_> {
    /// Makes sure `height` fits on the page; true when a new page was begun.
    fn room(&mut self, height: f32) -> Result<bool, PaperError> {
        if self.y + height <= BOTTOM || self.page.is_empty() {
            return Ok(false);
        }
        if self.pages.len() + 1 >= Document::MAX_PAGES {
            return Err(PaperError::TooLong);
        }
        self.pages.push(std::mem::take(&mut self.page));
        self.y = TOP;
        Ok(true)
    }

    /// Sets one line with its top at `top` points below `self.y`.
    fn put(&mut self, x: f32, baseline: f32, face: Face, size: f32, shade: u8, text: String) {
        if !text.is_empty() {
            self.page.push(Mark::Text {
                x,
                y: baseline,
                face,
                size,
                shade,
                text,
            });
        }
    }

    fn rule(&mut self, y: f32, h: f32, shade: u8) {
        self.page.push(Mark::Areas {
            shade,
            areas: vec![Area {
                x: LEFT,
                y,
                w: MEASURE,
                h,
            }],
        });
    }

    fn title(&mut self, document: &Document) {
        if !document.issuer.is_empty() {
            let text = self.fonts.fit(Face::Bold, BODY, &document.issuer, MEASURE);
            self.put(LEFT, self.y + 9.0, Face::Bold, BODY, GREY, text);
            self.y += 20.0;
        }
        for line in self
            .fonts
            .wrap(Face::Bold, 20.0, &document.title, MEASURE)
            .into_iter()
            .take(4)
        {
            self.put(LEFT, self.y + 19.0, Face::Bold, 20.0, BLACK, line);
            self.y += 26.0;
        }
        self.rule(self.y + 5.0, 1.5, BLACK);
        self.y += 24.0;
    }

    fn heading(&mut self, text: &str) -> Result<(), PaperError> {
        let lines = self.fonts.wrap(Face::Bold, 12.5, text, MEASURE);
        // A heading keeps room for three lines of what follows.
        let fresh = self.room(10.0 + 17.0 * count(lines.len()) + 3.0 * LEADING)?;
        self.y += if fresh { 0.0 } else { 10.0 };
        for line in lines {
            self.put(LEFT, self.y + 12.0, Face::Bold, 12.5, BLACK, line);
            self.y += 17.0;
        }
        self.y += 4.0;
        Ok(())
    }

    fn paragraph(&mut self, text: &str) -> Result<(), PaperError> {
        for part in text.lines() {
            for line in self.fonts.wrap(Face::Regular, BODY, part, MEASURE) {
                self.room(LEADING)?;
                self.put(LEFT, self.y + 10.0, Face::Regular, BODY, BLACK, line);
                self.y += LEADING;
            }
        }
        self.y += 7.0;
        Ok(())
    }

    fn pairs(&mut self, pairs: &[(String, String)]) -> Result<(), PaperError> {
        for (key, value) in pairs {
            let names = self.fonts.wrap(Face::Regular, BODY, key, KEY - GUTTER);
            let values: Vec<String> = value
                .lines()
                .flat_map(|part| self.fonts.wrap(Face::Regular, BODY, part, MEASURE - KEY))
                .collect();
            for i in 0..names.len().max(values.len()) {
                self.room(LEADING)?;
                let line = |texts: &[String]| texts.get(i).cloned().unwrap_or_default();
                self.put(LEFT, self.y + 10.0, Face::Regular, BODY, GREY, line(&names));
                self.put(
                    LEFT + KEY,
                    self.y + 10.0,
                    Face::Regular,
                    BODY,
                    BLACK,
                    line(&values),
                );
                self.y += LEADING;
            }
            self.y += 2.0;
        }
        self.y += 7.0;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), PaperError> {
        let titles: Vec<String> = table.columns.iter().map(|c| c.title.clone()).collect();
        self.room(4.0 * LEADING)?;
        self.table_head(table, &titles);
        for (i, row) in table.rows.iter().enumerate() {
            if row.len() != table.columns.len() {
                let (cells, columns) = (row.len(), table.columns.len());
                return Err(PaperError::Cells {
                    row: i + 1,
                    cells,
                    columns,
                });
            }
            let last = i + 1 == table.rows.len();
            let face = if table.total && last {
                Face::Bold
            } else {
                Face::Regular
            };
            let cells = self.cells(table, row, face, BODY);
            let height = cells.iter().map(|c| c.lines.len()).max().unwrap_or(1);
            // A row taller than a page runs on line by line; others stay in one piece.
            let whole = 6.0 + LEADING * count(height);
            if self.room(whole.min(BOTTOM - TOP - 3.0 * LEADING))? {
                self.table_head(table, &titles);
            }
            if table.total && last {
                self.rule(self.y - 0.5, 1.0, BLACK);
            }
            self.y += 3.0;
            for n in 0..height {
                if self.room(LEADING)? {
                    self.table_head(table, &titles);
                }
                self.cell_line(&cells, n, face, BODY, BLACK);
                self.y += LEADING;
            }
            self.y += 3.0;
            if !last {
                self.rule(self.y - 0.25, 0.5, HAIR);
            }
        }
        self.y += 12.0;
        Ok(())
    }

    fn table_head(&mut self, table: &Table, titles: &[String]) {
        let cells = self.cells(table, titles, Face::Bold, 8.0);
        let height = cells
            .iter()
            .map(|c| c.lines.len())
            .max()
            .unwrap_or(1)
            .min(4);
        for n in 0..height {
            self.cell_line(&cells, n, Face::Bold, 8.0, GREY);
            self.y += 11.0;
        }
        self.y += 4.0;
        self.rule(self.y - 1.0, 1.0, BLACK);
        self.y += 1.0;
    }

    /// Wraps the texts of one row into the table's columns. The outer edges of the first and the
    /// last column are flush with the text, so only inner edges have a gutter.
    fn cells(&self, table: &Table, texts: &[String], face: Face, size: f32) -> Vec<Cell> {
        let shares: Vec<f32> = table
            .columns
            .iter()
            .map(|c| f32::from(c.share.max(1)))
            .collect();
        let total: f32 = shares.iter().sum();
        let mut x = LEFT;
        let mut cells = vec![];
        for (i, (column, text)) in table.columns.iter().zip(texts).enumerate() {
            let full = MEASURE * shares[i] / total;
            let gutter = if i + 1 == table.columns.len() {
                0.0
            } else {
                GUTTER
            };
            let width = (full - gutter).max(GUTTER);
            let lines = self.fonts.wrap(face, size, text, width);
            cells.push(Cell {
                lines,
                x,
                width,
                align: column.align,
            });
            x += full;
        }
        cells
    }

    fn cell_line(&mut self, cells: &[Cell], n: usize, face: Face, size: f32, shade: u8) {
        for cell in cells {
            let Some(text) = cell.lines.get(n) else {
                continue;
            };
            let free = cell.width - self.fonts.width(face, size, text);
            let x = cell.x
                + if cell.align == Align::End {
                    free.max(0.0)
                } else {
                    0.0
                };
            self.put(x, self.y + 10.0, face, size, shade, text.clone());
        }
    }

    /// Adds the footer with page numbers, which are known only now.
    fn finish(mut self, footer: &str) -> Vec<Vec<Mark>> {
        self.pages.push(std::mem::take(&mut self.page));
        let total = self.pages.len();
        let y = HEIGHT - 16.0 * MM;
        for (i, page) in self.pages.iter_mut().enumerate() {
            let number = format!("{} / {total}", i + 1);
            let width = self.fonts.width(Face::Regular, 8.0, &number);
            let rule = Area {
                x: LEFT,
                y: y - 14.0,
                w: MEASURE,
                h: 0.5,
            };
            page.push(Mark::Areas {
                shade: HAIR,
                areas: vec![rule],
            });
            let text = self
                .fonts
                .fit(Face::Regular, 8.0, footer, MEASURE - width - 12.0);
            for (x, text) in [(LEFT, text), (LEFT + MEASURE - width, number)] {
                page.push(Mark::Text {
                    x,
                    y,
                    face: Face::Regular,
                    size: 8.0,
                    shade: GREY,
                    text,
                });
            }
        }
        self.pages
    }
}
