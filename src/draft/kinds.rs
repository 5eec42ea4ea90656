//! What an event type is worth to begin with, by the words in it: a request is worth more than a view, and what we do ourselves
//! is worth nothing.

use super::name::slug;

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// Our doing, or a result.
    Ours,
    /// A sale.
    Won,
    /// Something that speaks for the lead, or against it: points for each, a limit for all, whether once a day.
    Points(i64, i64, bool),
}

/// Words and what they are worth; the first that is found counts.
const WORDS: [(&[&str], Worth); 12] = [
    (&["won", "purchase", "purchased", "gewonnen", "kazanildi", "wygrana", "ganado"], Worth::Won),
    (
        &["sent", "delivered", "bounce", "bounced", "dropped", "deferred", "processed", "lost", "gesendet", "made"],
        Worth::Ours,
    ),
    (&["contract", "proposal", "qualification", "negotiation"], Worth::Ours),
    (
        &["unsubscribe", "unsubscribed", "spam", "complaint", "unfollow", "cancelled", "canceled", "abmeldung"],
        Worth::Points(-20, -40, false),
    ),
    (
        &["demo", "trial", "pricing", "quote", "request", "requested", "inquiry", "buy", "order", "checkout"],
        Worth::Points(20, 40, false),
    ),
    (
        &[
            "attended",
            "meeting",
            "join",
            "joined",
            "participated",
            "talk",
            "submit",
            "submitted",
            "submission",
            "contact",
        ],
        Worth::Points(15, 30, false),
    ),
    (
        &[
            "download",
            "signup",
            "register",
            "registered",
            "registration",
            "webinar",
            "form",
            "subscribe",
            "reply",
            "replied",
        ],
        Worth::Points(10, 30, false),
    ),
    (&["click", "clicked", "klick"], Worth::Points(2, 10, true)),
    (&["open", "opened", "impression"], Worth::Points(1, 5, true)),
    (&["view", "viewed", "pageview", "visit", "visited", "session", "website", "page"], Worth::Points(1, 10, true)),
    (&["login", "used", "activity", "follow", "like", "comment", "share", "video"], Worth::Points(2, 20, true)),
    (&["call", "email", "task", "note", "outbound"], Worth::Points(3, 15, true)),
];

/// What a type is worth to begin with.
pub(super) fn worth(kind: &str) -> Worth {
    let slug = slug(kind, '_', "");
    let words: Vec<&str> = slug.split('_').collect();
    let found = WORDS.iter().find(|(known, _)| known.iter().any(|word| words.contains(word)));
    found.map_or(Worth::Points(5, 15, false), |(_, worth)| *worth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_words_in_it() {
        assert_eq!(worth("Closed Won"), Worth::Won);
        assert_eq!(worth("email_sent"), Worth::Ours);
        assert_eq!(worth("email_bounced"), Worth::Ours);
        assert_eq!(worth("demoRequest"), Worth::Points(20, 40, false));
        assert_eq!(worth("page_view"), Worth::Points(1, 10, true));
        assert_eq!(worth("Unsubscribed"), Worth::Points(-20, -40, false));
        assert_eq!(worth("stand_visit"), Worth::Points(1, 10, true));
        assert_eq!(worth("something else"), Worth::Points(5, 15, false));
    }
}
