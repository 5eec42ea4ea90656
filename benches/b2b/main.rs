//! Writes the exports of a made-up B2B company, and the rulebook that scores them: contacts, accounts, the interest of companies, and
//! five sources of events. It needs nothing but the compiler:
//!
//! `rustc -O --edition 2024 -o target/b2b benches/b2b/main.rs && target/b2b FOLDER N_LEADS N_EVENTS`
//!
//! A row follows from its number alone, so everyone measures the same work. A few rows are as bad as rows of real exports are:
//! cells too many, no id, an id twice, a number in words, a time in another form, a lead that nobody knows.

mod accounts;
mod contacts;
mod crm;
#[path = "../market/dice.rs"]
mod dice;
mod mail;
mod people;
mod product;
#[path = "../rows.rs"]
mod rows;
mod web;
mod webinars;

use people::Size;
use rows::write;
use std::path::Path;

/// Rows of a thousand that are of each source; the website has the rest.
const OF_SOURCES: [u64; 4] = [330, 150, 30, 50];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, n_leads, n_events] = words.as_slice() else {
        eprintln!("usage: b2b FOLDER N_LEADS N_EVENTS");
        std::process::exit(2);
    };
    let number = |text: &String| text.replace('_', "").parse().expect("a number of rows");
    let (n_leads, n_events): (u64, u64) = (number(n_leads), number(n_events));
    let size = Size { n_leads, n_accounts: n_leads / 5 + 1 };
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder).expect("the folder can be made");
    write(&folder.join("contacts.csv"), contacts::HEADER, n_leads, |row, to| contacts::row(row, size, to));
    write(&folder.join("accounts.csv"), accounts::HEADER, size.n_accounts, accounts::row);
    write(&folder.join("interest.csv"), accounts::INTEREST, size.n_accounts / 3, accounts::interest);
    std::fs::write(folder.join("b2b.yaml"), include_str!("b2b.yaml")).expect("the rulebook can be written");
    let [mail, product, webinars, crm] = OF_SOURCES.map(|thousandths| n_events * thousandths / 1_000);
    let web = n_events - mail - product - webinars - crm;
    write(&folder.join("web.csv"), web::HEADER, web, |row, to| web::row(row, web, size, to));
    write(&folder.join("mail.csv"), mail::HEADER, mail, |row, to| mail::row(row, mail, size, to));
    write(&folder.join("product.csv"), product::HEADER, product, |row, to| product::row(row, product, size, to));
    // The last line is a sum, as some exports have it.
    write(&folder.join("webinars.csv"), webinars::HEADER, webinars + 1, |row, to| match row {
        _ if row < webinars => webinars::row(row, webinars, size, to),
        _ => to.extend(format!("Toplam;{webinars};;;;\n").into_bytes()),
    });
    write(&folder.join("crm.csv"), crm::HEADER, crm, |row, to| crm::row(row, size, to));
}
