//! What a column can be to a rulebook, and the type that its cells are expected to have. Names of fields, stages and event
//! types are the rulebook's; nothing here knows how a header is spelt.

use crate::value::Type;
use serde::Deserialize;

/// What a column is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// Names the row: the id of a lead, or the key of a table. In an event file it names the lead.
    Id,
    /// The id that an advertiser gave the click: another for every row, and of no meaning to a person.
    ClickId,
    /// The e-mail address of the person. In an event file it may name the lead.
    Email,
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// Given and family name in one cell.
    FullName,
    /// What the person does for a living.
    JobTitle,
    /// The name of the organisation.
    Company,
    /// The id of the organisation, by which a table of accounts is looked up.
    AccountId,
    /// Further addresses of the person, several in a cell.
    OtherEmails,
    /// Ids that the lead had before it was merged with others.
    FormerIds,
    /// A telephone number.
    Phone,
    /// A mobile telephone number.
    Mobile,
    /// A country, by name or code.
    Country,
    /// A city.
    City,
    /// A state, province or region.
    State,
    /// What the organisation does.
    Industry,
    /// How many people work there.
    Employees,
    /// What the organisation turns over in a year.
    Revenue,
    /// A web address of the organisation.
    Website,
    /// Where the lead came from.
    Source,
    /// The campaign, advertisement or form that the lead came by.
    Campaign,
    /// What sales says of the lead: new, contacted, unqualified.
    Status,
    /// The stage of the lead or deal, by name.
    Stage,
    /// A rating or a score that the CRM itself gives.
    Rating,
    /// Who works on the lead.
    Owner,
    /// When the record was made.
    Created,
    /// When the record was last changed.
    Modified,
    /// When, or whether, the person asked for no more mail.
    Unsubscribed,
    /// When the lead entered the stage of this name, as the CRM recorded it.
    StageDate(String),
    /// When sales first spoke to the lead.
    Contacted,
    /// When the lead was lost.
    Lost,
    /// Why the lead was lost.
    LostReason,
    /// When the lead went back to marketing.
    Recycled,
    /// Why the lead went back to marketing.
    ReturnReason,
    /// When the deal was won or lost, or is expected to be.
    Closed,
    /// What a deal is worth.
    Amount,
    /// The currency of the amounts beside it, by its code.
    Currency,
    /// In an event file: the id of the lead.
    EventLead,
    /// In an event file: what happened.
    EventType,
    /// In an event file: when it happened. In a lead file: a date that says nothing more of itself.
    EventTime,
    /// In an event file: the id of the event.
    EventId,
    /// In an event file: a date that is an event of this type by itself, where one row holds several.
    EventAt(String),
    /// In an event file: a property of the event, worth a field of its own.
    EventField(String),
    /// In a lead file: how often the event of this type has happened.
    Count(String),
    /// In a lead file: when the event of this type happened last.
    LastSeen(String),
    /// Free text about the lead.
    Notes,
    /// Known, and of no special use.
    Other,
}

impl ColumnRole {
    /// The type that a column of this role mostly has.
    #[must_use]
    pub fn usual_type(&self) -> Type {
        match self {
            ColumnRole::Email | ColumnRole::OtherEmails => Type::Email,
            ColumnRole::Employees | ColumnRole::Revenue | ColumnRole::Amount | ColumnRole::Count(_) => Type::Number,
            ColumnRole::Created
            | ColumnRole::Modified
            | ColumnRole::StageDate(_)
            | ColumnRole::Contacted
            | ColumnRole::Lost
            | ColumnRole::Recycled
            | ColumnRole::Closed
            | ColumnRole::EventTime
            | ColumnRole::EventAt(_)
            | ColumnRole::LastSeen(_) => Type::Date,
            _ => Type::Text,
        }
    }

    /// The name that a field of this role has in a drafted rulebook, where no preset names it.
    #[must_use]
    pub fn field_name(&self) -> String {
        let plain = match self {
            ColumnRole::Id => "id",
            ColumnRole::ClickId => "click_id",
            ColumnRole::Email => "email",
            ColumnRole::FirstName => "first_name",
            ColumnRole::LastName => "last_name",
            ColumnRole::FullName => "full_name",
            ColumnRole::JobTitle => "job_title",
            ColumnRole::Company => "company",
            ColumnRole::AccountId => "account_id",
            ColumnRole::OtherEmails => "other_emails",
            ColumnRole::FormerIds => "former_ids",
            ColumnRole::Phone => "phone",
            ColumnRole::Mobile => "mobile",
            ColumnRole::Country => "country",
            ColumnRole::City => "city",
            ColumnRole::State => "state",
            ColumnRole::Industry => "industry",
            ColumnRole::Employees => "employees",
            ColumnRole::Revenue => "revenue",
            ColumnRole::Website => "website",
            ColumnRole::Source => "source",
            ColumnRole::Campaign => "campaign",
            ColumnRole::Status => "status",
            ColumnRole::Stage => "stage",
            ColumnRole::Rating => "rating",
            ColumnRole::Owner => "owner",
            ColumnRole::Created => "created",
            ColumnRole::Modified => "modified",
            ColumnRole::Unsubscribed => "unsubscribed",
            ColumnRole::Contacted => "contacted",
            ColumnRole::Lost => "lost_at",
            ColumnRole::LostReason => "lost_reason",
            ColumnRole::Recycled => "recycled",
            ColumnRole::ReturnReason => "return_reason",
            ColumnRole::Closed => "closed",
            ColumnRole::Amount => "amount",
            ColumnRole::Currency => "currency",
            ColumnRole::EventLead => "lead",
            ColumnRole::EventType => "type",
            ColumnRole::EventTime => "time",
            ColumnRole::EventId => "event_id",
            ColumnRole::Notes => "notes",
            ColumnRole::Other => "other",
            ColumnRole::StageDate(stage) => return format!("became_{}", as_name(stage)),
            ColumnRole::EventAt(name) | ColumnRole::EventField(name) => return as_name(name),
            ColumnRole::Count(event) => return format!("n_{}", as_name(event)),
            ColumnRole::LastSeen(event) => return format!("last_{}", as_name(event)),
        };
        plain.to_owned()
    }
}

/// A text as a name of the language: lower case, `_` for what is neither letter nor digit.
fn as_name(text: &str) -> String {
    text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_names_its_field_and_type() {
        let entered = ColumnRole::StageDate("Marketing Qualified".to_owned());
        assert_eq!(entered.field_name(), "became_marketing_qualified");
        assert_eq!(entered.usual_type(), Type::Date);
        assert_eq!(ColumnRole::Count("page_view".to_owned()).field_name(), "n_page_view");
        assert_eq!(ColumnRole::Company.usual_type(), Type::Text);
    }
}
