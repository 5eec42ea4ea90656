//! `inspect`: what is in a file that nobody has described yet.

use leadscore::inspect::{FileProfile, Looking, inspect};
use leadscore::output::{inspect_json, inspect_text};
use proptest::prelude::*;
use std::path::Path;
use tempfile::TempDir;

fn looking() -> Looking {
    Looking { encoding: None, delimiter: None, threads: 2, block_bytes: 1 << 16 }
}

fn looked_into(bytes: &[u8], looking: &Looking) -> FileProfile {
    let folder = TempDir::new().expect("a folder can be made");
    let path = folder.path().join("x.csv");
    std::fs::write(&path, bytes).expect("a file can be written");
    let mut profile = inspect(&path, looking).expect("it can be read");
    profile.path = "x.csv".into();
    profile
}

/// What is found, without roles.
fn text(bytes: impl AsRef<[u8]>) -> String {
    let profile = looked_into(bytes.as_ref(), &looking());
    inspect_text(&profile, &vec![String::new(); profile.columns.len()])
}

#[test]
fn the_samples() {
    let of = |name: &str| {
        let profile = inspect(&Path::new("sample-data").join(name), &looking()).expect("it can be read");
        inspect_text(&profile, &vec![String::new(); profile.columns.len()])
    };
    let names = ["webinar-attendees.csv", "contacts.csv", "product-usage.csv", "crm-activities.csv", "deals.csv"];
    insta::assert_snapshot!(names.map(of).join("\n"));
}

/// A report as a program of today writes it: lines above and below, one of everything in between.
const REPORT: &str = "Leads this year;;;;;;;;;\nMade on 31.05.2026;;;;;;;;;\n\n\
    Nr;Erstellt;Geändert;Umsatz;Newsletter;Interessen;Adresse;Seite;Kontakt;Letzter Besuch\n\
    007;01.02.2026;1/2/2026;1.234,5;Ja;SAP, AWS;Ana@x.example;https://a.example/;15. März 2026;1767225600\n\
    008;02.03.2026;3/4/2026;7;Nein;AWS;bo@x.example;/preise;1. Mai 2026;1767312000\n\
    009;13.03.2026;5/6/2026;n/a;Ja;SAP, AWS;cy@x.example;www.a.example;2. Dez 2026;1767398400\n\
    010;14.03.2026;;k.A.;;SAP, AWS, Azure;kaputt;;;\n\n\
    Summe;;;1.241,5;;;;;;\nConfidential;;;;;;;;;\n";

#[test]
fn a_report_with_everything() {
    insta::assert_snapshot!(text(REPORT));
}

#[test]
fn for_machines() {
    let profile = looked_into(REPORT.as_bytes(), &looking());
    let roles = vec![String::new(); profile.columns.len()];
    insta::assert_snapshot!(format!("{:#}", inspect_json(&[(&profile, &roles)])));
}

#[test]
fn only_a_cell_above_12_decides_about_the_order() {
    let order = |cells: &str| text(format!("id,on\n{cells}"));
    assert!(order("1,02/03/2026\n2,13/03/2026\n").contains("%d/%m/%Y, day first"));
    assert!(order("1,02/03/2026\n2,03/13/2026\n").contains("%m/%d/%Y, month first"));
    let open = order("1,02/03/2026\n2,03/12/2026\n");
    assert!(open.contains("ambiguous: say which"), "{open}");
    assert!(open.contains("on: day or month first? No cell decides. Say which: %d/%m/%Y or %m/%d/%Y"), "{open}");
    // The one cell that decides stands far down, and most of its values are not held.
    let many = (0..9_000).map(|n| format!("{n},0{}/0{}/2026 {:02}:{:02}\n", n % 9 + 1, n % 8 + 1, n / 60 % 24, n % 60));
    let many: String = many.collect();
    assert!(order(&many).contains("ambiguous"), "{}", order(&many));
    assert!(order(&format!("{many}x,31/01/2026 00:00\n")).contains("day first"));
}

#[test]
fn many_rows_are_counted_and_estimated() {
    let rows: Vec<String> = (0..20_000).map(|n| format!("{n},{},u{}@x.example\n", n % 7, n % 9_000)).collect();
    let rows = rows.concat();
    let shown = text(format!("id,kind,mail\n{rows}20000,x,broken\n"));
    assert!(shown.contains("20,001 rows"), "{shown}");
    assert!(shown.contains("0 to 20000"), "ranges are exact: {shown}");
    assert!(shown.contains("mail: 1 of 20,001 cells can't be read so"), "{shown}");
    assert!(shown.contains("~: more than 4,096 distinct values"), "{shown}");
}

#[test]
fn what_is_no_table_is_said() {
    let folder = TempDir::new().expect("a folder can be made");
    let of = |name: &str, bytes: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file can be written");
        inspect(&path, &looking()).map(drop).map_err(|error| error.to_string()).expect_err("no table")
    };
    assert!(of("empty.csv", "").ends_with("the file is empty: not even a header"));
    assert!(of("page.csv", "<html></html>").contains("this is a web page"));
    assert!(of("open.csv", "id,name\n1,\"A\n").contains("never closed"));
}

/// Cells as exports have them, and worse.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec!["", "a", "N/A", "1", "1,5", "0", "12/11/2026", "13.02.2026", "x@y.z", "Total", "\"", "ja"])
            .prop_map(str::to_owned),
        1 => "[a-z0-9@./ -]{0,12}",
    ]
}

fn csv() -> impl Strategy<Value = String> {
    let row = prop::collection::vec(cell(), 1..5);
    prop::collection::vec(row, 1..60).prop_map(|rows| {
        let written = |row: &Vec<String>| {
            let cells = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            cells.collect::<Vec<_>>().join(";")
        };
        format!("first;second;third\n{}\n", rows.iter().map(written).collect::<Vec<_>>().join("\n"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn threads_and_block_size_change_nothing(csv in csv(), threads in 1_usize..4, block_bytes in 16_usize..400) {
        let found = |looking: &Looking| {
            let profile = looked_into(csv.as_bytes(), looking);
            let roles = vec![String::new(); profile.columns.len()];
            format!("{}{}", inspect_text(&profile, &roles), inspect_json(&[(&profile, &roles)]))
        };
        prop_assert_eq!(found(&looking()), found(&Looking { threads, block_bytes, ..looking() }));
    }
}
