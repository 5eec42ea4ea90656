use super::*;

fn layout(text: &str) -> Layout {
    recognise(text, true, Pins::default())
}

fn found(text: &str) -> (char, usize, bool) {
    let Layout { delimiter, skip_first, is_named, .. } = layout(text);
    (char::from(delimiter), skip_first, is_named)
}

fn delimiter(text: &str) -> char {
    found(text).0
}

#[test]
fn a_header_alone() {
    assert_eq!(delimiter("\"a,b,c\"|d\n"), '|');
    assert_eq!(delimiter("a;b,c\n"), ',');
    assert_eq!(delimiter("a\tb;c\td"), '\t');
    assert_eq!(delimiter("a;b, c\n"), ';');
    assert_eq!(delimiter("a, b; c\n"), ',');
    assert_eq!(delimiter(" a\t, b\n"), ',');
    assert_eq!(delimiter("only\n"), ',');
    assert_eq!(delimiter(""), ',');
}

#[test]
fn the_delimiter_gives_header_and_rows_the_same_width() {
    assert_eq!(found("Nom;Prix\nA;1,5\nB;2,5\n"), (';', 0, true));
    assert_eq!(found("a\tb, c\n1\t2\n"), ('\t', 0, true));
    assert_eq!(found("sep=|\na|b\n1|2\n"), ('|', 0, true), "the declaration is passed over anyway");
    assert_eq!(found("Email\na@b.c\n"), (',', 0, true));
    assert_eq!(found("No;Home\n1;Elm St, Rome, Italy\n2;Oak St, Bern, Wales\n"), (';', 0, true));
    assert_eq!(found("No,Name,Likes\n1,Ann,a;b;c;d\n2,Bob,a;b;c;e\n"), (',', 0, true));
    assert_eq!(found("No;Name;Tags\n1;Ann;a|b|c|d\n2;Bob;a|b|c|e\n"), (';', 0, true));
    assert_eq!(
        found("No;What;Props\n1;x;\"{\"\"a\"\":1,\"\"b\"\":2}\"\n2;y;\"{\"\"a\"\":1,\"\"b\"\":3}\"\n"),
        (';', 0, true)
    );
    assert_eq!(found("Last, First;Mail\nRoe, Ann;a@b.c\nPoe, Bob;b@b.c\n"), (';', 0, true));
    assert_eq!(found("Home\nRome, Italy\nBern, Wales\n"), (',', 0, true), "one column");
}

#[test]
fn what_stands_above() {
    assert_eq!(found("\n\nid,name\n1,A\n"), (',', 0, true), "blank lines are passed over anyway");
    assert_eq!(found(",,\nid,name,x\n1,A,\n"), (',', 1, true));
    assert_eq!(found("Report;;;\nMade: 31 May 2026;;;\n\nTopic;Name;Email;Minutes\nT;A;a@b.c;1\n"), (';', 3, true));
    assert_eq!(found("Report:,Leads\nBy:,Ann\nid,name,mail\n1,A,a@b.c\n2,B,b@b.c\n"), (',', 2, true));
    assert_eq!(found("Leads;2026\nOwner;Ann\n\nId;Mail\n1;a@b.c\n2;b@b.c\n3;c@b.c\n"), (';', 3, true), "of one width");
    assert_eq!(found("Our leads\nName,City\nAnn,Rome\nBob,Bern\n"), (',', 1, true));
}

#[test]
fn leads_are_no_lines_above() {
    assert_eq!(found("id,\n1,x\na,b\nc,d\n"), (',', 0, true), "a name that is blank");
    assert_eq!(found("Id;Name;;;\n7;A;x;1;z\nB;C;y;w;z\n"), (';', 0, true), "names that are blank");
    assert_eq!(found("id,name,note\nx,A,\ny,B,one, two, three\nz,,\nw,C,\nv,D,\n"), (',', 0, true));
    let short = "Ann,a@b.c\n".repeat(61) + &"Zoe,z@b.c,1,Rome\n".repeat(80);
    assert_eq!(found(&format!("Name,Mail,No\n{short}")), (',', 0, true), "rows of other widths");
    assert_eq!(found("Mail,2023,2024\na@b.c,1,2\nb@b.c,3,4\n"), (',', 0, true), "years");
}

#[test]
fn no_header_at_all() {
    assert_eq!(found("1,a@b.c\n2,b@b.c\n"), (',', 0, false));
    assert_eq!(found("Our leads\n1,a@b.c\n2,b@b.c\n"), (',', 1, false));
}

#[test]
fn the_largest_of_several_tables() {
    let text = "Attendee Report\nTopic,Webinar ID,Registered\nT,8,3\nHost Details\nAttended,User Name,Email,Join Time\n\
        Yes,H,h@b.c,05/31/2026\nAttendee Details\nAttended,User Name,Email,Join Time\nYes,A,a@b.c,05/31/2026\n\
        Yes,B,b@b.c,05/31/2026\nYes,C,c@b.c,05/31/2026\n";
    assert_eq!(found(text), (',', 7, true));
}

#[test]
fn what_is_not_certain_is_told() {
    assert!(layout("a;b,c\nx;y,z\nu;v,w\n").doubt.is_some_and(|doubt| matches!(doubt, LayoutDoubt::Delimiter { .. })));
    let quoted = layout("\"id,name\"\n\"1,Ann\"\n\"2,\"\"Bob\"\"\"\n");
    assert!(quoted.doubt.is_some_and(|doubt| matches!(doubt, LayoutDoubt::WholeRowsQuoted { .. })));
    assert_eq!(layout("\"City, land\"\n\"Rome, Italy\"\n").doubt, None);
    assert_eq!(layout("id,name\n1,Ann\n").doubt, None);
}

#[test]
fn what_a_person_says_holds() {
    let pins = Pins { delimiter: Some(b'|'), skip_first: Some(1) };
    let found = recognise("x,y\na,b|c\n1,2|3\n", true, pins);
    assert_eq!((found.delimiter, found.skip_first, found.doubt), (b'|', 1, None));
}
