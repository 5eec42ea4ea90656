//! Input files as they come out of tools: delimiters, encodings, archives, several files, what is no CSV, and what becomes of
//! rows that can't be used.

use crate::world::{Ended, World, rules};
use std::io::Write as _;

/// Leads with a name and a number of employees, 10 points from 50 employees on.
const RULES: &str = "\
leads: { id: id, fields: { name: name, employees: { type: number } } }
dimensions: { fit: { criteria: [{ id: size, field: employees, tiers: [{ gte: 50, points: 10 }] }] } }";

fn world() -> World {
    rules(RULES)
}

/// What the run of the binary says of this leads file: `out/scored.csv` as `id=points`, and what was assumed.
fn told(leads: impl AsRef<[u8]>, more: &[&str]) -> String {
    let ended = world().leads(leads).score(more);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let leads = ended.scored().iter().map(|row| format!("{}={}", row["lead_id"], row["fit"])).collect::<Vec<_>>();
    format!("{}; {}", leads.join(" "), of_files(&ended).trim())
}

/// What is told of the files, without the line on the rulebook: this one is as small as can be, and so not without warnings.
fn of_files(ended: &Ended) -> String {
    ended
        .stderr
        .lines()
        .filter(|line| !line.starts_with("warning: the rulebook"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[test]
fn delimiters_are_recognised_declared_or_named() {
    for (delimiter, name) in [(",", "','"), (";", "';'"), ("\t", "tab"), ("|", "'|'")] {
        let csv = "id,name,employees\n1,A,49\n2,B,50\n".replace(',', delimiter);
        assert_eq!(told(&csv, &[]), format!("1=0 2=10; leads-1.csv: UTF-8, {name}, 2 rows"));
    }
    let declared = "sep=;\r\nid;name;employees\r\n1;\"A;B\";50\r\n";
    assert_eq!(told(declared, &[]), "1=10; leads-1.csv: UTF-8, ';', 1 row");
    let odd = "id^name^employees\n1^A^50\n";
    assert_eq!(told(odd, &["--delimiter", "^"]), "1=10; leads-1.csv: UTF-8, '^', 1 row");
    let tab = "id\tname\temployees\n1\tA,B;C\t50\n";
    assert_eq!(told(tab, &["--delimiter", "tab"]), "1=10; leads-1.csv: UTF-8, tab, 1 row");
}

#[test]
fn line_ends_quotes_and_last_lines_are_as_rfc_4180_has_them() {
    for end in ["\n", "\r\n", "\r"] {
        let csv = ["id,name,employees", "1,\"a \"\"b\"\", c\nd\",50", "", " , ,", "2,x,1"].join(end);
        assert_eq!(told(csv, &[]), "1=10 2=0; leads-1.csv: UTF-8, ',', 4 rows", "{end:?}");
    }
}

#[test]
fn encodings_are_recognised_marked_or_named() {
    let csv = "id,name,employees\n1,Çağdaş Yazılım İşleri Ğ,50\n2,Şükrü Öztürk,1\n";
    let (turkish, _, _) = encoding_rs::WINDOWS_1254.encode(csv);
    let wide = |bytes: fn(u16) -> [u8; 2]| csv.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let little = [b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat();
    let big = [b"\xFE\xFF".to_vec(), wide(u16::to_be_bytes)].concat();
    let marked = [b"\xEF\xBB\xBF", csv.as_bytes()].concat();
    let cases: [(&[u8], &str); 6] = [
        (csv.as_bytes(), "UTF-8"),
        (&marked, "UTF-8 with BOM"),
        (&turkish, "windows-1254"),
        (&little, "UTF-16LE"),
        (&big, "UTF-16BE"),
        (&wide(u16::to_le_bytes), "UTF-16LE"),
    ];
    for (bytes, name) in cases {
        let ended = world().leads(bytes).keep(&["name"]).score(&[]);
        assert_eq!(of_files(&ended), format!("leads-1.csv: {name}, ',', 2 rows\n"));
        assert_eq!(ended.scored()[0]["name"], "Çağdaş Yazılım İşleri Ğ", "{name}");
    }
    let named = world().leads(&turkish).keep(&["name"]).score(&["--encoding", "windows-1252"]);
    assert_eq!(named.scored()[0]["name"], "Çaðdaþ Yazýlým Ýþleri Ð");
    assert!(!named.stderr.contains("looks like"), "{}", named.stderr);
    // The export has changed its encoding since somebody named it: read as it is told to be, and not in silence.
    for block_bytes in ["16", "524288"] {
        let changed = world().leads(csv).score(&["--encoding", "windows-1254", "--block-bytes", block_bytes]);
        let told =
            "warning: leads-1.csv is read as windows-1254, because you named that encoding, but it looks like UTF-8. ";
        assert!(changed.stderr.contains(told), "{}", changed.stderr);
        let manifest = changed.file("out/manifest.json").expect("it was written");
        assert!(manifest.contains("looks like UTF-8"), "{manifest}");
    }
    let ascii = world().leads("id,name,employees\n1,A,50\n").score(&["--encoding", "windows-1254"]);
    assert_eq!(of_files(&ascii), "leads-1.csv: windows-1254, ',', 1 row\n");
}

#[test]
fn archives_are_read_as_they_are() {
    let csv = b"id,name,employees\n1,A,50\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(csv).expect("it can be packed");
    let gzip = packed.finish().expect("it can be packed");
    assert_eq!(told(&gzip, &[]), "1=10; leads-1.csv: UTF-8, ',', gzip, 1 row");
    let zstd = zstd::encode_all(&csv[..], 3).expect("it can be packed");
    assert_eq!(told(&zstd, &[]), "1=10; leads-1.csv: UTF-8, ',', zstd, 1 row");
    let cut = world().leads(&gzip[..gzip.len() - 12]).score(&[]);
    assert_eq!((cut.code, cut.file("out/scored.csv")), (Some(4), None));
    assert!(cut.stderr.starts_with("error: leads-1.csv: the gzip data are cut short or corrupt"), "{}", cut.stderr);
}

#[test]
fn several_files_are_one_source() {
    let world =
        world().file("b.csv", "id,name,employees\n2,B,50\n").file("a.csv", "employees;id;name\n50;1;A\n50;2;again\n");
    let by_glob = world.command(&["score", "rulebook.yaml", "--leads", "?.csv"]);
    let ids: Vec<String> = by_glob.scored().iter().map(|row| row["lead_id"].clone()).collect();
    assert_eq!(ids, ["1", "2"], "in byte order of the paths");
    assert_eq!(
        by_glob.file("out/rejects.csv").as_deref(),
        Some("file,line,column,code,raw\nb.csv,2,id,repeated_id,\"2,B,50\"\n")
    );
    let in_order = world.command(&["score", "rulebook.yaml", "--leads", "b.csv", "--leads", "a.csv"]);
    let ids: Vec<String> = in_order.scored().iter().map(|row| row["lead_id"].clone()).collect();
    assert_eq!(ids, ["2", "1"], "in the order given");
    assert_eq!(
        in_order.file("out/rejects.csv").as_deref(),
        Some("file,line,column,code,raw\na.csv,3,id,repeated_id,50;2;again\n")
    );
    let none = world.command(&["score", "rulebook.yaml", "--leads", "none-*.csv"]);
    assert_eq!(none.code, Some(4));
    assert!(none.stderr.contains("no file matches none-*.csv"), "{}", none.stderr);
}

#[test]
fn what_is_optional_may_be_missing_and_is_told() {
    let events = "lead: lead, type: type, time: time, file: { path: visits.csv }";
    let optional = rules(&format!("{RULES}\nevents: {{ web: {{ {events}, optional: true }} }}"))
        .leads("id,name,employees\n1,A,50\n");
    let ended = optional.score(&[]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.contains("events `web`: no file (the rulebook allows that)"), "{}", ended.stdout);
    let named = optional.score(&["--events", "web=visits.csv"]);
    assert_eq!((named.code, named.stderr.as_str()), (Some(4), "error: visits.csv: there is no such file\n"));
    let required =
        rules(&format!("{RULES}\nevents: {{ web: {{ {events} }} }}")).leads("id,name,employees\n1,A,50\n").score(&[]);
    assert_eq!((required.code, required.stderr.as_str()), (Some(4), "error: visits.csv: there is no such file\n"));
}

#[test]
fn what_is_no_csv_ends_in_one_clear_line() {
    let cases: [(&[u8], &str); 12] = [
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "this is an Excel workbook, not CSV"),
        (b"<!DOCTYPE html><html><body>log in</body></html>", "this is a web page, not CSV"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "this is a Git LFS pointer, not CSV"),
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"{\"id\": 1}", "this is JSON, not CSV"),
        (b"%PDF-1.7\n", "this is a PDF document, not CSV"),
        (b"id,name,employees\n1,A,50\n2,\"open,1\n3,C,1\n", "the quote that opens here is never closed"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 ole", "this is an old Excel workbook"),
        (b"name\nA\n", "no column `id`"),
        (b",,\n1,A,50\n", "the header line is empty"),
        (b"id,name,employees,employees\n1,A,50,51\n", "the column `employees` is there more than once"),
    ];
    for (bytes, expected) in cases {
        let ended = world().leads(bytes).score(&[]);
        assert_eq!((ended.code, ended.file("out/scored.csv")), (Some(4), None), "{expected}");
        assert!(ended.stderr.starts_with("error: leads-1.csv:"), "{}", ended.stderr);
        assert!(ended.stderr.contains(expected), "{expected}\n{}", ended.stderr);
        assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    }
    assert!(
        world().leads(cases[7].0).score(&[]).stderr.starts_with("error: leads-1.csv:3: the quote"),
        "the line is told"
    );
}

#[test]
fn missing_columns_are_told_all_at_once_with_the_nearest() {
    let ended = world().leads("ID,Nmae,Employees\n1,A,50\n").score(&[]);
    insta::assert_snapshot!(ended.stderr);
    assert_eq!(ended.code, Some(4));
}

#[test]
fn a_doubtful_encoding_is_told_by_every_command() {
    let world = world().leads(b"id,name,employees\n1,A,50\n2,S\xF8ren,1\n").keep(&["name"]);
    let doubt = "leads-1.csv:3 is read as windows-1252, but windows-1250 is as likely: `Søren` would be `Sřren`;";
    let scored = world.score(&[]);
    assert!(scored.stderr.contains(&format!("warning: {doubt}")), "{}", scored.stderr);
    assert!(scored.file("out/manifest.json").is_some_and(|manifest| manifest.contains(doubt)));
    let inspected = world.command(&["inspect", "leads-1.csv"]);
    assert!(inspected.stdout.contains(doubt), "{}", inspected.stdout);
    let drafted = world.command(&["init", "--no-input", "--leads", "leads-1.csv", "--out", "draft.yaml"]);
    assert!(drafted.stdout.contains(&format!("decide: {doubt}")), "{}", drafted.stdout);
    assert!(drafted.file("draft.yaml").is_some_and(|draft| draft.contains(&format!("# DECIDE: {doubt}"))));
    let named = world.score(&["--encoding", "windows-1250"]);
    assert_eq!(named.scored()[1]["name"], "Sřren");
    assert!(!named.stderr.contains("as likely"), "{}", named.stderr);
    let japanese = "id,name,employees\n1,表計算ソフトウェア,50\n2,山田太郎,1\n3,株式会社ポスト,1\n";
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(japanese);
    let japanese = self::world().leads(bytes).keep(&["name"]).score(&[]);
    assert_eq!(of_files(&japanese), "leads-1.csv: Shift_JIS, ',', 3 rows\n");
    assert_eq!(japanese.scored()[0]["name"], "表計算ソフトウェア");
}

#[test]
fn very_long_headers_are_shown_in_part() {
    let long = "x".repeat(20_000);
    let many = ",a column".repeat(900);
    let files = [
        long.clone(),
        format!("{long}\nA\n"),
        format!("id,name,{long}\n1,A,50\n"),
        format!("id,{long},employees,{long}\n1,A,50,2\n"),
        format!("id,name{many}\n1,A\n"),
        format!("id,employees,name\n1,50,{long}\n\"{long}\",50,A\n1,2,B\n"),
    ];
    for leads in &files {
        let world = world().leads(leads);
        let commands: [&[&str]; 3] = [
            &["inspect", "leads-1.csv"],
            &["init", "--no-input", "--leads", "leads-1.csv", "--out", "draft.yaml"],
            &["check", "rulebook.yaml", "--with-files", "--leads", "leads-1.csv"],
        ];
        let ran = commands.into_iter().map(|args| world.command(args));
        for ended in std::iter::once(world.score(&[])).chain(ran) {
            let told = format!("{}\n{}", ended.stderr, ended.stdout);
            let longest = told.lines().map(str::len).max().unwrap_or_default();
            assert!(longest < 1_200, "{longest}: {}", told.chars().take(2_000).collect::<String>());
        }
    }
}

/// Leads and visits with a row for each kind of reject.
fn with_rejects() -> World {
    let rules = format!("{RULES}\nevents: {{ web: {{ lead: lead, type: type, time: time }} }}");
    let leads =
        b"id,name,employees\n1,A,50\n2,B\n,C,1\n1,again,1\n3,\"D, \"\"d\"\"\",1,extra\n4,\xFF\xFF,1\n\n5,E,1,,\n";
    let mut leads = leads.to_vec();
    // So that the bytes above are damage and not another encoding.
    leads.extend("6,ğüşıöçĞÜŞİÖÇ ğüşıöç,7\n".as_bytes());
    let events = "lead,type,time\n1,visit,2026-06-01\n1,visit,yesterday\n1,visit\n";
    crate::world::rules(&rules).leads(leads).events("web", events)
}

#[test]
fn every_reject_stands_in_rejects_csv() {
    let ended = with_rejects().score(&[]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    insta::assert_snapshot!("rejects", ended.file("out/rejects.csv").unwrap_or_default());
    insta::assert_snapshot!("summary_with_rejects", format!("{}{}", ended.stderr, ended.stdout));
}

#[test]
fn too_many_rejects_end_the_run() {
    let code = |more: &[&str]| with_rejects().score(more).code;
    assert_eq!(code(&["--max-rejects", "5"]), Some(0));
    assert_eq!(code(&["--max-rejects", "4"]), Some(4));
    assert_eq!(code(&["--max-rejects", "0"]), Some(4));
    // Nine rows of leads, of which five are rejected; three of events, of which two are: the share is of a file's own rows.
    assert_eq!(code(&["--max-rejects", "67%"]), Some(0));
    assert_eq!(code(&["--max-rejects", "60%"]), Some(4));
    let told = with_rejects().score(&["--max-rejects", "1"]);
    insta::assert_snapshot!(told.stderr);
    assert_eq!(told.file("out/scored.csv"), None);
}

#[test]
fn one_percent_or_ten_rows_may_be_rejected() {
    let run = |n_good: usize, n_bad: usize| -> Ended {
        let good = (0..n_good).map(|id| format!("{id},A,1\n")).collect::<Vec<_>>().concat();
        world().leads(format!("id,name,employees\n{good}{}", ",A,1\n".repeat(n_bad))).score(&[])
    };
    assert_eq!(run(5, 10).code, Some(0));
    assert_eq!(run(5, 11).code, Some(4));
    assert_eq!(run(1980, 20).code, Some(0));
    assert_eq!(run(1979, 21).code, Some(4));
}

#[test]
fn an_excel_export_with_semicolons_and_commas_scores() {
    let rules = "\
leads: { id: Nr, file: { decimal: comma, skip_first: 2, skip_last: 1, blank: [\"-\"] }, fields: { revenue: { column: Umsatz, type: number } } }
dimensions: { fit: { criteria: [{ id: size, field: revenue, tiers: [{ gte: 1234.5, points: 10 }], unknown: -1 }] } }";
    let csv =
        "Bericht vom 1.6.\r\n\r\nNr;Umsatz\r\n1;1.234,50 €\r\n2;\"1 234,4\"\r\n3;-\r\n4;n/a\r\nSumme;2.468,90\r\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(csv);
    let ended = crate::world::rules(rules).leads(&bytes).score(&[]);
    let points: Vec<String> = ended.scored().iter().map(|row| row["fit"].clone()).collect();
    assert_eq!(points, ["10", "0", "-1", "-1"]);
    assert!(ended.stdout.contains("1 cell of `revenue` (leads) can't be read as a number"), "{}", ended.stdout);
    assert!(ended.stderr.contains("windows-1252, ';'"), "{}", ended.stderr);
}

#[test]
fn a_wrong_encoding_that_was_named_is_told_with_what_helps() {
    let csv = "id,name,employees\n1,Müller,50\n2,Größe,1\n3,A,1\n4,Köhler,2\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(csv);
    let refused = world().leads(&bytes).score(&["--encoding", "utf-8", "--max-rejects", "1"]);
    let expected = "leads-1.csv: 3 of 4 rows were rejected; the limit is 1
  the first: line 2: bytes that are no text in the file's encoding; you named UTF-8 for it; without `encoding`, leadscore detects it
  correct the file, or allow more with `--max-rejects 75%`
";
    assert_eq!((refused.code, refused.stderr.strip_prefix("error: ")), (Some(4), Some(expected)));
    assert_eq!(world().leads(&bytes).score(&["--max-rejects", "0"]).code, Some(0));
}

#[test]
fn files_of_one_name_are_told_apart_in_the_report() {
    let world =
        world().file("x/leads.csv", "id,name,employees\n1,A,1\n").file("y/leads.csv", "id,name,employees\n2,B,x\n");
    let args =
        ["score", "rulebook.yaml", "--leads", "x/leads.csv", "--leads", "y/leads.csv", "--as-of", "2026-06-30", "-q"];
    let report = world.command(&args).file("out/report.md").expect("it was written");
    for told in ["| x/leads.csv |", "| y/leads.csv |", "y/leads.csv:2"] {
        assert!(report.contains(told), "{told}: {report}");
    }
}

/// A run whose visits come from a pipe, into which a program writes this.
#[cfg(unix)]
fn with_visits_from_a_pipe(written: &[u8], more: &[&str]) -> Option<Ended> {
    let rules = format!("{RULES}\nevents: {{ web: {{ lead: lead, type: type, time: time }} }}");
    let world = crate::world::rules(&rules).leads("id,name,employees\n1,A,50\n2,B,3\n");
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("visits");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|status| status.success()) {
        return None;
    }
    let (to, written) = (pipe.clone(), written.to_vec());
    // The run may end before it has read everything, or before it opens the pipe: nobody waits for the writer.
    drop(std::thread::spawn(move || std::fs::write(to, written)));
    let events = format!("web={}", pipe.display());
    let args = ["score", "rulebook.yaml", "--leads", "leads-1.csv", "--events", &events, "--as-of", "2026-06-30"];
    let mut ended = world.command(&[&args[..], more].concat());
    ended.stderr = ended.stderr.replace(&pipe.display().to_string(), "PIPE");
    Some(ended)
}

/// Many visits, and after the first of them another text.
#[cfg(unix)]
fn visits_with(text: &str) -> Vec<u8> {
    let visits = (0..900).map(|n| format!("{},visit,2026-05-{:02}", n % 2 + 1, n % 28 + 1));
    let visits = visits.collect::<Vec<_>>().join("\n");
    format!("lead,type,time\n2,visit,2026-06-02\n{text}\n{visits}\n").into_bytes()
}

#[test]
#[cfg(unix)]
fn a_pipe_may_have_no_reject_unless_that_is_said() {
    let texts = [
        "\r 63% \u{2595}\u{2588}\u{2588}\u{2588}\u{2588}   \u{258f} ",
        "\u{1b}[32mexporting visits\u{1b}[0m",
        "2026-06-30 02:00:07 WARN retrying page 3",
        "ERROR: canceling statement due to user request",
        "1,visit,the day before",
    ];
    let mut told = String::new();
    for text in texts {
        let Some(ended) = with_visits_from_a_pipe(&visits_with(text), &[]) else { return };
        assert_eq!((ended.code, ended.file("out/scored.csv")), (Some(4), None), "{text:?}: {}", ended.stderr);
        told += &ended.stderr;
        told.push('\n');
    }
    insta::assert_snapshot!("stray_texts_in_a_pipe", told);
    let text = visits_with(texts[2]);
    for allowed in [["--max-rejects", "1"], ["--max-rejects", "1%"]] {
        let ended = with_visits_from_a_pipe(&text, &allowed).expect("there is a pipe");
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    }
    let none = with_visits_from_a_pipe(&text, &["--max-rejects", "0"]).expect("there is a pipe");
    assert_eq!(none.code, Some(4), "{}", none.stderr);
    // The same rows in a file are under one percent, and a pipe without a bad row is as good as a file.
    let rules = format!("{RULES}\nevents: {{ web: {{ lead: lead, type: type, time: time }} }}");
    let file = crate::world::rules(&rules).leads("id,name,employees\n1,A,50\n2,B,3\n").events("web", &text).score(&[]);
    assert_eq!(file.code, Some(0), "{}", file.stderr);
    let clean = with_visits_from_a_pipe(b"lead,type,time\n\n2,visit,2026-06-02\n", &[]).expect("there is a pipe");
    assert_eq!(clean.code, Some(0), "{}", clean.stderr);
}

/// Leads of which the last is one of yesterday's: then a sum stood there.
const NO_SUM: &str = "Nr;Name;Mail\n41;Ada;ada@firm.example\n42;Bo;bo@firm.example\n43;Cy;cy@firm.example\n";

#[test]
fn a_lead_that_skip_last_leaves_out_is_told() {
    let rules = "leads: { id: Nr, fields: {}, file: { skip_last: 1 } }";
    let told = "warning: leads-1.csv:4: `skip_last: 1` leaves out a row that looks like data: `43;Cy;cy@firm.example`; \
                to keep it, write `skip_last: auto` or a smaller number\n";
    let ended = crate::world::rules(rules).leads(NO_SUM).score(&[]);
    assert!(ended.stderr.contains(told), "{}", ended.stderr);
    let manifest = ended.file("out/manifest.json").expect("it was written");
    assert!(manifest.contains("leaves out a row that looks like data"), "{manifest}");
    // What is no row of the table is what the key is for; the start of a row that was cut off is not.
    for (last, is_told) in [("Summe;2;", false), ("Summe: 2", false), ("Stand vom 3.5.2026;;", false), ("43;C", true)] {
        let csv = NO_SUM.replace("43;Cy;cy@firm.example", last);
        let ended = crate::world::rules(rules).leads(&csv).score(&[]);
        assert_eq!(of_files(&ended).contains("warning: "), is_told, "{last}: {}", ended.stderr);
        assert_eq!(ended.scored().len(), 2);
    }
    let two = rules.replace("skip_last: 1", "skip_last: 2");
    let ended = crate::world::rules(&two).leads(format!("{NO_SUM}\n")).score(&[]);
    assert!(ended.stderr.contains("leads-1.csv:4: `skip_last: 2` leaves out"), "{}", ended.stderr);
}

#[test]
fn skip_last_auto_leaves_out_what_is_no_row() {
    let rules = "leads: { id: Nr, fields: {}, file: { skip_last: auto } }";
    let ids = |csv: &str| {
        let ended = crate::world::rules(rules).leads(csv).score(&[]);
        let ids: Vec<String> = ended.scored().iter().map(|row| row["lead_id"].clone()).collect();
        (ids.join(" "), ended.stderr)
    };
    assert_eq!(ids(NO_SUM).0, "41 42 43");
    let (found, told) = ids(&format!("{NO_SUM}\nSumme: 3\n"));
    assert_eq!(found, "41 42 43");
    assert!(told.contains("3 rows; not read: 1 row below the data: `Summe: 3`"), "{told}");
    // Rows that can't be used are told as such, and stand among the lines to mend.
    let ended = crate::world::rules(rules).leads(format!("{NO_SUM}44\nSumme: 3\n")).score(&[]);
    assert!(ended.stdout.contains("1 row was rejected"), "{}", ended.stdout);
    assert_eq!(ended.file("out/rejects/leads-1.csv").as_deref(), Some("Nr;Name;Mail\n44\nSumme: 3\n"));
}

#[test]
#[cfg(unix)]
fn a_dash_is_standard_input_and_a_pipe_like_any_other() {
    use std::io::Write as _;
    let rules = format!("{RULES}\nevents: {{ web: {{ lead: lead, type: type, time: time }} }}");
    let score = |events: &str| {
        let world = crate::world::rules(&rules).leads("id,name,employees\n1,A,50\n2,B,3\n");
        let folder = world.written();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_leadscore"));
        command.current_dir(folder.path()).args([
            "score",
            "rulebook.yaml",
            "--leads",
            "leads-1.csv",
            "--events",
            "web=-",
        ]);
        let piped = std::process::Stdio::piped;
        let mut run = command
            .args(["--as-of", "2026-06-30"])
            .stdin(piped())
            .stdout(piped())
            .stderr(piped())
            .spawn()
            .expect("it starts");
        // The run may end before it has read everything.
        let _ = run.stdin.take().expect("it is piped").write_all(events.as_bytes());
        let ended = run.wait_with_output().expect("it ends");
        (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
    };
    let (code, told) = score("lead,type,time\n2,visit,2026-06-02\n");
    assert_eq!(code, Some(0), "{told}");
    let (code, told) = score("lead,type,time\n2,visit,2026-06-02\nfetching 40%\n");
    assert_eq!(code, Some(4), "{told}");
    assert!(told.contains("fetching 40%"), "{told}");
}
