//! Lines of text with a column of points at the right, 100 columns wide. Knows nothing of what it shows.

use super::words;
use crate::points::Points;
use anstyle::{AnsiColor, Style};

/// Where text ends and points end, in columns.
const TEXT_END: usize = 86;
const POINTS_END: usize = 98;
/// Where the second half of a pair begins, at least.
const PAIR: usize = 14;
/// How wide the text of a brief line is.
const BRIEF: usize = 84;

/// How a line looks in color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Plain,
    Strong,
    Faint,
}

/// Text being written.
#[derive(Debug)]
pub(crate) struct TextSheet {
    text: String,
    color: bool,
}

impl TextSheet {
    pub(crate) fn new(color: bool) -> Self {
        Self { text: String::new(), color }
    }

    /// The text; ends in a line feed, if there is any.
    pub(crate) fn into_text(self) -> String {
        let text = self.text.trim_end();
        if text.is_empty() { String::new() } else { format!("{text}\n") }
    }

    /// A blank line, if there is none yet.
    pub(crate) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading.
    pub(crate) fn title(&mut self, text: &str) {
        let painted = self.paint(&clean(text), Style::new().bold().underline());
        self.push(0, &painted);
    }

    /// A name, the widest of several of which has so many characters, and what is said of it.
    pub(crate) fn pair(&mut self, name: &str, text: &str, widest: usize) {
        let width = PAIR.max(widest + 2);
        let pieces = wrap(&clean(text), POINTS_END - width - 2, 0);
        for (index, piece) in pieces.iter().enumerate() {
            let name = if index == 0 { name } else { "" };
            let name = self.paint(&format!("{name:<width$}"), Style::new().dimmed());
            self.push(2, &format!("{name}{piece}"));
        }
    }

    /// Text over as many lines as it needs.
    pub(crate) fn text(&mut self, indent: usize, text: &str, ink: Ink) {
        for (index, piece) in wrap(&clean(text), POINTS_END - indent, 2).iter().enumerate() {
            let painted = self.paint(piece, style(ink));
            self.push(indent + if index == 0 { 0 } else { 2 }, &painted);
        }
    }

    /// Text with points at the right; a sign is shown for parts, not for sums.
    pub(crate) fn points(&mut self, indent: usize, text: &str, points: Points, is_sum: bool, ink: Ink) {
        let shown = if is_sum { points.to_string() } else { words::gain(points) };
        self.right(indent, text, &shown, ink, points.hundredths());
    }

    /// As [`Self::points`], for a text at the right.
    pub(crate) fn right(&mut self, indent: usize, text: &str, right: &str, ink: Ink, sign: i64) {
        let pieces = wrap(&clean(text), TEXT_END - indent, 2);
        for (index, piece) in pieces.iter().enumerate() {
            let indent = indent + if index == 0 { 0 } else { 2 };
            let mut line = self.paint(piece, style(ink));
            if index + 1 == pieces.len() {
                let used = indent + piece.chars().count();
                let gap = POINTS_END.saturating_sub(used + right.chars().count()).max(1);
                let color = match sign.signum() {
                    1 => style(ink).fg_color(Some(AnsiColor::Green.into())),
                    -1 => style(ink).fg_color(Some(AnsiColor::Red.into())),
                    _ => style(ink),
                };
                line += &" ".repeat(gap);
                line += &self.paint(right, color);
            }
            self.push(indent, &line);
        }
    }

    /// A faint text cut to one line, with a word at the right.
    pub(crate) fn brief(&mut self, indent: usize, text: &str, right: &str) {
        let most = BRIEF.saturating_sub(indent);
        let mut short: String = text.chars().take(most).collect();
        if text.chars().count() > most {
            short.pop();
            short.truncate(short.trim_end().len());
            short.push('…');
        }
        self.right(indent, &short, right, Ink::Faint, 0);
    }

    /// A line as it is, however wide.
    pub(crate) fn set(&mut self, indent: usize, line: &str) {
        self.push(indent, &clean(line));
    }

    /// A line as it is, after a word that says whether all is well.
    pub(crate) fn verdict(&mut self, indent: usize, is_good: bool, line: &str) {
        let (word, color) = if is_good { ("ok", AnsiColor::Green) } else { ("FAILED", AnsiColor::Red) };
        let word = self.paint(word, Style::new().bold().fg_color(Some(color.into())));
        self.push(indent, &format!("{word} {}", clean(line)));
    }

    /// An empty sheet of the same kind.
    pub(crate) fn another(&self) -> Self {
        Self::new(self.color)
    }

    /// The lines of another sheet, set apart.
    pub(crate) fn quote(&mut self, other: Self) {
        for line in other.into_text().lines() {
            self.push(4, &format!("| {line}"));
        }
    }

    /// A line under the points.
    pub(crate) fn rule(&mut self) {
        let rule = "─".repeat(10);
        let painted = self.paint(&rule, Style::new().dimmed());
        self.push(POINTS_END - 10, &painted);
    }

    fn paint(&self, text: &str, style: Style) -> String {
        if self.color && !text.trim().is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn push(&mut self, indent: usize, line: &str) {
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }
}

fn style(ink: Ink) -> Style {
    match ink {
        Ink::Plain => Style::new(),
        Ink::Strong => Style::new().bold(),
        Ink::Faint => Style::new().dimmed(),
    }
}

/// Text from files, without what could drive a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '␣' } else { c }).collect()
}

/// Pieces of at most so many characters, broken at blanks where there are any; later pieces are `hanging` shorter.
fn wrap(text: &str, width: usize, hanging: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for word in text.split(' ') {
        let room = width - if pieces.is_empty() { 0 } else { hanging };
        if !piece.is_empty() && piece.chars().count() + 1 + word.chars().count() > room {
            pieces.push(std::mem::take(&mut piece));
        } else if !piece.is_empty() {
            piece.push(' ');
        }
        piece.push_str(word);
        // A word longer than a line has no blank to break at.
        while piece.chars().count() > width - if pieces.is_empty() { 0 } else { hanging } {
            let rest = piece.chars().skip(width - hanging).collect();
            let start = piece.chars().take(width - hanging).collect();
            pieces.push(start);
            piece = rest;
        }
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(text in "[a-zA-Z ğüşé,]{0,300}", indent in 0usize..20, points in any::<i32>()) {
            let mut sheet = TextSheet::new(false);
            sheet.text(indent, &text, Ink::Plain);
            sheet.pair("name", &text, 4);
            sheet.brief(indent, &text, "off");
            sheet.points(indent, &text, Points::from_hundredths(points.into()), false, Ink::Plain);
            for line in sheet.into_text().lines() {
                prop_assert!(line.chars().count() <= 100, "{line}");
            }
        }
    }
}
