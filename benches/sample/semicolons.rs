//! The exports that are separated by semicolons: the report of a webinar tool, saved by a Turkish spreadsheet with lines above and below
//! its table and commas in its numbers; and a tool for social media.

use super::activity::LENGTHS;
use super::clock::{dotted, turkish};
use super::log::{Log, row};

const TOPICS: [&str; 8] = [
    "Lead scoring in an hour",
    "From MQL to SQL",
    "Clean data, good leads",
    "Scoring without guesswork",
    "What sales wants to know",
    "Your first rulebook",
    "Numbers for the board",
    "Ask us anything",
];

/// `webinar-attendees.csv`, in Windows-1254.
pub(super) fn webinars(log: &Log) -> Vec<u8> {
    let mut text = Vec::new();
    row(&mut text, ';', &["Webinar katılımcı raporu", "", "", "", "", "", ""], "\r\n");
    row(&mut text, ';', &["Oluşturulma: 31 May 2026 21:04", "", "", "", "", "", ""], "\r\n");
    let header = [
        "Topic",
        "User Name",
        "Email",
        "Registration Time",
        "Join Time",
        "Time in Session (minutes)",
        "Webinar Length (minutes)",
    ];
    row(&mut text, ';', &header, "\r\n");
    for (place, webinar) in log.webinars.iter().enumerate() {
        let registered = webinar.registered.map(turkish).unwrap_or_default();
        let (joined, minutes) = match webinar.joined {
            Some(at) => (turkish(at), format!("{},{}", webinar.tenths / 10, webinar.tenths % 10)),
            None => (String::new(), String::new()),
        };
        let joined = if place == 60 { "bilinmiyor".to_owned() } else { joined };
        let address = if place % 211 == 100 { "someone.else@falconcare.example" } else { &webinar.address };
        let length = LENGTHS[webinar.number % LENGTHS.len()].to_string();
        let topic = TOPICS[webinar.number % TOPICS.len()];
        row(&mut text, ';', &[topic, &webinar.name, address, &registered, &joined, &minutes, &length], "\r\n");
    }
    let n = format!("{} kayıt", log.webinars.len());
    row(&mut text, ';', &["Toplam", &n, "", "", "", "", ""], "\r\n");
    windows_1254(&String::from_utf8_lossy(&text))
}

/// The letters of a Turkish Windows; others are lost, as a spreadsheet loses them.
fn windows_1254(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        'Ğ' => Some(0xD0),
        'İ' => Some(0xDD),
        'Ş' => Some(0xDE),
        'ğ' => Some(0xF0),
        'ı' => Some(0xFD),
        'ş' => Some(0xFE),
        'Ð' | 'Ý' | 'Þ' | 'ð' | 'ý' | 'þ' => None,
        letter => u8::try_from(u32::from(letter)).ok(),
    };
    text.chars().filter_map(byte).collect()
}

/// `social-activity.csv`, with a byte order mark.
pub(super) fn social(log: &Log) -> Vec<u8> {
    let mut to = "\u{feff}".as_bytes().to_vec();
    row(&mut to, ';', &["Email", "Network", "Interaction", "Date"], "\r\n");
    for social in &log.social {
        row(&mut to, ';', &[&social.address, social.network, social.kind, &dotted(social.time)], "\r\n");
    }
    to
}
