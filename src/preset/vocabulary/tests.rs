//! What the headers of files as people export them mean, as a table: header, what a person reads it as.

use super::*;

fn table(text: &str) -> Vec<(&str, Option<ColumnRole>)> {
    let rows = text.lines().filter(|line| !line.trim().is_empty());
    rows.map(|line| {
        let (header, role) = line.rsplit_once("→").expect("a header, an arrow, a role");
        let role = role.trim();
        let role = (role != "?").then(|| serde_yaml::from_str(role).unwrap_or_else(|error| panic!("{line}: {error}")));
        (header.trim(), role)
    })
    .collect()
}

fn assert_table(text: &str) {
    let wrong: Vec<String> = table(text)
        .into_iter()
        .filter(|(header, role)| role_of(header, None) != *role)
        .map(|(header, role)| format!("{header}: {:?}, and is {role:?}", role_of(header, None)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_vocabulary_is_one() {
    let vocabulary = read(include_str!("../vocabulary.yaml")).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(vocabulary.known.len() > 500);
}

/// Lead advertisements of social networks and search engines, spreadsheets of agencies, exports of CRMs, in the
/// languages that people write them in.
const AS_PEOPLE_WRITE: &str = "
    created_time        → created
    Created Time        → created
    Created Date        → created
    Create Date         → created
    Signup Date         → created
    Date                → event_time
    Conversion Time     → event_time
    Last Contact        → contacted
    id                  → id
    Lead ID             → id
    Record ID           → id
    GCLID               → click_id
    Google Click ID     → click_id
    full_name           → full_name
    Full Name           → full_name
    Name                → full_name
    name                → full_name
    NAME                → full_name
    Nmae                → full_name
    Customer Name       → full_name
    Client Name         → full_name
    Contact Name        → full_name
    Lead Name           → full_name
    Contact             → full_name
    Nombre              → full_name
    Nom                 → full_name
    الاسم               → full_name
    नाम                 → full_name
    First Name          → first_name
    FirstName           → first_name
    fname               → first_name
    Last Name           → last_name
    LastName            → last_name
    email               → email
    EMAIL               → email
    Email Address       → email
    EMAIL ADDRESS       → email
    E-Mail Adresse      → email
    Lead Email          → email
    User Email          → email
    Emial               → email
    emial               → email
    Correo              → email
    البريد              → email
    ईमेल                → email
    Email / Phone       → email
    phone_number        → phone
    Phone               → phone
    Phone Number        → phone
    Lead Phone          → phone
    User Phone          → phone
    Phne                → phone
    Telefono            → phone
    Téléphone           → phone
    الهاتف              → phone
    फ़ोन                → phone
    ☎ Contact           → phone
    Mobile              → mobile
    Mobile No.          → mobile
    Whatsapp Number     → mobile
    Company             → company
    Company Name        → company
    Company Name*       → company
    Compny              → company
    Empresa             → company
    Entreprise          → company
    Job Title           → job_title
    City                → city
    State               → state
    Country             → country
    Industry            → industry
    Source              → source
    Lead Source         → source
    LeadSource          → source
    Original Source     → source
    Data Source         → source
    platform            → source
    Campaign            → campaign
    campaign_name       → campaign
    campaign_id         → campaign
    form_name           → campaign
    Ad Name             → campaign
    ad_name             → campaign
    adset_name          → campaign
    Conversion Name     → campaign
    Status              → status
    Statu               → status
    Statut              → status
    CRM Status          → status
    Lead Status         → status
    Interested?         → status
    Lifecycle Stage     → stage
    Owner               → owner
    OwnerId             → owner
    Owner Alias         → owner
    Lead Owner          → owner
    Sales Rep           → owner
    Budget              → amount
    Conversion Value    → amount
    Notes               → notes
    Notas               → notes
    Rating              → rating
";

#[test]
fn headers_as_people_write_them() {
    assert_table(AS_PEOPLE_WRITE);
}

#[test]
fn dates_of_stages() {
    assert_table(
        "
        Became a Marketing Qualified Lead Date               → { stage_date: MQL }
        hs_lifecyclestage_marketingqualifiedlead_date        → { stage_date: MQL }
        Date entered 'Marketing Qualified Lead (Lifecycle)'  → { stage_date: MQL }
        hs_v2_date_entered_opportunity                       → { stage_date: Opportunity }
        Datum der Konversion zum Marketing-Qualified-Lead    → { stage_date: MQL }
        Date de conversion en client                         → { stage_date: Customer }
        Became MQL                                           → { stage_date: MQL }
        Became a Lead Date                                   → { stage_date: Lead }
        SQL Tarihi                                           → { stage_date: SQL }
        Data SQL                                             → { stage_date: SQL }
        hs_v2_date_exited_marketingqualifiedlead             → ?
        hs_v2_latest_time_in_salesqualifiedlead              → ?
        Customer birthday                                    → ?
        ",
    );
}

/// Words that mean something to a person and nothing to a score, or whose meaning only the cells can tell.
#[test]
fn headers_without_a_role() {
    assert_table(
        "
        is_organic          → ?
        Conversion Currency → ?
        Language            → ?
        Country Code        → ?
        Address             → ?
        Property            → ?
        Extra1              → ?
        Extra4              → ?
        Read count          → ?
        Interests           → ?
        Team                → ?
        12                  → ?
        ---                 → ?
        x                   → ?
                            → ?
        ",
    );
}

#[test]
fn the_language_of_headers() {
    let of = |headers: &str| language_of(&headers.split(';').map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(of("Vorname;Nachname;E-Mail;Firma;Telefon;Quelle"), Some("de"));
    assert_eq!(of("Nom;Email;Téléphone;Entreprise;Statut"), Some("fr"));
    assert_eq!(of("Adı;Soyadı;E-posta;Şirket;Cep;Durum"), Some("tr"));
    assert_eq!(of("Nombre;Correo;Telefono;Empresa;Notas"), Some("es"));
    assert_eq!(of("Imię;Nazwisko;E-mail;Firma;Telefon"), Some("pl"));
    assert_eq!(of("Name;Email;Phone"), Some("en"));
    assert_eq!(of("a1;b2"), None);
}
