//! The report on paper: the shipped rulebook on the sample data fits a few pages of A4, in letters that can be read.

use super::chromium;
use crate::samples::{folder, run};
use std::process::Command;

/// More pages than these nobody reads.
const MOST_PAGES: usize = 12;

#[test]
#[expect(clippy::print_stderr, reason = "who runs the tests should know what was left out")]
fn the_report_on_the_sample_data_fits_twelve_pages() {
    let Some(browser) = chromium() else {
        eprintln!("skipped: there is no chromium to print report.html with");
        return;
    };
    let folder = folder();
    assert!(run(&folder, &["score", "rules/b2b-saas.yaml", "--as-of", "2026-06-01"]).status.success());
    let page = folder.path().join("out").join("report.html");
    let paper = folder.path().join("report.pdf");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", folder.path().join("user").display()))
        .arg(format!("--print-to-pdf={}", paper.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let bytes = std::fs::read(&paper).expect("the browser prints");
    let n_pages = n_pages(&bytes);
    assert!((2..=MOST_PAGES).contains(&n_pages), "{n_pages} pages");
}

/// Each page is an object of the type `Page`, all together one of the type `Pages`.
fn n_pages(pdf: &[u8]) -> usize {
    let name = b"/Type /Page";
    pdf.windows(name.len() + 1).filter(|bytes| bytes.starts_with(name) && bytes[name.len()] != b's').count()
}

#[test]
fn letters_on_paper_are_nine_points_high_or_more() {
    let style = include_str!("../../../src/present/html/style.css");
    let (screen, print) = style.split_once("@media print {").expect("there is a style for paper");
    let sizes = |style: &str, unit: &str| -> Vec<f64> {
        let sizes = style.split(['{', '}', ';']).filter_map(|rule| {
            let (name, value) = rule.split_once(':')?;
            let size = value.trim().split(['/', ' ']).next()?.strip_suffix(unit)?.parse().ok()?;
            ["font-size", "font"].contains(&name.trim()).then_some(size)
        });
        sizes.collect()
    };
    let printed = sizes(print, "pt");
    assert!(printed.len() > 5 && printed.iter().all(|size| *size >= 9.0), "{printed:?}");
    // Charts are lettered in pixels, on paper too: 12 of them are 9 points.
    let drawn = sizes(screen.split_once("svg.chart").expect("charts have letters").1, "px");
    assert!(!drawn.is_empty() && drawn.iter().all(|size| *size >= 12.0), "{drawn:?}");
}
