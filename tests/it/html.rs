//! `report.html`: every figure and definition stands in it, names stay names, and a browser finds nothing wrong with it.

mod made;
mod paper;

use leadscore::present::Block;
use leadscore::present::html;
use leadscore::present::markdown;
use leadscore::present::report as document;
use leadscore::report::Report;
use made::{Made, bare};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::process::Command;

fn reports() -> [(&'static str, Report); 4] {
    [
        ("bare", bare()),
        ("tiny", Made::new(11, 1).report()),
        ("usual", Made::new(12_340, 1).report()),
        ("large", Made::new(2_000_000, 30).report()),
    ]
}

fn report_html(report: &Report) -> String {
    html(&document(report))
}

#[test]
fn each_word_is_defined_once_and_in_every_form() {
    let document = document(&Made::new(12_340, 1).report());
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let terms: Vec<&str> = blocks
        .filter_map(|block| if let Block::Definition { term, .. } = block { Some(*term) } else { None })
        .collect();
    let unique: std::collections::BTreeSet<&&str> = terms.iter().collect();
    assert_eq!((terms.len(), unique.len()), (29, 29), "{terms:?}");
    let (html, markdown) = (html(&document), markdown(&document));
    for term in terms {
        assert_eq!(html.matches(&format!("<b>{term}.</b> ")).count(), 1, "{term}");
        assert_eq!(markdown.matches(&format!("_{term}:_ ")).count(), 1, "{term}");
    }
}

#[test]
fn the_page_says_what_is_not_known() {
    let html = report_html(&bare());
    for (part, why) in [
        ("<dt><bdi>Customers</bdi></dt><dd>n/a</dd>", "customers are not known"),
        ("names no path, so there is no funnel", "no path"),
        ("The rulebook has no <code>value</code>", "no value"),
        ("No lead was scored", "no lead"),
    ] {
        assert!(html.contains(part), "{why}");
    }
    let tiny = report_html(&Made::new(11, 1).report());
    assert!(tiny.contains("<span class=\"absent\">too few</span>"));
    assert!(tiny.contains("<span class=\"absent\">not reached</span>"));
}

#[test]
fn the_chain_shows_its_factors_and_marks_what_is_stated() {
    let html = report_html(&Made::new(12_340, 1).report());
    let chain = html.split("<p class=\"chain\">").nth(1).and_then(|rest| rest.split("</p>").next());
    let chain = chain.expect("there is a chain");
    for part in ["20,000 USD", "25.00 %", "(stated; measured: ", "40.00 %", "= <b>2,000 USD</b>"] {
        assert!(chain.contains(part), "{part}: {chain}");
    }
}

/// Elements nest, ids are unique, every reference has its id, and nothing points elsewhere.
fn check_form(html: &str) -> Result<(), TestCaseError> {
    let body = html.split_once("</style>").map_or(html, |(_, rest)| rest);
    let mut open = Vec::new();
    for tag in body.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("every tag ends");
        let name = tag.split([' ', '\n']).next().unwrap_or(tag);
        match tag.strip_prefix('/') {
            Some("head" | "html") if open.is_empty() => {}
            Some(ended) => prop_assert_eq!(open.pop(), Some(ended)),
            None if ["br", "meta", "!DOCTYPE"].contains(&name) => {}
            None => open.push(name),
        }
    }
    prop_assert!(open.is_empty(), "{:?}", open);
    let after = |attribute: &str| -> Vec<String> {
        let opening = format!(" {attribute}=\"");
        let values = body.split(&opening).skip(1);
        values.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
    };
    let ids = after("id");
    let unique: std::collections::BTreeSet<&String> = ids.iter().collect();
    prop_assert_eq!(unique.len(), ids.len());
    for reference in after("aria-labelledby").iter().flat_map(|ids| ids.split(' ')) {
        prop_assert!(ids.iter().any(|id| id == reference), "{}", reference);
    }
    for reference in after("href") {
        prop_assert!(
            reference.strip_prefix('#').is_some_and(|id| ids.iter().any(|known| known == id)),
            "{}",
            reference
        );
    }
    // Names may say anything; what stands in a tag outside of quotes is ours.
    for tag in body.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let ours: String = tag.split('"').step_by(2).collect();
        for elsewhere in ["script", "img", "link", "iframe", " src=", " style=", " on"] {
            prop_assert!(!ours.starts_with(elsewhere) && !ours.contains(&format!(" {}", elsewhere.trim())), "{}", tag);
        }
    }
    let style = html.split("</style>").next().unwrap_or(html);
    prop_assert!(!style.contains("url(") && !style.contains("@import"));
    Ok(())
}

#[test]
fn pages_are_well_formed_and_repeat_to_the_byte() {
    for (name, report) in reports() {
        let html = report_html(&report);
        check_form(&html).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(html, report_html(&report.clone()), "{name}");
        assert!(html.len() < 3_000_000, "{name}: {} bytes", html.len());
        assert!(!html.contains("NaN"), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever names hold, they open no element, end none, and turn no line.
    #[test]
    fn names_stay_text(suffix in prop_oneof![
        Just("</script><img src=x onerror=alert(1)>".to_owned()),
        Just("\" onerror=\"alert(1)".to_owned()),
        Just("</title></style><script>".to_owned()),
        Just("<!--".to_owned()),
        Just("]]>&#x3c;b".to_owned()),
        Just(" عميل \u{202e}abc\u{2066}".to_owned()),
        Just("`a` `b".to_owned()),
        Just("#".to_owned()),
        "\\PC{0,12}",
        "[\\x00-\\x1f\\x7f-\\x9f<>&\"']{0,8}",
    ]) {
        let made = Made { suffix: suffix.clone(), n: 500, times: 1 };
        let html = report_html(&made.report());
        check_form(&html)?;
        let has_turns = html.contains(['\u{202e}', '\u{2066}', '\u{0}', '\u{1b}']);
        prop_assert!(!has_turns);
        // Seen where a name stands alone, it is whole.
        let written = suffix
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;");
        let turns = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || "\u{202e}\u{2066}".contains(c);
        let heading = format!("<h1>Lead report: <bdi>B2B SaaS{}</bdi></h1>", written.replace(turns, "\u{fffd}"));
        prop_assert!(html.contains(&heading), "{}", heading);
    }
}

/// The browser, if there is one.
fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).flat_map(|folder| names.map(|name| folder.join(name))).find(|path| path.is_file())
}

/// What a page made the browser say and ask for.
struct Visit {
    console: Vec<String>,
    requests: Vec<String>,
    dom: String,
}

/// Opens a page and waits until it is complete.
fn visit(browser: &Path, page: &Path) -> Visit {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("network.json");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--enable-logging=stderr",
        ])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().join("user").display()))
        .arg(format!("--log-net-log={}", log.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser starts");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let network = std::fs::read_to_string(&log).expect("the browser writes what it asked for");
    // What the browser asks on its own account comes from no page.
    let is_pages = |line: &&str| line.contains("\"initiator\":") && !line.contains("\"initiator\":\"not an origin\"");
    let is_outside = |line: &&str| line.contains("\"url\":\"") && !line.contains("\"url\":\"file:");
    Visit {
        console: told.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned).collect(),
        requests: network.lines().filter(is_pages).filter(is_outside).map(str::to_owned).collect(),
        dom: String::from_utf8_lossy(&output.stdout).into_owned(),
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "who runs the tests should know what was left out")]
fn a_browser_finds_nothing_wrong_and_is_asked_for_nothing() {
    let Some(browser) = chromium() else {
        eprintln!("skipped: there is no chromium to look at report.html with");
        return;
    };
    // The pages stay there, for a person to look at.
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let page = |name: &str, html: &str| {
        let path = folder.join(format!("{name}.html"));
        std::fs::write(&path, html).expect("the page is written");
        path
    };
    let faulty = "<!DOCTYPE html><img src=\"http://127.0.0.1:9/x.png\"><script>console.error('oh')</script>";
    let seen = visit(&browser, &page("faulty", faulty));
    assert!(seen.console.len() == 1 && !seen.requests.is_empty(), "{:?} {:?}", seen.console, seen.requests);
    let hostile = Made { suffix: "</bdi><img src=http://127.0.0.1:9/x onerror=alert(1)>".to_owned(), n: 500, times: 1 };
    for (name, report) in reports().into_iter().chain([("hostile", hostile.report())]) {
        let html = report_html(&report);
        let seen = visit(&browser, &page(&format!("report-{name}"), &html));
        assert_eq!((seen.console, seen.requests), (Vec::new(), Vec::new()), "{name}");
        assert!(seen.dom.contains("</footer>") && !seen.dom.contains("<img"), "{name}");
    }
}
