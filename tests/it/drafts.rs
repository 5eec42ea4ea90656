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

#[test]
fn of_columns_with_one_header_each_is_named() {
    let text = "Id,Created,Country,Country,Id,Job Title\n7,2026-01-02,Poland,PL,x,CEO\n8,2026-01-03,Poland,PL,y,CTO\n";
    let events = "Id,When,When,What\n7,2026-01-05,,demo\n8,2026-01-06,2026-01-07,demo\n";
    let folder = Folder::with(&[("leads.csv", text), ("calls.csv", events)]);
    folder.drafted(&["--leads", "leads.csv", "--events", "calls.csv"]);
    let text = folder.text("rules/mine.yaml");
    for line in ["id: { name: Id, nth: 1 }", "country: { name: Country, nth: 1 }", "time: { name: When, nth: 1 }"] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(folder.text("out/scored.csv").contains("\n7,"));
}

#[test]
fn merged_leads_further_addresses_and_versions_of_a_row_find_each_other() {
    let leads = "Record ID,Email,Merged record IDs,Additional email addresses,Create Date,Last Modified Date\n\
        101,a@x.example,17;18,a2@x.example,2026-01-01,2026-03-01\n\
        102,b@x.example,,b2@x.example;b3@x.example,2026-01-01,2026-03-02\n\
        103,c@x.example,19,,2026-01-01,2026-03-03\n\
        103,c@x.example,19,,2026-01-01,2026-02-03\n";
    let mails = "Recipient,Event,Time\na@x.example,demo,2026-02-01\nb3@x.example,demo,2026-02-02\na2@x.example,demo,2026-02-03\n";
    let calls = "Contact ID,Event,Time\n101,call,2026-02-01\n19,call,2026-02-02\n103,call,2026-02-05\n";
    let folder = Folder::with(&[("leads.csv", leads), ("mails.csv", mails), ("calls.csv", calls)]);
    let said = folder.drafted(&["--leads", "leads.csv", "--events", "mails.csv", "--events", "calls.csv"]);
    assert!(!said.contains("--max-rejects"), "versions are no rejects: {said}");
    let text = folder.text("rules/mine.yaml");
    let lines = ["id:", "newest:", "former_ids:", "other_emails:", "modified:", "lead:"];
    let shown = text.lines().map(str::trim).filter(|line| lines.iter().any(|start| line.starts_with(start)));
    insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n"));
    let manifest = folder.text("out/manifest.json");
    assert!(manifest.contains("\"orphans\": 0") && !manifest.contains("\"orphans\": 1"), "{manifest}");
    // The row that a merge left behind names the one that stayed: the other way round.
    let other = leads.replace("Merged record IDs", "MasterRecordId");
    let folder = Folder::with(&[("leads.csv", &other)]);
    folder.drafted(&["--leads", "leads.csv"]);
    assert!(!folder.text("rules/mine.yaml").contains("former_ids"));
}

#[test]
fn spellings_of_one_thing_become_one_and_nothing_else_does() {
    let columns: [(&str, &[&str]); 3] = [
        ("Country", &["USA", "U.S.", "United States", "United States", "usa", "Polska", "Poland", "Niger", "Nigeria"]),
        ("Lead Source", &["Google Ads", "google-ads", "GoogleAds", "Google", "Referral", "Referrals"]),
        ("Industry", &["Software", "software", "Retail"]),
    ];
    let folder = Folder::with(&[("leads.csv", &leads(&columns))]);
    folder.drafted(&["--leads", "leads.csv"]);
    let text = folder.text("rules/mine.yaml");
    let (_, from) = text.split_once("  fields:\n").expect("fields");
    let (_, fit) = text.split_once("\n  fit:\n").expect("points");
    let (fields, fit) = (from.split_once("\n\n").expect("an end").0, fit.split_once("\n  # What").expect("an end").0);
    insta::assert_snapshot!(format!("{fields}\n...\n{fit}"));
    let scored = folder.text("out/scored.csv");
    assert!(scored.lines().count() == 61, "{scored}");
}

#[test]
fn what_mail_scanners_do_is_set_aside_where_the_times_show_seconds() {
    let leads = "Id,Email,Created\n1,a@x.example,2026-01-01\n2,b@x.example,2026-01-02\n3,c@x.example,2026-01-02\n";
    let mail = |seconds: &str| {
        let rows = ["a@x.example", "b@x.example", "c@x.example"].map(|address| {
            ["email_sent", "email_open", "email_click"]
                .map(|kind| format!("{address},{kind},2026-02-01T10:00:{seconds}Z,Spring\n"))
                .concat()
        });
        format!("Recipient,Event Type,Occurred At,Campaign\n{}", rows.concat())
    };
    let (exact, whole) = (mail("07"), mail("00"));
    let folder = Folder::with(&[("leads.csv", leads), ("mail.csv", &exact), ("whole.csv", &whole)]);
    folder.drafted(&["--leads", "leads.csv", "--events", "mail.csv"]);
    let text = folder.text("rules/mine.yaml");
    assert!(
        text.contains("- { event: [email_click, email_open], after: email_sent, within: 15s, same: campaign }"),
        "{text}"
    );
    assert!(folder.text("out/manifest.json").contains("\"automated\": 6"), "{}", folder.text("out/manifest.json"));
    std::fs::remove_dir_all(folder.path("rules")).expect("it is there");
    folder.drafted(&["--leads", "leads.csv", "--events", "whole.csv"]);
    assert!(!folder.text("rules/mine.yaml").contains("automated"));
}

#[test]
fn returns_losses_owners_and_our_own_people_are_in_the_report() {
    let rows = (0..40).map(|n| {
        let (became, lost) = if n % 4 == 0 { ("2026-02-03", "2026-03-03") } else { ("", "") };
        let recycled = if n % 5 == 0 { "2026-02-20" } else { "" };
        format!(
            "{n},p{n}@firm{}.example,2026-01-0{},{became},{lost},No budget,{recycled},Too early,{},{}\n",
            n % 3,
            n % 9 + 1,
            ["Ana", "Bo"][n % 2],
            if n % 8 == 1 { "2026-03-09" } else { "" }
        )
    });
    let leads = format!(
        "Id,Email,Created,Became MQL,Lost Date,Closed Lost Reason,Recycled Date,Recycle Reason,Owner,Became a Customer Date\n{}",
        rows.collect::<String>()
    );
    let folder = Folder::with(&[("leads.csv", &leads), ("plain.csv", "Id,Title\n1,CEO\n2,CTO\n")]);
    let args = ["--leads", "leads.csv", "--own-domain", "firm1.example", "--own-domain", "@Firm9.example"];
    folder.drafted(&args);
    let text = folder.text("rules/mine.yaml");
    let (_, stages) = text.split_once("\nstages:\n").expect("stages");
    insta::assert_snapshot!(stages.split_once("\n# crm.csv").expect("an export").0);
    assert!(text.contains("our-domains: [firm1.example, firm9.example]"), "{text}");
    assert!(text.contains("--own-domain firm1.example --own-domain firm9.example"), "{text}");
    let report = folder.text("out/report.md");
    assert!(report.contains("Given back") && report.contains("Too early"), "{report}");
    // Without addresses no domain shows who is ours.
    std::fs::remove_dir_all(folder.path("rules")).expect("it is there");
    let said = folder.drafted(&["--leads", "plain.csv", "--own-domain", "firm.example"]);
    assert!(said.contains("decide: which leads are your own people?"), "{said}");
    let output = folder.run(&["init", "--leads", "leads.csv", "--out", "m.yaml", "--own-domain", "me@firm.example"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("such as firm.example"), "{output:?}");
}
