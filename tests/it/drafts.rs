//! What `init` drafts of the newer parts of the language: each only where the cells show it, and in a rulebook that runs as it is.

use super::init::Folder;

/// The drafted lines of the leads' fields that begin with these names, comments behind them included.
fn fields(text: &str, names: &[&str]) -> String {
    let is_one = |line: &&str| {
        let line = line.trim_start().trim_start_matches("# ");
        names.iter().any(|name| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(':')))
    };
    let decided = |line: &&str| line.trim_start().starts_with("# DECIDE");
    text.lines().filter(|line| is_one(line) || decided(line)).map(str::trim).collect::<Vec<_>>().join("\n")
}

/// Columns, each with what its cells repeat, as a leads file of sixty rows with ids and dates.
fn leads(columns: &[(&str, &[&str])]) -> String {
    let header: Vec<&str> = ["Id", "Created"].into_iter().chain(columns.iter().map(|(header, _)| *header)).collect();
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(&header).expect("memory");
    for row in 0..60 {
        let fixed = [format!("K{}", 100 + row), format!("2026-01-{:02}", row % 28 + 1)];
        let cells = columns.iter().map(|(_, cells)| cells[row % cells.len()].replace('#', &format!("{row:02}")));
        csv.write_record(fixed.into_iter().chain(cells)).expect("memory");
    }
    String::from_utf8(csv.into_inner().expect("memory")).expect("text")
}

#[test]
fn sizes_amounts_phones_and_lists_of_addresses_are_read_as_what_they_are() {
    let columns: [(&str, &[&str]); 8] = [
        ("Email", &["p#@firm.example", "q#@work.example; r#@work.example"]),
        ("Company size", &["1-10", "11-50", "51-200", "1,001-5,000", "10,000+", "300"]),
        ("Annual Revenue", &["€1,200,000", "EUR 30,000", "500000"]),
        ("Phone", &["+90 532 100 00 #", "0090 532 100 01 #", "0532 100 02 #", "(0532) 100 03 # ext. 4", ""]),
        ("Mobile", &["+49 151 23456#", "+48 601 234 5#", "0048 602 234 5#"]),
        ("Deal Amount", &["$1,000", "2,500"]),
        ("Other Amount", &["$100", "€200"]),
        ("Growth", &["5%", "7.5%"]),
    ];
    let folder = Folder::with(&[("leads.csv", &leads(&columns))]);
    folder.drafted(&["--leads", "leads.csv"]);
    let text = folder.text("rules/mine.yaml");
    insta::assert_snapshot!(fields(
        &text,
        &["email", "employees", "revenue", "phone", "mobile", "amount", "amount_2", "other_amount", "growth"]
    ));
}

#[test]
fn what_no_cell_shows_of_phones_and_amounts_is_asked_or_left_alone() {
    let columns: [(&str, &[&str]); 4] = [
        ("Phone", &["532 100 10 #", "+90 532 100 00 #", "+49 151 23456#", "+48 601 234 5#"]),
        ("Employees", &["1-10", "many", "a few"]),
        ("Annual Revenue", &["$100", "€200", "300"]),
        ("Mobile", &["none", "ask Ana"]),
    ];
    let folder = Folder::with(&[("leads.csv", &leads(&columns))]);
    let said = folder.drafted(&["--leads", "leads.csv"]);
    assert!(
        said.contains("decide: leads.csv, column Phone: which country are numbers such as 532 100 10 00 from?"),
        "{said}"
    );
    insta::assert_snapshot!(fields(&folder.text("rules/mine.yaml"), &["phone", "employees", "revenue", "mobile"]));
}

#[test]
fn the_country_of_phones_comes_from_what_shows_it() {
    let national: &[&str] = &["030 123456#", "0171 2345678"];
    for (header, cells, because) in [
        ("Country", &["Germany", "Deutschland", "DE"][..], "the country of nearly all leads, by Country"),
        ("Land", &["Polen", "Italien", "Deutschland"], "guessed from the language of the headers: write your country"),
    ] {
        let columns: [(&str, &[&str]); 3] = [("Telefon", national), (header, cells), ("Vorname", &["Ana", "Bo"])];
        let folder = Folder::with(&[("leads.csv", &leads(&columns))]);
        folder.drafted(&["--leads", "leads.csv"]);
        let text = fields(&folder.text("rules/mine.yaml"), &["phone"]);
        assert!(text.contains("country: DE }") && text.contains(because), "{text}");
    }
}
