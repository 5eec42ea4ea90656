//! What an event type is worth to begin with, by the words in it: a request is worth more than a view, and what we do ourselves
//! is worth nothing.

use super::name::slug;

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeWorth {
    /// Our doing, or a result.
    Ours,
    /// A sale.
    Won,
    /// Something that speaks for the lead, or against it: points for each, a limit for all, whether once a day.
    Points(i64, i64, bool),
}

/// Words and what they are worth; the first that is found counts.
const WORDS: [(&[&str], TypeWorth); 12] = [
    (&["won", "purchase", "purchased", "gewonnen", "kazanildi", "wygrana", "ganado"], TypeWorth::Won),
    (
        &[
            "sent",
            "delivered",
            "bounce",
            "bounced",
            "dropped",
            "deferred",
            "processed",
            "lost",
            "gesendet",
            "made",
            "change",
            "changed",
            "updated",
            "merged",
            "synced",
            "assigned",
        ],
        TypeWorth::Ours,
    ),
    (&["contract", "proposal", "qualification", "negotiation"], TypeWorth::Ours),
    (
        &["unsubscribe", "unsubscribed", "spam", "complaint", "unfollow", "cancelled", "canceled", "abmeldung"],
        TypeWorth::Points(-20, -40, false),
    ),
    (
        &["demo", "trial", "pricing", "quote", "request", "requested", "inquiry", "buy", "order", "checkout"],
        TypeWorth::Points(20, 40, false),
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
        TypeWorth::Points(15, 30, false),
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
        TypeWorth::Points(10, 30, false),
    ),
    (&["click", "clicked", "klick"], TypeWorth::Points(2, 10, true)),
    (&["open", "opened", "impression"], TypeWorth::Points(1, 5, true)),
    (&["view", "viewed", "pageview", "visit", "visited", "session", "website", "page"], TypeWorth::Points(1, 10, true)),
    (&["login", "used", "activity", "follow", "like", "comment", "share", "video"], TypeWorth::Points(2, 20, true)),
    (&["call", "email", "task", "note", "outbound"], TypeWorth::Points(3, 15, true)),
];

/// What a type is worth to begin with.
pub(super) fn worth(kind: &str) -> TypeWorth {
    let slug = slug(kind, '_', "");
    let words: Vec<&str> = slug.split('_').collect();
    let found = WORDS.iter().find(|(known, _)| known.iter().any(|word| words.contains(word)));
    found.map_or(TypeWorth::Points(5, 15, false), |(_, worth)| *worth)
}

/// Whether a type says that somebody wants no more mail.
pub(super) fn wants_no_mail(kind: &str) -> bool {
    const WORDS: [&str; 8] =
        ["unsubscribe", "unsubscribed", "unsubscribes", "optout", "spam", "complaint", "abmeldung", "abgemeldet"];
    let slug = slug(kind, '_', "");
    slug.contains("opt_out") || slug.contains("opted_out") || slug.split('_').any(|word| WORDS.contains(&word))
}

/// The deed that a type or a count is about, in whatever order and form its words stand: `Email Opened` and `email_open` are one.
pub(super) fn deed(kind: &str) -> Vec<String> {
    let slug = slug(kind, '_', "").replace("pageview", "page_view");
    let stem = |word: &str| {
        let word = word.strip_suffix('s').unwrap_or(word);
        let word = word
            .strip_suffix("ted")
            .map_or(word, |stem| if stem.ends_with("mit") { &word[..stem.len()] } else { word });
        word.strip_suffix("ed").unwrap_or(word).to_owned()
    };
    let mut words: Vec<String> = slug.split('_').map(stem).collect();
    words.sort();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_words_in_it() {
        assert_eq!(worth("Closed Won"), TypeWorth::Won);
        assert_eq!(worth("email_sent"), TypeWorth::Ours);
        assert_eq!(worth("email_bounced"), TypeWorth::Ours);
        assert_eq!(worth("demoRequest"), TypeWorth::Points(20, 40, false));
        assert_eq!(worth("page_view"), TypeWorth::Points(1, 10, true));
        assert_eq!(worth("Unsubscribed"), TypeWorth::Points(-20, -40, false));
        assert_eq!(worth("stand_visit"), TypeWorth::Points(1, 10, true));
        assert_eq!(worth("Change Status in Progression"), TypeWorth::Ours);
        assert_eq!(worth("something else"), TypeWorth::Points(5, 15, false));
    }

    #[test]
    fn one_deed_in_several_words() {
        for (kind, count) in
            [("Email Opened", "email_open"), ("pageviews", "page_view"), ("Form Submitted", "form_submit")]
        {
            assert_eq!(deed(kind), deed(count), "{kind}");
        }
        assert_ne!(deed("pricing_page_view"), deed("page_view"));
        assert!(wants_no_mail("Email Opt-Out") && wants_no_mail("spam complaint"));
        assert!(!wants_no_mail("meeting cancelled") && !wants_no_mail("opted in"));
    }
}
