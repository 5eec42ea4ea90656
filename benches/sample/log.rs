//! What happened, as the sources of events record it.

use super::clock::END;

/// A visit or a form of the website.
pub(super) struct Web {
    pub(super) time: i64,
    pub(super) lead: String,
    pub(super) kind: &'static str,
    pub(super) page: String,
    pub(super) seconds: Option<i64>,
    pub(super) topic: &'static str,
}

/// A mail of ours, and what became of it.
pub(super) struct Mail {
    pub(super) time: i64,
    pub(super) address: String,
    pub(super) kind: &'static str,
    pub(super) campaign: usize,
    pub(super) agent: &'static str,
}

/// A person in the report of a webinar.
pub(super) struct Webinar {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) registered: Option<i64>,
    pub(super) joined: Option<i64>,
    pub(super) tenths: i64,
}

/// A follower of our pages.
pub(super) struct Social {
    pub(super) time: i64,
    pub(super) address: String,
    pub(super) network: &'static str,
    pub(super) kind: &'static str,
}

/// What sales wrote down.
pub(super) struct Crm {
    pub(super) time: i64,
    pub(super) logged: i64,
    pub(super) lead: String,
    pub(super) kind: &'static str,
    pub(super) outcome: &'static str,
    pub(super) rating: Option<i64>,
}

/// A line of the product's log.
pub(super) struct Use {
    pub(super) time: i64,
    pub(super) address: String,
    pub(super) kind: &'static str,
    pub(super) feature: &'static str,
    pub(super) plan: &'static str,
}

/// A deal.
pub(super) struct Deal {
    pub(super) close: i64,
    pub(super) lead: String,
    pub(super) company: String,
    pub(super) stage: &'static str,
    pub(super) amount: i64,
    pub(super) currency: &'static str,
    pub(super) owner: &'static str,
    pub(super) reason: &'static str,
}

/// A stage that the CRM recorded; leads that come back have several of a kind.
pub(super) struct Change {
    pub(super) time: i64,
    pub(super) lead: String,
    pub(super) stage: &'static str,
    pub(super) reason: &'static str,
    pub(super) owner: &'static str,
}

/// All of it.
#[derive(Default)]
pub(super) struct Log {
    pub(super) web: Vec<Web>,
    pub(super) mail: Vec<Mail>,
    pub(super) webinars: Vec<Webinar>,
    pub(super) social: Vec<Social>,
    pub(super) crm: Vec<Crm>,
    pub(super) product: Vec<Use>,
    pub(super) deals: Vec<Deal>,
    pub(super) history: Vec<Change>,
}

impl Log {
    /// Puts each source into the order of its export, without what is written down only after it.
    pub(super) fn sort(&mut self) {
        self.crm.retain(|row| row.logged < END);
        self.social.retain(|row| row.time < END);
        self.web.sort_by_key(|row| row.time);
        self.mail.sort_by_key(|row| row.time);
        self.webinars.sort_by_key(|row| (row.number, row.registered.or(row.joined)));
        self.social.sort_by_key(|row| row.time);
        self.crm.sort_by_key(|row| row.time);
        self.product.sort_by_key(|row| row.time);
        self.deals.sort_by_key(|row| row.close);
        self.history.sort_by_key(|row| row.time);
    }
}

/// Appends a row of cells, quoted where they must be.
pub(super) fn row(to: &mut Vec<u8>, delimiter: char, cells: &[&str], ends: &str) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            to.extend(delimiter.to_string().into_bytes());
        }
        if cell.contains([delimiter, '"', '\n']) {
            to.extend(format!("\"{}\"", cell.replace('"', "\"\"")).into_bytes());
        } else {
            to.extend(cell.as_bytes());
        }
    }
    to.extend(ends.as_bytes());
}
