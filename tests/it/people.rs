//! Random rows for the exports of [`EXPORTS`](crate::language::EXPORTS).

mod found;

pub(crate) use found::find;

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The texts of the files.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    /// The leads, in one file or two.
    pub(crate) leads: Vec<String>,
    pub(crate) accounts: String,
    pub(crate) regions: String,
    /// Each source's name and file.
    pub(crate) events: Vec<(String, String)>,
    pub(crate) previous: String,
}

type Text = BoxedStrategy<String>;

fn one_of(texts: &[&'static str]) -> Text {
    select(texts.to_vec()).prop_map(str::to_owned).boxed()
}

/// A row; a few have cells too few or too many.
fn line(cells: Vec<Text>) -> Text {
    let ends = prop_oneof![40 => Just(0), 2 => -2..0i32, 1 => 1..4i32];
    (cells, ends)
        .prop_map(|(mut cells, end)| {
            let n_cells = cells.len();
            match end {
                ..0 => cells.truncate(n_cells.saturating_sub(end.unsigned_abs() as usize).max(1)),
                0 => {}
                1 => cells.push(String::new()),
                2 => cells.push("=\"\"".to_owned()),
                _ => cells.push("x".to_owned()),
            }
            cells.join(",") + "\n"
        })
        .boxed()
}

/// Times of few days, as in a log, so that some are equal; at the edges of windows; and a few that can't be read.
fn time() -> Text {
    let days = select(vec!["2026-06-29", "2026-06-28", "2026-05-30", "2026-03-10", "2026-01-02", "2026-07-02"]);
    let clocks = select(vec!["00:00", "12:30:15.250", "23:59:01", "08:15:30"]);
    let of_days = (days, clocks, select(vec!["Z", "Z", "", "+03:00"]));
    let of_days = of_days.prop_map(|(day, clock, zone)| format!("{day}T{clock}{zone}"));
    let edges =
        ["2026-06-30", "2026-06-30T23:59:59.999Z", "2026-05-31T23:59:59.999Z", "2026-06-01", "2026-03-29T02:30"];
    prop_oneof![12 => of_days, 4 => one_of(&edges), 1 => one_of(&["", "soon"])].boxed()
}

fn date() -> Text {
    prop_oneof![3 => time(), 2 => Just(String::new())].boxed()
}

fn number() -> Text {
    one_of(&["", "1", "2.25", "-7", "5", "12.5", "\"1,200\"", "30%", "€ 5", "5 TRY", "1'200", "=\"12.5\"", "many"])
}

fn range() -> Text {
    one_of(&["", "2-10", "201 – 500", "\"10,001+\"", "<5", ">= 12.5", "7", "5-2", "some"])
}

fn mail() -> Text {
    one_of(&[
        "p1@x.example",
        "P2@X.example",
        "office@shop.example",
        "p3@shop.example",
        "=\"p1@x.example\"",
        "nobody",
        "",
    ])
}

fn lead() -> Text {
    line(vec![
        one_of(&["A", "b", "=\"b\"", "C", "N/A", ""]),
        mail(),
        one_of(&["https://acme.example/pricing/?a=b", "shop.example", "/x", ""]),
        one_of(&["Head of Sales", "ceo", "İntern", "a", "=\"ceo\"", "\"x, b c\"", ""]),
        one_of(&["a;b", "B", "=\"x;b\"", "\"a\nb\";x", ";", ""]),
        number(),
        one_of(&["yes", "no", "maybe", ""]),
        date(),
        date(),
        date(),
        range(),
        phone(),
        one_of(&["\"[\"\"a\"\", \"\"B\"\"]\"", "\"[null, 1]\"", "[]", "a", ""]),
        one_of(&["p1@x.example; office@shop.example", "nobody;P2@X.example", "nobody", ""]),
        one_of(&["", "", "F0", "F1|F0", "L1|F2", "=\"L3|L0\"", "L2"]),
        one_of(&["", "A|C", "C|B|A", "=\"b\"", "D|N/A|A"]),
        one_of(&["", "", "", "p3@shop.example", "nobody"]),
        number(),
        number(),
        number(),
    ])
}

fn phone() -> Text {
    one_of(&["0532 000 00 01", "+90 532 000 00 02", "05320000001 ext. 3", "00905320000002", "12", ""])
}

/// Which lead an event is of: some that is there, or none.
fn of_lead() -> Text {
    let own = (0..9u8).prop_map(|number| if number == 8 { String::new() } else { format!("L{number}") });
    prop_oneof![8 => own, 1 => one_of(&["F0", "F1", "F2", "=\"L0\"", "=\" L1 \""])].boxed()
}

fn kind() -> Text {
    one_of(&["visit", "Visit", "=\"visit\"", "form", "deal", "mail", "other", ""])
}

fn file(header: &'static str, row: Text, most: usize) -> Text {
    prop::collection::vec(row, 0..most).prop_map(move |rows| format!("{header}\n{}", rows.concat())).boxed()
}

fn events() -> impl Strategy<Value = Vec<(String, String)>> {
    let keys = || one_of(&["a", "A", "b", "=\"a\"", "", "\"q\"\"\n,x\""]);
    let urls = one_of(&["https://acme.example/pricing?a=b", "https://acme.example/x", "shop.example", "/pricing", ""]);
    let web = line(vec![
        of_lead(),
        mail(),
        kind(),
        time(),
        number(),
        keys(),
        urls,
        date(),
        one_of(&["a;x", "b", ""]),
        one_of(&["yes", "no", "?"]),
        range(),
    ]);
    let ids = || one_of(&["e1", "e2", "e3", "e4", "=\"e5\"", "E1", ""]);
    let lists = one_of(&["\"[\"\"a\"\", 5]\"", "[true]", "[]", "b", ""]);
    let crm = line(vec![of_lead(), kind(), time(), ids(), number(), keys(), mail(), phone(), lists]);
    let hook = line(vec![of_lead(), one_of(&["x.example", "SHOP.example", "y.example", ""]), time(), ids()]);
    let visits = line(vec![of_lead(), time(), keys(), phone()]);
    let two = line(vec![one_of(&["a", "B", "c", "D", ""]), date(), date(), number()]);
    let files = [
        file("lead,mail,type,time,x,k,url,on,has,yes,reach", web, 40),
        file("lead,type,time,eid,x,k,who,call,notes", crm, 25),
        file("lead,host,time,eid", hook, 15),
        file("acc,a,b,x", two, 12),
        file("lead,time,k,tel", visits, 15),
    ];
    files
        .to_vec()
        .prop_map(|texts| ["web", "crm", "hook", "two", "visits"].map(str::to_owned).into_iter().zip(texts).collect())
}

/// Rows of leads called L0, L1, …, some of them twice, of their accounts and regions, of all sources, and of an earlier run.
pub(crate) fn rows() -> impl Strategy<Value = Rows> {
    let account = line(vec![one_of(&["A", "B", "b", "C"]), number(), one_of(&["North", "SOUTH", "x", ""]), date()]);
    let region = line(vec![one_of(&["north", "South", "X"]), one_of(&["a", "B", ""]), number()]);
    let stage = || one_of(&["Lead", "MQL", "SQL", "Won", "Disqualified", "Gone"]);
    let again = prop_oneof![7 => Just(None), 1 => any::<Index>().prop_map(Some)];
    let leads = prop::collection::vec((again, lead()), 1..9);
    let previous = prop::collection::vec(prop::option::of(stage()), 11);
    let tables = (file("acc,size,region,renewed", account, 5), file("region,zone,rank", region, 5));
    (leads, any::<Index>(), tables, events(), previous).prop_map(
        |(leads, second, (accounts, regions), events, previous)| Rows {
            leads: lead_files(&leads, second),
            accounts,
            regions,
            events,
            previous: earlier_run(&previous),
        },
    )
}

/// The files of leads, the second one from a row on; a row that is one again has the id of an earlier one.
fn lead_files(leads: &[(Option<Index>, String)], second: Index) -> Vec<String> {
    let numbered = leads.iter().enumerate();
    let rows: Vec<_> = numbered
        .map(|(number, (again, cells))| {
            let number = again.map_or(number, |earlier| earlier.index(number + 1));
            format!("L{number},{cells}")
        })
        .collect();
    let (first, second) = rows.split_at(second.index(rows.len()) + 1);
    let file = |rows: &[String]| {
        format!("id,acc,mail,site,title,tags,n,ok,c,r,m,span,tel,js,mm,old,accs,spare,pay,w,w\n{}", rows.concat())
    };
    [first, second].into_iter().filter(|rows| !rows.is_empty()).map(file).collect()
}

/// The stages that leads had, of L0 to L7 and F0 to F2.
fn earlier_run(stages: &[Option<String>]) -> String {
    let name = |number: usize| if number < 8 { format!("L{number}") } else { format!("F{}", number - 8) };
    let known = stages.iter().enumerate().filter_map(|(number, stage)| Some((name(number), stage.as_ref()?)));
    let rows: Vec<_> = known.map(|(id, stage)| format!("{id},1,{stage}\n")).collect();
    format!("lead_id,total,stage\n{}", rows.concat())
}
