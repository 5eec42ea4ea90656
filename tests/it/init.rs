//! `init`: from exports to a rulebook that runs without a hand between.

use proptest::prelude::*;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder with files, and the program run in it.
pub struct Folder(TempDir);

impl Folder {
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().expect("a folder can be made"));
        for (name, text) in files {
            std::fs::write(folder.path(name), text).expect("a file can be written");
        }
        folder
    }

    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    pub fn run(&self, args: &[&str]) -> Output {
        let command = &mut Command::new(env!("CARGO_BIN_EXE_leadscore"));
        command.current_dir(self.0.path()).env_clear().args(args).output().expect("the binary runs")
    }

    pub fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{args:?}\n{out}{err}");
        out.into_owned()
    }

    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// `init`, then what it says to run next, the tests and the check: all of it must pass.
    pub fn drafted(&self, files: &[&str]) -> String {
        let args = [&["init"], files, &["--out", "rules/mine.yaml"]].concat();
        let said = self.ok(&args);
        let next =
            said.lines().find_map(|line| line.trim().strip_prefix("leadscore score ")).expect("it says what to run");
        let next: Vec<&str> = ["score"].into_iter().chain(next.split(' ')).chain(["--out", "out", "-q"]).collect();
        self.ok(&next);
        self.ok(&["check", "rules/mine.yaml", "--fail-on", "warning"]);
        self.ok(&["test", "rules/mine.test.yaml"]);
        said
    }
}

#[test]
fn the_samples_score_without_a_hand_between() {
    let folder = Folder::with(&[]);
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    std::fs::create_dir(folder.path("exports")).expect("a folder can be made");
    for entry in std::fs::read_dir(&samples).expect("it is there") {
        let entry = entry.expect("it can be listed");
        std::fs::copy(entry.path(), folder.path("exports").join(entry.file_name())).expect("it can be copied");
    }
    let said = folder.drafted(&[
        "--leads",
        "exports/contacts.csv",
        "--table",
        "exports/accounts.csv",
        "--events",
        "web=exports/web-activity.csv",
        "--events",
        "exports/email-activity.csv",
        "--events",
        "exports/webinar-attendees.csv",
        "--events",
        "exports/crm-activities.csv",
        "--events",
        "exports/social-activity.csv",
        "--events",
        "exports/product-usage.csv",
        "--events",
        "exports/deals.csv",
    ]);
    insta::assert_snapshot!("init_samples_said", said);
    insta::assert_snapshot!("init_samples", folder.text("rules/mine.yaml"));
    insta::assert_snapshot!("init_samples_tests", folder.text("rules/mine.test.yaml"));
    let rejects = folder.text("out/rejects.csv");
    // Ids that are there twice, rows that were cut off, times that are none.
    assert!(rejects.lines().count() < 40, "{rejects}");
}

/// Counts and last dates in place of events, as a marketing tool exports its contacts.
const WIDE: &str = "E-Mail;Vorname;Position;Anzahl Mitarbeiter;Erstellt am;Letzte Aktivität;Anzahl der Seitenaufrufe\n\
    ana@firma.example;Ana;Geschäftsführerin;250;01.02.2024;03.03.2024;17\n\
    bo@gmail.com;Bo;Student;;14.02.2024;;2\n\
    cy@werk.example;Cy;Leiter Einkauf;1.200;20.02.2024;13.03.2024;40\n";

#[test]
fn a_wide_export_scores_without_events() {
    let folder = Folder::with(&[("leads.csv", WIDE)]);
    folder.drafted(&["--leads", "leads.csv"]);
    insta::assert_snapshot!(folder.text("rules/mine.yaml"));
}

#[test]
fn files_are_joined_by_the_values_they_share() {
    let folder = Folder::with(&[
        ("leads.csv", "Nr,Mail,Firma\nL1,a@x.example,F1\nL2,b@x.example,F2\nL3,c@x.example,F1\n"),
        ("firms.csv", "Code,Branche,Region\nF1,Handel,R1\nF2,Industrie,R2\nF3,Bau,R1\n"),
        ("regions.csv", "Key,Land\nR1,Polen\nR2,Italien\n"),
        (
            "visits.csv",
            "Adresse,Aktion,Wann\nA@x.example,Besuch,2024-03-01 10:00\nc@x.example,Besuch,2024-03-02 10:00\n",
        ),
        ("other.csv", "x,y\n1,2\n"),
    ]);
    let said = folder.drafted(&[
        "--leads",
        "leads.csv",
        "--table",
        "firms.csv",
        "--table",
        "regions.csv",
        "--events",
        "visits.csv",
        "--events",
        "other.csv",
    ]);
    let text = folder.text("rules/mine.yaml");
    assert!(text.contains("lead: { column: Adresse, by: email }"), "{text}");
    assert!(text.contains("key: Code") && text.contains("key: Key"), "{text}");
    assert!(said.contains("not used: other.csv: no column has ids or addresses of leads"), "{said}");
}

#[test]
fn a_header_among_the_rows_is_no_type_of_event() {
    let folder = Folder::with(&[
        ("leads.csv", "Id,Title,Created\n1,CEO,2026-01-01\n2,Head,2026-01-02\n"),
        ("web.csv", "Lead,Event,Time\n1,demo,2026-01-02 10:00\nLead,Event,Time\n2,demo,2026-01-03 10:00\n"),
    ]);
    folder.ok(&["init", "--leads", "leads.csv", "--events", "web.csv", "--out", "mine.yaml"]);
    let drafted = folder.text("mine.yaml");
    assert!(drafted.contains("event: demo,") && !drafted.contains("event: Event"), "{drafted}");
}

#[test]
fn what_no_cell_decides_is_said_where_it_stands() {
    let folder =
        Folder::with(&[("leads.csv", "id,Email,Created\n1,a@x.example,02/03/2024\n2,b@x.example,04/03/2024\n")]);
    let said = folder.drafted(&["--leads", "leads.csv"]);
    assert!(said.contains("decide: leads.csv, column Created: day or month first? No cell shows it."), "{said}");
    let text = folder.text("rules/mine.yaml");
    assert!(text.contains("# DECIDE: day or month first?"), "{text}");
}

#[test]
fn the_day_it_suggests_is_read_as_the_draft_reads_days() {
    let leads = "Id,Email,Created\n1,a@x.example,03/04/2026\n2,b@x.example,05/06/2026\n3,c@x.example,10/06/2026\n";
    let folder = Folder::with(&[("l.csv", leads)]);
    let said = folder.drafted(&["--leads", "l.csv"]);
    assert!(said.contains("The draft reads it as %m/%d/%Y"), "{said}");
    assert!(folder.text("out/scored.csv").contains("\n3,"), "no lead lies after the day it suggests: {said}");
}

#[test]
fn the_day_it_suggests_is_the_newest_of_all_forms() {
    let events =
        "Email,What,When\na@x.example,Call,03/04/2026\na@x.example,Call,04/03/2026\na@x.example,Call,2026-05-28\n";
    let folder = Folder::with(&[("l.csv", "Id,Email\n1,a@x.example\n2,b@x.example\n"), ("e.csv", events)]);
    let said = folder.drafted(&["--leads", "l.csv", "--events", "e.csv"]);
    assert!(said.contains("--as-of 2026-05-28"), "{said}");
}

#[test]
fn salesforce_ids_of_both_lengths_are_joined() {
    let rows = |n: usize, tail: &str| -> String {
        let rows: Vec<String> = (0..n).map(|n| format!("00Q5g000{n:07}{tail},2026-0{}-01\n", 1 + n % 3)).collect();
        rows.concat()
    };
    // Few enough to be held all, and so many that they are not.
    for (n, how) in [
        (30, "30 of 30 values (by their first 15 characters) belong to leads"),
        (5000, "its Salesforce ids (15 or 18 characters)"),
    ] {
        let leads = format!("Lead ID,Created Date\n{}", rows(n, ""));
        let events = format!("Lead ID,Date\n{}", rows(n, "AAA"));
        let folder = Folder::with(&[("leads.csv", leads.as_str()), ("calls.csv", events.as_str())]);
        let said = folder.drafted(&["--leads", "leads.csv", "--events", "calls.csv"]);
        assert!(said.contains(how), "{said}");
        let manifest = folder.text("out/manifest.json");
        assert!(manifest.contains("\"orphans\": 0"), "{manifest}");
    }
    let other = Folder::with(&[
        ("leads.csv", "Lead ID,Created\n00Q5g0000000001,2026-01-01\n"),
        ("calls.csv", "Lead ID,Date\n0035g0000000001AAA,2026-01-01\n"),
    ]);
    let said = other.drafted(&["--leads", "leads.csv", "--events", "calls.csv"]);
    assert!(said.contains("not used: calls.csv") || said.contains("by its header"), "contacts are no leads: {said}");
}

#[test]
fn ids_of_which_only_the_kind_is_the_same_do_not_beat_addresses_that_are_shared() {
    let leads: String = (0..5000).map(|n| format!("00Q5g000{n:07}AAA,p{n}@x.example\n")).collect::<Vec<_>>().concat();
    let events: String =
        (0..5000).map(|n| format!("00Q5g001{n:07}AAA,p{n}@x.example,2026-01-02\n")).collect::<Vec<_>>().concat();
    let folder = Folder::with(&[
        ("leads.csv", &format!("Lead ID,Email\n{leads}")),
        ("calls.csv", &format!("Lead ID,Email,Date\n{events}")),
    ]);
    folder.drafted(&["--leads", "leads.csv", "--events", "calls.csv"]);
    assert!(folder.text("rules/mine.yaml").contains("lead: { column: Email, by: email }"));
}

#[test]
fn a_rulebook_is_replaced_only_by_force() {
    let folder = Folder::with(&[("leads.csv", "id,Email\n1,a@x.example\n")]);
    folder.drafted(&["--leads", "leads.csv"]);
    std::fs::write(folder.path("rules/mine.yaml"), "mine").expect("it can be written");
    let output = folder.run(&["init", "--leads", "leads.csv", "--out", "rules/mine.yaml"]);
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&output.stderr).contains("already exists"), "{output:?}");
    assert_eq!(folder.text("rules/mine.yaml"), "mine");
    folder.ok(&["init", "--leads", "leads.csv", "--out", "rules/mine.yaml", "--force"]);
    assert!(folder.text("rules/mine.yaml").contains("rulebook: 1"));
}

#[test]
fn wrong_uses_say_what_to_do() {
    let folder = Folder::with(&[("leads.csv", "id,Email\n1,a@x.example\n"), ("empty.csv", "")]);
    let fails = |args: &[&str]| {
        let output = folder.run(args);
        format!("{:?} {}", output.status.code(), String::from_utf8_lossy(&output.stderr))
    };
    let of = |file: &str| fails(&["init", "--leads", file, "--out", "m.yaml"]);
    assert!(
        of("missing.csv").starts_with("Some(4) error: missing.csv: there is no such file"),
        "{}",
        of("missing.csv")
    );
    assert!(of("empty.csv").contains("the file is empty"), "{}", of("empty.csv"));
    let preset = fails(&["init", "--leads", "leads.csv", "--out", "m.yaml", "--preset", "hubspot-contact"]);
    assert!(preset.contains("did you mean `hubspot-contacts`?"), "{preset}");
    assert!(folder.ok(&["init", "--list"]).contains("hubspot-contacts"));
    assert!(!folder.path("m.yaml").exists(), "nothing is written on the way");
}

#[test]
fn the_command_it_prints_makes_room_for_as_many_rows_as_are_rejected() {
    // More ids than are held, some of them twice, rows that end early and times that can't be read.
    let leads: String = (0..6000)
        .map(|n| match n {
            _ if n % 31 == 0 => format!("K{n}\n"),
            _ if n % 17 == 0 => format!("K{},Ort {}\n", n - 1, n % 9),
            _ if n % 97 == 0 => format!(",Ort {}\n", n % 9),
            _ => format!("K{n},Ort {}\n", n % 9),
        })
        .collect();
    let time = |n: u32| if n.is_multiple_of(7) { "soon".to_owned() } else { format!("2024-03-{:02}", n % 28 + 1) };
    let calls = (0..300).map(|n| format!("K{n},call,{}\n", time(n))).collect::<Vec<_>>().concat();
    let folder = Folder::with(&[
        ("leads.csv", &format!("Kunde ID,Ort\n{leads}")),
        ("calls.csv", &format!("Kunde ID,Was,Wann\n{calls}")),
    ]);
    let said = folder.drafted(&["--leads", "leads.csv", "--events", "calls.csv"]);
    let room = said.lines().find_map(|line| line.trim().split_once("--max-rejects ")).expect("it makes room").1;
    let manifest: serde_json::Value = serde_json::from_str(&folder.text("out/manifest.json")).expect("it is JSON");
    let rejects = manifest["inputs"].as_array().expect("a list").iter().map(|file| file["rejects"].as_u64());
    assert_eq!(rejects.max().flatten().map(|n| n.to_string()).as_deref(), Some(room), "{said}");
    assert!(said.contains("about "), "an estimate says so: {said}");
}

#[test]
fn leads_of_which_none_can_be_used_score_all_the_same() {
    let folder = Folder::with(&[("leads.csv", "Nr,Mail,Firma\n5,z@x.example\n6,e@x.example\n")]);
    let said = folder.drafted(&["--leads", "leads.csv"]);
    assert!(said.contains("--max-rejects 2"), "{said}");
}

#[test]
fn a_draft_that_cannot_score_says_why_and_names_no_command() {
    let folder = Folder::with(&[
        ("leads.csv", "Nr,Mail\n5,z@x.example\n6,e@x.example\n"),
        ("calls-1.csv", "Nr,Was,Wann\n5,call,2024-03-01\n"),
        ("calls-2.csv", "Nr,Was\n6,call\n"),
    ]);
    let output = folder.run(&["init", "--leads", "leads.csv", "--events", "calls=calls-*.csv", "--out", "mine.yaml"]);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(4), "{out}{err}");
    assert!(err.contains("wrote mine.yaml, but it can't score yet: ") && err.contains("calls-2.csv"), "{err}");
    assert!(!out.contains("leadscore score"), "{out}");
    assert!(folder.text("mine.yaml").contains("rulebook: 1"));
}

#[test]
fn a_source_is_required() {
    let folder = Folder::with(&[
        ("leads.csv", "Nr,Mail\n5,z@x.example\n6,e@x.example\n"),
        ("calls.csv", "Nr,Was,Wann\n5,call,2024-03-01\n6,call,2024-03-02\n"),
    ]);
    folder.drafted(&["--leads", "leads.csv", "--events", "calls.csv"]);
    let text = folder.text("rules/mine.yaml");
    assert!(!text.lines().any(|line| line.trim() == "optional: true"), "{text}");
    std::fs::remove_file(folder.path("calls.csv")).expect("it is there");
    let output = folder.run(&["score", "rules/mine.yaml", "--out", "out"]);
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("calls.csv"), "{output:?}");
}

#[test]
fn a_footer_is_pinned_by_what_it_looks_like() {
    let sheet = |last: &str| format!("Mail,Firma,Ort\nz@zeta.example,Zeta,Ulm\ne@eta.example,Eta,Bonn\n{last}");
    let folder = Folder::with(&[("leads.csv", &sheet("Anzahl: 2\n"))]);
    let said = folder.drafted(&["--leads", "leads.csv"]);
    assert!(said.contains("leads.csv: not read: 1 row below the data: `Anzahl: 2`"), "{said}");
    let text = folder.text("rules/mine.yaml");
    assert!(
        text.contains("skip_last: auto")
            && text.contains("# lines below the data, if there are any; here: `Anzahl: 2`")
    );
    // The next export has none, and keeps its last lead.
    std::fs::write(folder.path("leads.csv"), sheet("i@iota.example,Iota,Kiel\n")).expect("it can be written");
    folder.ok(&["score", "rules/mine.yaml", "--out", "out", "-q"]);
    assert!(folder.text("out/scored.csv").contains("i@iota.example"));
    // A row that was cut off is no footer: it is rejected, and told.
    let cut = Folder::with(&[("leads.csv", &sheet("i@iota.example"))]);
    cut.drafted(&["--leads", "leads.csv"]);
    assert!(!cut.text("rules/mine.yaml").contains("; here: "), "{}", cut.text("rules/mine.yaml"));
    assert!(cut.text("out/rejects.csv").contains("ragged_row"), "{}", cut.text("out/rejects.csv"));
}

#[test]
fn many_rows_that_would_not_be_read_are_for_a_person_to_judge() {
    let titles = (1..=31).map(|n| format!("Filter {n}\n")).collect::<Vec<_>>().concat();
    let rows = (0..99).map(|n| format!("{n};p{n}@x.example;Ulm\n")).collect::<Vec<_>>().concat();
    let table = format!("Nr;Mail;Ort\n{rows}");
    let folder = Folder::with(&[("long.csv", &format!("{titles}{table}")), ("plain.csv", &table)]);
    let fails = |args: &[&str]| {
        let output = folder.run(args);
        format!("{:?} {}", output.status.code(), String::from_utf8_lossy(&output.stderr))
    };
    let told = [
        fails(&["inspect", "long.csv"]),
        fails(&["init", "--leads", "plain.csv", "--events", "calls=long.csv", "--out", "m.yaml"]),
        fails(&["init", "--leads", "long.csv", "--out", "m.yaml", "--skip-first", "call=31"]),
    ];
    insta::assert_snapshot!(told.join("\n"));
    folder.ok(&["inspect", "long.csv", "--skip-first", "31"]);
    folder.drafted(&["--leads", "long.csv", "--skip-first", "leads=31"]);
    assert!(folder.text("rules/mine.yaml").contains("skip_first: 31"));
    // A few are told and left out.
    let rows = |above: &str| format!("{above}\nNr;Was;Ort;Wert;Land\n7;a;Ulm;5;DE\n8;b;Bonn;6;DE\n9;c;Kiel;7;DE\n");
    let few = Folder::with(&[("title.csv", &rows("Stand vom Mai")), ("other.csv", &rows("Ort;Ulm;Bonn\nWert;5;6"))]);
    assert!(few.ok(&["inspect", "title.csv"]).contains("not read: 1 row above the header: `Stand vom Mai`"));
    assert!(
        few.ok(&["inspect", "other.csv"]).contains("not read: 2 rows above the header: `Ort;Ulm;Bonn` to `Wert;5;6`")
    );
}

/// Headers that mean something beside those that don't.
fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "id", "Email", "Name", "Company", "Created", "Country", "Phone", "Status", "Employees", "Lead Score", "Unsubscribed", "x",
            "Became MQL", "stage", "Job Title", "Source", "",
        ]).prop_map(str::to_owned),
        1 => "[A-Za-zäİ#:'\"{} -]{0,10}",
    ]
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "", "1", "2.5", "1,5", "a@x.example", "b@gmail.com", "2024-01-05", "03/04/2024", "13.04.2024", "Yes", "no", "N/A", "CEO",
            "Closed - Converted", "{a}", "# x", "a: b",
        ]).prop_map(str::to_owned),
        1 => "[A-Za-z0-9:'#{},\\[\\]&*!|>%@` -]{0,12}",
    ]
}

fn csv() -> impl Strategy<Value = String> {
    (1_usize..6).prop_flat_map(|width| {
        let rows = prop::collection::vec(prop::collection::vec(cell(), width), 1..8);
        (prop::collection::vec(header(), width), rows).prop_map(|(header, rows)| {
            let mut csv = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            std::iter::once(&header).chain(&rows).for_each(|row| csv.write_record(row).expect("memory"));
            String::from_utf8(csv.into_inner().expect("memory")).expect("text")
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever stands in the files: the rulebook is one, and scores wherever a row can be scored at all.
    #[test]
    fn any_file_makes_a_rulebook_that_runs(leads in csv(), events in csv()) {
        let folder = Folder::with(&[("leads.csv", &leads), ("events.csv", &events)]);
        let output = folder.run(&["init", "--leads", "leads.csv", "--events", "events.csv", "--out", "mine.yaml"]);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.code() == Some(4) {
            prop_assert!(error.contains("leads.csv") || error.contains("events.csv"), "{}", error);
            return Ok(());
        }
        if output.status.code() == Some(1) {
            prop_assert!(error.contains("these would not be read"), "{}", error);
            return Ok(());
        }
        prop_assert!(output.status.success(), "{}\n{}", error, leads);
        let scored = folder.run(&["score", "mine.yaml", "-q", "--out", "out"]);
        let error = String::from_utf8_lossy(&scored.stderr).into_owned();
        let is_bare = error.contains("of leads were rejected") || error.contains("no column") || error.contains("more than once");
        prop_assert!(scored.status.success() || is_bare, "{}\n{}\n{}", error, leads, folder.text("mine.yaml"));
        let tested = folder.run(&["test", "mine.test.yaml"]);
        prop_assert!(tested.status.success(), "{:?}", tested);
    }
}

#[test]
fn titles_are_worth_what_their_holders_decide() {
    let titles = [
        ("CMO", 20),
        ("Chief Marketing Officer", 20),
        ("President", 20),
        ("SVP Sales", 20),
        ("Managing Partner", 20),
        ("Geschäftsführer", 20),
        ("Genel Müdür", 20),
        ("Assistant to the President", 0),
        ("Product Owner", 10),
        ("Partner Manager", 10),
        ("Head Nurse", 10),
        ("Service Agent", 0),
    ];
    let rows: Vec<String> = titles.iter().enumerate().map(|(n, (title, _))| format!("{n},{title}\n")).collect();
    let rows = rows.concat();
    let leads = format!("Lead ID,Job Title\n{rows}");
    let folder = Folder::with(&[("leads.csv", leads.as_str())]);
    folder.drafted(&["--leads", "leads.csv"]);
    let scored = folder.text("out/scored.csv");
    for (n, (title, points)) in titles.iter().enumerate() {
        let row = scored.lines().find(|line| line.starts_with(&format!("{n},"))).unwrap_or_default();
        assert!(
            row.split(',').any(|cell| cell == format!("{points}") || cell == format!("{points}.00")),
            "{title}: {row}"
        );
    }
}

#[test]
fn what_two_columns_or_files_say_gives_points_once() {
    let leads = "Id,Email,Unsubscribed from all email,Page Views\n1,a@x.example,true,3\n2,b@x.example,false,9\n";
    let events = "Email,Activity,Date\na@x.example,Unsubscribed,2026-03-01\nb@x.example,Page viewed,2026-03-02\n\
        b@x.example,Status changed,2026-03-02\n";
    let folder = Folder::with(&[("l.csv", leads), ("e.csv", events)]);
    let said = folder.drafted(&["--leads", "l.csv", "--events", "e.csv"]);
    assert!(
        said.contains("without points: Unsubscribed in e: the column Unsubscribed from all email says the same"),
        "{said}"
    );
    assert!(said.contains("without points: Page Views: the events Page viewed in e say the same"), "{said}");
    assert!(said.contains("not engagement, so without points: "), "{said}");
    let text = folder.text("rules/mine.yaml");
    assert_eq!(text.matches("id: unsubscribed").count(), 1, "{text}");
}

#[test]
fn a_draft_that_gives_no_points_says_so() {
    let folder = Folder::with(&[("l.csv", "Number,Colour\n1,red\n2,blue\n3,red\n")]);
    let said = folder.drafted(&["--leads", "l.csv"]);
    assert!(said.contains("so every lead gets 0"), "{said}");
}
