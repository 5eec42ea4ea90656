//! Headers as the products write them, and what they are taken for.

use super::super::ColumnRole;
use super::*;

fn headers(line: &str) -> Vec<String> {
    line.split('|').map(|header| header.trim().to_owned()).collect()
}

fn first(line: &str) -> Option<Recognition> {
    recognise(&headers(line)).into_iter().next()
}

fn name(line: &str) -> &'static str {
    first(line).map_or("none", |found| found.preset.name)
}

#[test]
fn exports_are_recognised_by_their_headers() {
    let table = [
        ("hubspot-contacts", "Record ID|First Name|Last Name|Email|Phone Number|Contact owner|Lead Status|Create Date"),
        ("hubspot-contacts", "Datensatz-ID|Vorname|Nachname|E-Mail|Lead-Status|Lifecycle-Phase|Erstellungsdatum"),
        ("hubspot-contacts", "ID d'enregistrement|Prénom|Nom|E-mail|Phase du cycle de vie|Date de création"),
        ("hubspot-contacts", "ID de registro|Nombre|Apellidos|Correo|Etapa del ciclo de vida|Fecha de creación"),
        ("hubspot-contacts", "Kayıt Kimliği|Ad|Soyadı|E-posta|Yaşam Döngüsü Aşaması|Oluşturma tarihi"),
        ("hubspot-contacts", "Identyfikator rekordu|Imię|Nazwisko|Adres e-mail|Etap cyklu życia|Data utworzenia"),
        ("hubspot-contacts", "hs_object_id|email|firstname|lastname|lifecyclestage|createdate|hs_analytics_source"),
        ("hubspot-companies", "Record ID|Company name|Industry|Number of Employees|Country/Region|Annual Revenue"),
        ("hubspot-deals", "Deal ID|Deal Name|Contact ID|Deal Stage|Close Date|Amount"),
        ("salesforce-leads", "Lead Source|First Name|Last Name|Email|Phone|Lead Status|Owner Alias|Created Date"),
        ("salesforce-leads", "Lead ID|FirstName|LastName|Email|Phone|Company|LeadSource|Status|OwnerId"),
        (
            "salesforce-leads",
            "First Name|Last Name|Title|Company / Account|Email|Lead Source|Lead Status|Lead Owner|Create Date",
        ),
        ("salesforce-opportunities", "Opportunity Name|Account Name|Stage|Amount|Close Date|Created Date|Lead Source"),
        ("marketo-leads", "Id|Email Address|First Name|Last Name|Company Name|Lead Score|Created At|Updated At"),
        (
            "marketo-activities",
            "marketoGUID|leadId|activityDate|activityTypeId|campaignId|primaryAttributeValue|attributes",
        ),
        ("pardot-prospects", "Prospect Id|First Name|Last Name|Email|Company|Score|Grade|Last Activity At|Opted Out"),
        (
            "dynamics-leads",
            "(Do Not Modify) Lead|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Name|Topic|Status Reason|Created On",
        ),
        ("zoho-leads", "Lead Name|Email|Phone|Lead Source|Lead Owner|Lead Status|Industry"),
        (
            "zoho-leads",
            "First Name|Last Name|Email|Phone|Lead Source|Lead Status|Lead Owner|Created Time|Modified Time",
        ),
        ("zoho-leads", "Record Id|Contact Owner|First Name|Last Name|Account Name|Email|Lead Source|Created Time"),
        (
            "zoho-leads",
            "Record Id|Lead Owner.id|Lead Owner|Company|First Name|Last Name|Email|Lead Source|No. of Employees|Created Time",
        ),
        (
            "pipedrive-people",
            "Person - Name|Person - Email - Work|Person - Phone - Work|Person - Organization|Person - ID",
        ),
        ("pipedrive-deals", "Deal - ID|Deal - Title|Deal - Value|Deal - Stage|Deal - Won time|Person - Email - Work"),
        ("mautic-contacts", "id|firstname|lastname|company|email|points|last_active|date_added"),
        ("ga4-events", "event_date|event_timestamp|event_name|user_pseudo_id|user_id|page_location"),
        ("matomo-visits", "idVisit|visitIp|visitorId|userId|serverTimestamp|actions|visitDuration"),
        (
            "zoom-attendees",
            "Attended|User Name (Original Name)|First Name|Last Name|Email|Registration Time|Approval Status|Join Time|Leave Time|Time in Session (minutes)",
        ),
        (
            "goto-attendees",
            "Attended|Interest Rating|Last Name|First Name|Email Address|Registration Date/Time|Join Time|Leave Time|Time in Session",
        ),
        (
            "mailchimp-members",
            "Email Address|First Name|Last Name|MEMBER_RATING|OPTIN_TIME|OPTIN_IP|CONFIRM_TIME|LAST_CHANGED|LEID|EUID|NOTES|TAGS",
        ),
        ("mailchimp-activity", "email_address|action|timestamp|url"),
        ("segment-events", "id|anonymous_id|user_id|event|event_text|received_at|sent_at|timestamp"),
        ("posthog-events", "uuid|event|timestamp|distinct_id|properties.$current_url"),
    ];
    let wrong: Vec<String> = table
        .into_iter()
        .filter(|(wanted, line)| name(line) != *wanted)
        .map(|(wanted, line)| format!("{wanted} is taken for {}: {line}", name(line)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for preset in all() {
        assert!(table.iter().any(|(name, _)| *name == preset.name), "no example of {}", preset.name);
    }
}

#[test]
fn a_file_of_no_flavour_is_of_none() {
    for line in [
        "Name|Email|Phone",
        "id|created_time|full_name|email|form_name|platform",
        "a|b",
        "",
        "lead_id|lead_source|x|y|z|v|w",
        "Email|Company|Job Title|Lead Source|Lead Status|Owner|Created Date",
    ] {
        assert_eq!(name(line), "none", "{line}");
    }
}

#[test]
fn columns_lie_where_their_headers_do() {
    let found = first("Kayıt Kimliği|Favori renk|E-posta|Ad|E-posta|MQL olma tarihi").expect("a contacts export");
    let fields: Vec<&str> = found.columns.iter().map(|column| column.map_or("", |column| &column.field)).collect();
    assert_eq!(fields, ["record_id", "", "email", "first_name", "", "became_mql"]);
    assert_eq!(found.columns[5].map(|column| &column.role), Some(&ColumnRole::StageDate("MQL".to_owned())));
    assert_eq!((found.language, found.n_known, found.share_percent()), (Some("tr"), 4, 66));
}

/// The headers of a preset in one language, those of English where the language has none.
fn own_headers(preset: &'static Preset, language: &str) -> Vec<String> {
    let of = |column: &PresetColumn, language: &str| {
        column.headers.iter().find(|header| header.language == language).map(|header| header.text.clone())
    };
    preset.columns.iter().filter_map(|column| of(column, language).or_else(|| of(column, "en"))).collect()
}

#[test]
fn every_preset_is_recognised_by_its_own_headers_in_each_language() {
    let mut wrong = Vec::new();
    for preset in all() {
        let mut languages: Vec<&str> = preset.columns.iter().flat_map(|c| &c.headers).map(|h| &*h.language).collect();
        languages.sort_unstable();
        languages.dedup();
        let n_of = |language: &str| {
            let has = |column: &&PresetColumn| column.headers.iter().any(|header| header.language == language);
            preset.columns.iter().filter(has).count()
        };
        for language in languages.into_iter().filter(|language| n_of(language) * 2 >= preset.columns.len()) {
            let whole = own_headers(preset, language);
            let kept = whole.iter().enumerate().filter(|(at, _)| at % 10 < 7).map(|(_, header)| header.clone());
            let custom = (0..10).map(|n| format!("Custom field {n}"));
            for headers in [whole.clone(), kept.chain(custom).collect()] {
                let found = recognise(&headers);
                let best = found.iter().find(|found| found.preset.what == preset.what);
                if best.is_none_or(|best| best.preset.product != preset.product) {
                    let taken_for = best.map_or("none", |best| best.preset.name);
                    wrong.push(format!("{} in {language} is taken for {taken_for}: {headers:?}", preset.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
