//! The words that names are made of. All people and companies are invented.

/// Where a company has its seat, and how its people are named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Region {
    Turkish,
    German,
    Polish,
    Dutch,
    English,
}

/// The regions, with their weights.
pub(super) const REGIONS: [(Region, i64); 5] =
    [(Region::Turkish, 30), (Region::German, 22), (Region::Polish, 15), (Region::Dutch, 8), (Region::English, 25)];

impl Region {
    pub(super) const fn first_names(self) -> &'static [&'static str] {
        match self {
            Self::Turkish => &[
                "Ayşe", "Barış", "Burak", "Emre", "Fatma", "Gülşah", "Işıl", "Kerem", "Mehmet", "Oğuz", "Tuğba",
                "Zeynep", "Çağla", "Özge", "Ümit", "İlker", "İrem", "Şule",
            ],
            Self::German => &[
                "Anja",
                "Björn",
                "Franziska",
                "Götz",
                "Heike",
                "Jörg",
                "Jürgen",
                "Käthe",
                "Lena",
                "Matthias",
                "Rüdiger",
                "Sönke",
                "Tobias",
                "Ulrike",
            ],
            Self::Polish => &[
                "Agnieszka",
                "Bożena",
                "Grzegorz",
                "Halina",
                "Jędrzej",
                "Katarzyna",
                "Małgorzata",
                "Michał",
                "Paweł",
                "Stanisław",
                "Zofia",
                "Łukasz",
                "Żaneta",
            ],
            Self::Dutch => &["Daan", "Femke", "Joost", "Maartje", "Sanne", "Thijs"],
            Self::English => &[
                "Chloe", "Daniel", "Emily", "Ethan", "Grace", "Hannah", "James", "Marcus", "Nadia", "Olivia", "Owen",
                "Priya", "Samuel", "Victor",
            ],
        }
    }

    pub(super) const fn last_names(self) -> &'static [&'static str] {
        match self {
            Self::Turkish => &[
                "Aydın", "Doğan", "Erdoğdu", "Güneş", "Işık", "Koç", "Kılıç", "Tığlı", "Yılmaz", "Çelik", "Öztürk",
                "Ünlü", "İnce", "Şahin",
            ],
            Self::German => &[
                "Brückner",
                "Böhm",
                "Großmann",
                "Jäger",
                "Krüger",
                "Köhler",
                "Lindner",
                "Müller",
                "Schäfer",
                "Strauß",
                "Vogt",
                "Weiß",
            ],
            Self::Polish => &[
                "Dąbrowska",
                "Gołąb",
                "Jabłoński",
                "Krawczyk",
                "Nowak",
                "Szymańska",
                "Wiśniewski",
                "Woźniak",
                "Wójcik",
                "Zieliński",
                "Łuczak",
            ],
            Self::Dutch => &["Bakker", "Hoekstra", "Mulder", "de Vries", "ten Brink", "van Dijk"],
            Self::English => &[
                "Abbott",
                "Bright",
                "Castellan",
                "Delgado",
                "Hartley",
                "Langford",
                "Marsh",
                "Okafor",
                "Penrose",
                "Rowe",
                "Sinclair",
                "Whitcombe",
            ],
        }
    }

    pub(super) const fn legal_forms(self) -> &'static [&'static str] {
        match self {
            Self::Turkish => &["A.Ş.", "Ltd. Şti."],
            Self::German => &["GmbH", "GmbH & Co. KG", "AG"],
            Self::Polish => &["sp. z o.o.", "S.A."],
            Self::Dutch => &["B.V."],
            Self::English => &["Ltd", "LLC", "Inc."],
        }
    }

    /// The countries, each in the spellings that a CRM gathers.
    pub(super) const fn countries(self) -> &'static [(&'static str, i64)] {
        match self {
            Self::Turkish => &[("Türkiye", 60), ("Turkey", 25), ("TR", 10), ("TURKEY", 5)],
            Self::German => &[
                ("Germany", 45),
                ("Deutschland", 20),
                ("DE", 5),
                ("Austria", 14),
                ("Österreich", 4),
                ("Switzerland", 12),
            ],
            Self::Polish => &[("Poland", 60), ("Polska", 35), ("PL", 5)],
            Self::Dutch => &[("Netherlands", 55), ("The Netherlands", 15), ("Belgium", 30)],
            Self::English => &[
                ("United States", 26),
                ("USA", 10),
                ("United Kingdom", 20),
                ("UK", 8),
                ("Canada", 12),
                ("Ireland", 8),
                ("India", 8),
                ("Nigeria", 4),
                ("Brazil", 4),
            ],
        }
    }
}

pub(super) const COMPANIES: [&str; 35] = [
    "Amber",
    "Anadolu",
    "Beskid",
    "Bosporus",
    "Brook",
    "Cedar",
    "Cobalt",
    "Delta",
    "Ember",
    "Falcon",
    "Fjord",
    "Granit",
    "Hafen",
    "Harbour",
    "Juniper",
    "Karadeniz",
    "Kestrel",
    "Kuzey",
    "Linden",
    "Lodestar",
    "Lumen",
    "Marble",
    "Meridian",
    "Nordlicht",
    "Orbit",
    "Ostsee",
    "Pinewood",
    "Poyraz",
    "Quarry",
    "Saffron",
    "Silver",
    "Tatra",
    "Tundra",
    "Vela",
    "Wisla",
];

/// An industry, its weight, and the words that its companies are named by.
pub(super) const INDUSTRIES: [(&str, i64, &[&str]); 10] = [
    ("Software", 24, &["Software", "Systems", "Cloud", "Labs"]),
    ("Fintech", 14, &["Pay", "Finance", "Ledger"]),
    ("Manufacturing", 14, &["Werke", "Metal", "Makina"]),
    ("Logistics", 13, &["Freight", "Cargo", "Lojistik"]),
    ("Healthcare", 11, &["Klinik", "Health", "Care"]),
    ("Retail", 8, &["Moda", "Markt", "Stores"]),
    ("Construction", 5, &["Bau", "İnşaat"]),
    ("Public Sector", 5, &["Institut", "Agency"]),
    ("Hospitality", 4, &["Hotels"]),
    ("Gambling", 2, &["Bets"]),
];

pub(super) const CLOUD: [&str; 10] = [
    "Salesforce",
    "HubSpot",
    "Microsoft Dynamics",
    "Zoho",
    "Pipedrive",
    "Marketo",
    "AWS",
    "Google Cloud",
    "Azure",
    "Snowflake",
];
pub(super) const OTHER_TOOLS: [&str; 6] =
    ["Logo Tiger", "SAP R/3", "Excel", "WordPress", "On-premise CRM", "Paper forms"];

pub(super) const SENIOR: [&str; 12] = [
    "CEO",
    "CMO",
    "COO",
    "Founder",
    "Managing Director",
    "Geschäftsführer",
    "Genel Müdür",
    "VP Marketing",
    "VP Sales",
    "Prezes",
    "Agency Owner",
    "Chief Revenue Officer (CRO)",
];
pub(super) const MANAGERS: [&str; 14] = [
    "Marketing Manager",
    "Head of Marketing",
    "Head of Growth",
    "CRM Manager",
    "Sales Director",
    "Revenue Operations Lead",
    "Pazarlama Müdürü",
    "Satış Direktörü",
    "Leiter Vertrieb",
    "Dyrektor Marketingu",
    "Kierownik Sprzedaży",
    "Procurement Manager",
    "Head of Procurement",
    "Satın Alma Müdürü",
];
pub(super) const OTHERS: [&str; 15] = [
    "Accountant",
    "Business Developer",
    "Consultant",
    "Data Analyst",
    "Designer",
    "HR Specialist",
    "Marketing Specialist",
    "Office Assistant",
    "Purchasing Specialist",
    "Sachbearbeiterin",
    "Software Engineer",
    "Uzman",
    "Einkäuferin",
    "Strategic Sourcing Lead",
    "Księgowa",
];
pub(super) const STUDENTS: [&str; 6] =
    ["Student", "Öğrenci", "Stajyer", "Marketing Intern", "Werkstudentin Marketing", "Praktikant"];

pub(super) const FREE_MAIL: [&str; 9] =
    ["gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "gmx.de", "web.de", "wp.pl", "mynet.com"];
pub(super) const RIVALS: [(&str, &str); 3] = [
    ("rivalscore.example", "RivalScore Inc."),
    ("leadrival.example", "LeadRival GmbH"),
    ("punktestand.example", "Punktestand AG"),
];

/// A lead's source as it is meant, and its weight.
pub(super) const SOURCES: [(&str, i64); 10] = [
    ("Organic Search", 22),
    ("Paid Search", 17),
    ("Referrals", 11),
    ("Direct Traffic", 11),
    ("Events", 9),
    ("Organic Social", 8),
    ("Email Marketing", 7),
    ("Paid Social", 8),
    ("Purchased List", 4),
    ("Offline Sources", 3),
];

pub(super) const INTERESTS: [&str; 7] =
    ["Lead scoring", "CRM integration", "Reporting", "E-mail design", "Marketing automation", "Pricing", "Careers"];

/// Who works in sales, and how often of a thousand each answers within a day.
pub(super) const OWNERS: [(&str, i64); 6] = [
    ("Defne Aksoy", 900),
    ("Jonas Albrecht", 820),
    ("Marta Sikora", 860),
    ("Theo Lambert", 560),
    ("Ceren Polat", 740),
    ("Ruth Adeyemi", 780),
];

/// `oeztuerk` for `Öztürk`: letters that an address may have.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'ç' | 'ć' => out.push('c'),
            'ğ' => out.push('g'),
            'ı' => out.push('i'),
            'ş' | 'ś' => out.push('s'),
            'ą' => out.push('a'),
            'ę' => out.push('e'),
            'ł' => out.push('l'),
            'ń' => out.push('n'),
            'ó' => out.push('o'),
            'ź' | 'ż' => out.push('z'),
            letter if letter.is_ascii_alphanumeric() => out.push(letter),
            _ => {}
        }
    }
    out
}
