//! `inspect`: what is in a file that nobody has described yet.

use leadscore::inspect_json;
use leadscore::present::inspected;
use leadscore::present::terminal;
use leadscore::{FileProfile, Looking, inspect};
use proptest::prelude::*;
use std::path::Path;
use tempfile::TempDir;

fn looking() -> Looking {
    Looking { encoding: None, delimiter: None, skip_first: None, skip_last: None, threads: 2, block_bytes: 1 << 16 }
}

fn looked_into(bytes: &[u8], looking: &Looking) -> FileProfile {
    let folder = TempDir::new().expect("a folder can be made");
    let path = folder.path().join("x.csv");
    std::fs::write(&path, bytes).expect("a file can be written");
    let mut profile = inspect(&path, looking).expect("it can be read");
    profile.path = "x.csv".into();
    profile
}

/// What is found, as text.
fn inspect_text(profile: &FileProfile, roles: &[String]) -> String {
    terminal(&inspected(&[(profile, roles)]), false)
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
    insta::assert_snapshot!(inspect_json(&[(&profile, &roles)]).trim_end());
}

#[test]
fn only_a_cell_above_12_decides_about_the_order() {
    let order = |cells: &str| text(format!("id,on\n{cells}"));
    assert!(order("1,02/03/2026\n2,13/03/2026\n").contains("%d/%m/%Y, day first"));
    assert!(order("1,02/03/2026\n2,03/13/2026\n").contains("%m/%d/%Y, month first"));
    let open = order("1,02/03/2026\n2,03/12/2026\n");
    assert!(open.contains("ambiguous"), "{open}");
    let note = "on: day or month first? No cell shows it. leadscore reads it as %m/%d/%Y; if the day comes first, write %d/%m/%Y";
    assert!(open.contains(note) && open.contains("2026-02-03 to 2026-03-12"), "the header is English: {open}");
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
    assert!(shown.contains("mail: 1 of 20,001 cells can't be read as this type"), "{shown}");
    assert!(shown.contains("~: the column has more than 4,096 distinct values"), "{shown}");
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

#[test]
fn the_delimiter_is_the_one_that_scoring_reads_with() {
    let first = |csv: &str| text(csv).lines().skip(1).take(2).map(str::trim).collect::<Vec<_>>().join(" / ");
    let street =
        "Nr;Firma;Ort\n7;Zeta;Weg 1, Hof 2, Ulm, DE\n8;Eta;Weg 3, Hof 4, Bonn, DE\n9;Iota;Weg 5, Hof 6, Kiel, DE\n";
    assert_eq!(first(street), "ASCII, ';'; 3 rows / header on line 1".replace("ASCII", "UTF-8"));
    let tagged = "Nr,Firma,Tags\n7,Zeta,a;b;c;d\n8,Eta,a;b;c;e\n";
    assert_eq!(first(tagged), "UTF-8, ','; 2 rows / header on line 1");
    let json =
        "Nr|Was|Mehr\n7|visit|{\"a\":1,\"b\":2,\"c\":\"x\",\"d\":4}\n8|visit|{\"a\":1,\"b\":2,\"c\":\"y\",\"d\":5}\n";
    assert_eq!(first(json), "UTF-8, '|'; 2 rows / header on line 1");
    let numbered = "2024;2025;;2026\nMai, Juni;Juli, August;x, y;z, w\nMai, Juni;Juli, August;x, y;z, v\n";
    assert_eq!(first(numbered), "UTF-8, ';'; 2 rows / header on line 1", "numeric and blank names are names");
    let ragged = "Nr;Firma;Ort\n7;Zeta\n8;Eta\n9;Iota\n";
    assert_eq!(first(ragged), "UTF-8, ';'; 3 rows, 0 of them usable (3 not as wide as the header) / header on line 1");
    let declared = "sep=;\nNr;Ort, Land, Kontinent, Planet\n7;Ulm\n";
    assert_eq!(first(declared), "UTF-8, ';'; 1 row / header on line 2");
    let titled = "Leads of Ann, Berlin\nNr;Firma;Ort\n7;Zeta;Ulm\n8;Eta;Bonn\n";
    assert_eq!(first(titled), "UTF-8, ';'; 2 rows / header on line 2, below 1 line");
}

#[test]
fn what_is_passed_over_is_shown() {
    let report = "Calls\tQ2\t\t\nBy\tAnn\t\t\n\nNr\tFirma\tOrt\tWert\n71\tZeta\tUlm\t5\n72\tEta\tBonn\t6\n73\tIota\tKiel\t7\nSumme\t\t\t18\n\nCopyright 2026 Firma\n";
    insta::assert_snapshot!(text(report));
}

#[test]
fn the_last_row_may_be_a_lead() {
    let last = |csv: &str| text(csv).lines().skip(1).take(3).map(str::trim).collect::<Vec<_>>().join(" / ");
    let hotel = "Firma,Mail,Ort,Telefon\nZeta,z@zeta.example,Ulm,5\nEta,e@eta.example,Bonn,6\nTotal Hotel Ulm,t@total.example,,\n";
    assert!(last(hotel).contains("3 rows / header on line 1 / "), "{}", last(hotel));
    let cut = "Mail,Firma,Ort\nz@zeta.example,Zeta,Ulm\ne@eta.example,Eta,Bonn\ni@iota.exa";
    assert!(last(cut).contains("3 rows, 2 of them usable (1 not as wide as the header)"), "{}", last(cut));
    let counted = "Mail,Firma,Ort\nz@zeta.example,Zeta,Ulm\ne@eta.example,Eta,Bonn\nCount: 2\n";
    assert!(
        last(counted)
            .contains("2 rows / header on line 1; 1 line below the data / not read: 1 row below the data: `Count: 2`")
    );
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
