//! What a lead does by itself: visits, forms, webinars, social media, the trial of the product.

use super::clock::{BEGIN, DAY, END, HOUR, MINUTE};
use super::log::{Log, Social, Use, Web, Webinar};
use super::luck::Luck;
use super::people::Person;

/// Something that counts towards being handed over: when, and for how many points.
pub(super) type Touch = (i64, i64);

const SITE: &str = "https://www.ledgerlane.example";
const PLAIN: [&str; 6] = ["/", "/", "/about", "/features", "/customers", "/#top"];
const USEFUL: [&str; 5] =
    ["/docs/start", "/docs/import", "/integrations", "/features/scoring", "/features/scoring#top"];
const BLOG: [&str; 3] = ["/blog/what-is-an-mql", "/blog/clean-data", "/blog/what-is-an-mql?utm_source=newsletter"];
const PRICES: [&str; 6] =
    ["/pricing", "/pricing", "/pricing", "/pricing/", "/pricing#top", "/pricing?utm_source=search"];
const PAPERS: [&str; 4] = ["clean-crm-data", "mql-to-sql-handbook", "webinar-playbook", "lead-scoring-guide"];
const OFFERS: [&str; 3] = ["free-workshop", "spring-audit", "onboarding-half-price"];
const FEATURES: [&str; 6] = ["explain", "export", "import", "report", "rulebook", "schedule"];
/// How long the webinars are, in turn, in minutes.
pub(super) const LENGTHS: [i64; 4] = [60, 45, 90, 30];
/// How many webinars there were, one a month.
const N_WEBINARS: usize = 18;

/// When a webinar begins.
fn webinar_at(number: usize) -> i64 {
    BEGIN + (i64::try_from(number).unwrap_or(0) * 30 + 17) * DAY + 14 * HOUR
}

/// The id that an event of a lead carries: after a merge that of today, before it perhaps a former one.
pub(super) fn id_at(person: &Person, time: i64) -> String {
    match person.former.as_slice() {
        [] => person.id.clone(),
        former if time < person.merged_at && time / 60 % 3 != 0 => {
            former[usize::from(time / 7_200 % 2 == 1) % former.len()].clone()
        }
        _ => person.id.clone(),
    }
}

/// The address that a lead gives to a tool.
fn address_at(person: &Person, time: i64) -> String {
    match person.others.first() {
        Some(other) if time % 5 < 2 => other.clone(),
        _ => person.address.clone(),
    }
}

/// A number of sessions from a moment on, so many days apart at most; and what of them counts.
pub(super) fn sessions(
    person: &mut Person,
    from: i64,
    n: i64,
    apart: i64,
    luck: &mut Luck,
    log: &mut Log,
) -> Vec<Touch> {
    let (mut at, mut touches) = (from, Vec::new());
    for _ in 0..n {
        if at >= END - 2 * HOUR {
            break;
        }
        session(person, at, luck, log, &mut touches);
        at = (at + luck.among(1, apart.max(1)) * DAY).div_euclid(DAY) * DAY + luck.among(8 * HOUR, 20 * HOUR);
    }
    webinars(person, from, at.min(END), luck, log, &mut touches);
    touches.sort_unstable();
    touches
}

fn session(person: &mut Person, from: i64, luck: &mut Luck, log: &mut Log, touches: &mut Vec<Touch>) {
    let mut at = from;
    let mut saw_prices = false;
    for _ in 0..luck.among(1, 3) {
        let page = match () {
            () if person.interests.contains("Careers") && luck.chance(110) => {
                luck.pick(&["/careers", "/careers/engineer", "/careers/sales"])
            }
            () if luck.chance(person.need * 2 / 5) => luck.pick(&PRICES),
            () if luck.chance(person.need / 3) => luck.pick(&USEFUL),
            () if luck.chance(person.curious / 2) => luck.pick(&BLOG),
            () => luck.pick(&PLAIN),
        };
        saw_prices |= page.starts_with("/pricing");
        let seconds = (!luck.chance(60)).then(|| luck.pick(&[8, 15, 15, 25, 45, 60, 90, 120, 180, 240, 400, 600]));
        web(person, at, "page_view", page, seconds, "", log);
        at += luck.among(40, 400);
    }
    touches.push((at, if saw_prices { 14 } else { 4 }));
    for (kind, page, topic, points) in forms(person, luck) {
        if kind == "newsletter_signup" && person.subscribed.is_none() {
            person.subscribed = Some(at);
        }
        web(person, at, kind, &page, None, topic, log);
        touches.push((at, points));
        if kind == "trial_download" {
            trial(person, at + luck.among(10 * MINUTE, 2 * DAY), luck, log);
        }
        at += luck.among(30, 200);
    }
    if luck.chance(person.curious / 14) {
        let network = luck.weigh(&[("LinkedIn", 52), ("Instagram", 27), ("X", 21)]);
        let kind =
            luck.weigh(&[("social_follow", 50), ("social_comment", 24), ("social_share", 22), ("social_unfollow", 4)]);
        log.social.push(Social { time: at + luck.among(1, 50) * HOUR, address: person.address.clone(), network, kind });
    }
}

/// The forms that are sent in a session, with what they are worth.
fn forms(person: &Person, luck: &mut Luck) -> Vec<(&'static str, String, &'static str, i64)> {
    let mut sent = Vec::new();
    if luck.chance(person.curious / 9) {
        sent.push(("whitepaper_download", format!("/whitepapers/{}", luck.pick(&PAPERS)), "", 12));
    }
    if person.subscribed.is_none() && luck.chance(25 + person.curious / 12) {
        sent.push(("newsletter_signup", "/newsletter".to_owned(), "", 8));
    }
    if luck.chance(22) {
        sent.push(("offer_redeemed", format!("/offers/{}", luck.pick(&OFFERS)), "", 15));
    }
    if luck.chance((person.need - 440).max(16) / 5) {
        sent.push(("demo_request", "/demo".to_owned(), "Demo", 42));
    }
    if luck.chance(person.need / 20) {
        let topic = if luck.chance(person.need) {
            luck.weigh(&[("Sales", 5), ("Pricing", 3)])
        } else {
            luck.weigh(&[("Support", 5), ("Job application", 3), ("Selling to us", 2), ("Press", 1)])
        };
        let points = if ["Sales", "Pricing"].contains(&topic) { 28 } else { -20 };
        sent.push(("contact_request", "/contact".to_owned(), topic, points));
    }
    if luck.chance((person.need - 300).max(0) / 8) {
        sent.push(("trial_download", "/trial".to_owned(), "", 18));
    }
    sent
}

fn web(
    person: &Person,
    time: i64,
    kind: &'static str,
    page: &str,
    seconds: Option<i64>,
    topic: &'static str,
    log: &mut Log,
) {
    log.web.push(Web { time, lead: id_at(person, time), kind, page: format!("{SITE}{page}"), seconds, topic });
}

/// The webinars that a lead registers for in a time, and stays in or not.
fn webinars(person: &Person, from: i64, to: i64, luck: &mut Luck, log: &mut Log, touches: &mut Vec<Touch>) {
    for number in 0..N_WEBINARS {
        let begins = webinar_at(number);
        if begins < from || begins > to + 20 * DAY || begins >= END || !luck.chance(person.curious / 3) {
            continue;
        }
        let registered = (begins - luck.among(HOUR, 12 * DAY)).max(from + HOUR);
        let length = LENGTHS[number % LENGTHS.len()];
        let came = luck.chance(680);
        let joined = (came && registered < begins).then(|| begins + luck.below(9) * MINUTE);
        let name = format!("{} {}", person.first, person.last);
        let address = address_at(person, registered);
        let tenths = luck.among(20, length * 10 - 3);
        let registered = (!luck.chance(40)).then_some(registered);
        if registered.is_some() || joined.is_some() {
            log.webinars.push(Webinar { number, name, address, registered, joined, tenths });
        }
        touches.extend(joined.filter(|_| tenths > length * 5).map(|joined| (joined, 20)));
    }
}

/// A trial of three weeks: the more a lead needs it, the more days it uses it.
fn trial(person: &Person, from: i64, luck: &mut Luck, log: &mut Log) {
    let address = address_at(person, from);
    let mut put = |time: i64, kind: &'static str, feature: &'static str, plan: &'static str| {
        if time < END {
            log.product.push(Use { time, address: address.clone(), kind, feature, plan });
        }
    };
    put(from, "trial_started", "", "Trial");
    let n_days = if luck.chance(200) { 5 } else { 26 };
    for day in 1..n_days {
        if !luck.chance(person.need * 3 / 5) {
            continue;
        }
        let mut at = (from + day * DAY).div_euclid(DAY) * DAY + luck.among(9 * HOUR, 18 * HOUR);
        put(at, "login", "", "Trial");
        for _ in 0..luck.below(4) {
            at += luck.among(40, 900);
            put(at, "feature_used", luck.pick(&FEATURES), "Trial");
        }
        if luck.chance((person.need - 550).max(0) / 6) {
            put(at + 100, "teammate_invited", "", "Trial");
        }
    }
    if luck.chance((person.need - 600).max(0) / 2) {
        put(from + luck.among(14, 24) * DAY, "plan_paid", "", "Starter");
    } else if luck.chance(60) {
        put(from + luck.among(5, 20) * DAY, "trial_cancelled", "", "Trial");
    }
}
