//! The one list of presets.

use super::Preset;
use super::decode::decode;
use std::sync::LazyLock;

/// Name and text of every preset. Where two fit a file equally well, the earlier is taken.
const FILES: &[(&str, &str)] = &[
    ("hubspot-contacts", include_str!("hubspot-contacts.yaml")),
    ("hubspot-companies", include_str!("hubspot-companies.yaml")),
    ("hubspot-deals", include_str!("hubspot-deals.yaml")),
    ("salesforce-leads", include_str!("salesforce-leads.yaml")),
    ("salesforce-opportunities", include_str!("salesforce-opportunities.yaml")),
    ("marketo-leads", include_str!("marketo-leads.yaml")),
    ("marketo-activities", include_str!("marketo-activities.yaml")),
    ("pardot-prospects", include_str!("pardot-prospects.yaml")),
    ("dynamics-leads", include_str!("dynamics-leads.yaml")),
    ("zoho-leads", include_str!("zoho-leads.yaml")),
    ("pipedrive-people", include_str!("pipedrive-people.yaml")),
    ("pipedrive-deals", include_str!("pipedrive-deals.yaml")),
    ("mautic-contacts", include_str!("mautic-contacts.yaml")),
    ("ga4-events", include_str!("ga4-events.yaml")),
    ("matomo-visits", include_str!("matomo-visits.yaml")),
    ("zoom-attendees", include_str!("zoom-attendees.yaml")),
    ("goto-attendees", include_str!("goto-attendees.yaml")),
    ("mailchimp-members", include_str!("mailchimp-members.yaml")),
    ("mailchimp-activity", include_str!("mailchimp-activity.yaml")),
    ("segment-events", include_str!("segment-events.yaml")),
    ("posthog-events", include_str!("posthog-events.yaml")),
];

static ALL: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    FILES.iter().map(|(name, text)| decode(name, text).expect("a test decodes every preset")).collect()
});

/// Every preset, in the order of the list.
#[must_use]
pub fn all() -> &'static [Preset] {
    &ALL
}

/// The preset of this name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Preset> {
    all().iter().find(|preset| preset.name == name)
}

#[cfg(test)]
mod tests {
    use super::super::key::key;
    use super::*;

    #[test]
    fn every_file_is_a_preset() {
        for (name, text) in FILES {
            let preset = decode(name, text).unwrap_or_else(|error| panic!("{error}"));
            assert!(!preset.signature.is_empty(), "{name} is never recognised");
            assert!(!preset.provenance.is_empty(), "{name} says not where its headers are from");
        }
    }

    #[test]
    fn no_header_or_field_stands_twice_in_a_preset() {
        for preset in all() {
            let mut headers: Vec<(String, &str)> = Vec::new();
            for column in &preset.columns {
                for header in &column.headers {
                    let key = key(&header.text);
                    let other = headers.iter().find(|(known, field)| *known == key && *field != column.field);
                    assert!(other.is_none(), "{}: `{}` of {} and {other:?}", preset.name, header.text, column.field);
                    headers.push((key, &column.field));
                }
            }
            let mut fields: Vec<&str> = preset.columns.iter().map(|column| column.field.as_str()).collect();
            let n_fields = fields.len();
            fields.sort_unstable();
            fields.dedup();
            assert_eq!(fields.len(), n_fields, "{}: a field stands twice", preset.name);
        }
    }

    #[test]
    fn names_are_the_languages_and_unique() {
        for preset in all() {
            assert_eq!(by_name(preset.name), Some(preset));
            for column in &preset.columns {
                let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                assert!(column.field.chars().all(fits), "{}: {}", preset.name, column.field);
            }
        }
    }
}
